"""A walk: random edits, and after each the incremental output beside a clean build's."""

from __future__ import annotations

import shutil
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from walk import address_edits, post_edits, site_edits
from walk.building import Folders, build
from walk.comparison import Comparison, Difference, read
from walk.model import Model
from walk.notebooks import file_name, in_site
from walk.registry import draw
from walk.sources import TIMES, Sources

if TYPE_CHECKING:
    from pathlib import Path

    from walk.building import Outcome
    from walk.causes import Files

#: The modules that register edits.
EDITED = (post_edits, address_edits, site_edits)
BUILDERS = ("html", "dirhtml")
#: The documents outside of the blog's folder.
OUTSIDE = {"index", "guide", "news", "d/lists"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a walk goes over, and how.

    :ivar builder: the only one; without it, each step takes one of the two.
    :ivar parser: an extension that reads posts, a third of which are then notebooks.
    """

    seed: int
    steps: int
    theme: str = "basic"
    jobs: int = 1
    builder: str = ""
    parser: str = ""

    def command(self, steps: int) -> str:
        """Return the command that makes the same walk, up to a step."""
        words = f"PYTHONPATH=tests python -m walk --seeds {self.seed} --steps {steps}"
        words += f" --theme {self.theme}" * (self.theme != "basic")
        words += f" --jobs {self.jobs}" * (self.jobs > 1)
        words += f" --parser {self.parser}" * bool(self.parser)
        return words + f" --builder {self.builder}" * bool(self.builder)


@dataclass(frozen=True, slots=True)
class Failure:
    """A step after which the incremental output was another one than a clean build's."""

    plan: Plan
    step: int
    history: list[str]
    problem: str
    differences: list[Difference]
    folder: Path

    def __str__(self) -> str:
        lines = [f"seed {self.plan.seed}, step {self.step}: {self.problem}", "The last steps:"]
        lines += [f"  {line}" for line in self.history[-5:]]
        lines += [f"The files that differ: {[item.name for item in self.differences]}"]
        for item in self.differences[:3]:
            lines += [f"--- {item.name}", item.text]
        lines += ["To walk there again:", f"  {self.plan.command(self.step)}"]
        return "\n".join([*lines, f"Sources, outputs and all steps are in {self.folder}"])


def configuration(theme: str) -> dict[str, object]:
    """Return what conf.py says, with everything on."""
    return {
        "project": "Walked",
        "extensions": ["sphinx_openinfra_blog"],
        "html_theme": theme,
        "html_baseurl": "https://docs.example.org/",
        "openinfra_blog_media": {"/img/": "img"},
        "openinfra_blog_categories": "blog-config.json",
        "openinfra_blog_authors": "authors.yml",
        "openinfra_blog_hosts": ["openinfra.org", "openinfra.dev"],
        "openinfra_blog_redirect_map": "_redirects",
        "openinfra_blog_schedule": "schedule.json",
    }


class Walk:
    """One walk, in a folder of its own."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan = plan
        self.folder = folder
        self.random = Random(plan.seed)  # noqa: S311 -- it is to be the same each time
        self.model = Model(self.random, configuration(plan.theme))
        self.sources = Sources(folder / "src")
        self.outputs = {name: Comparison(name) for name in BUILDERS}
        self.clean: dict[str, Files] = {}
        self.configured: dict[str, dict[str, object]] = {}
        self.history: list[str] = []
        self.cached: tuple[dict[str, Comparison], dict[str, dict[str, object]]] | None = None

    def go(self) -> Failure | None:
        """Walk to the end, or to the first failure."""
        for number in range(self.plan.steps + 1):
            if failure := self.step(number):
                return failure
        return None

    def step(self, number: int) -> Failure | None:
        """Edit, build and compare; the step 0 is the first build."""
        edits = self._edit() if number else ["the first build"]
        times = self.random.choices(list(TIMES), list(TIMES.values()))[0]
        moment = self.model.now
        files = in_site(self.model.files(), self.plan.parser)
        changed = self.sources.follow(files, times)
        if changed or any(edit.startswith("let_time_pass") for edit in edits):
            self.clean.clear()
        builder = self.plan.builder or self.random.choice(BUILDERS)
        mishap = self._lose_a_file(builder) if self.random.random() < 0.06 else ""
        if self.random.random() < 0.08:
            mishap += self._check_out(builder)
        alone = self._one_file(builder) if self.random.random() < 0.08 else []
        said = [*edits, mishap, *(f"FILE {path.name}" for path in alone)]
        doing = "; ".join(item for item in said if item)
        self.history.append(f"{number}: {doing} | times {times} | {builder}")
        self.configured[builder] = dict(self.model.conf)
        incremental = self._folders(builder, "incremental")
        outcomes = []
        parser = self.plan.parser
        if alone:
            outcomes.append(build(incremental, builder, files=alone, now=moment, parser=parser))
        outcomes.append(
            build(incremental, builder, jobs=self.plan.jobs, now=moment, parser=parser)
        )
        outcomes += self._build_clean(builder)
        failure = self._judge(number, builder, outcomes)
        if self.random.random() < 0.08:
            self._keep_cache()
        return failure

    def _judge(self, number: int, builder: str, outcomes: list[Outcome]) -> Failure | None:
        problem, differences = "", list[Difference]()
        if failed := [outcome for outcome in outcomes if outcome.failed]:
            problem = f"a build ended with {failed[0].code}:\n{failed[0].log[-3000:]}"
        else:
            out = read(self._folders(builder, "incremental").out)
            ordinary = OUTSIDE | self.model.ordinary()
            differences = self.outputs[builder].compare(out, self.clean[builder], ordinary)
            problem = f"{len(differences)} files differ" if differences else ""
        if not problem:
            return None
        (self.folder / "history.txt").write_text("\n".join(self.history), encoding="utf-8")
        return Failure(self.plan, number, self.history, problem, differences, self.folder)

    def _edit(self) -> list[str]:
        count = self.random.choices([1, 2, 3], [6, 2, 1])[0]
        said = [draw(self.model) for _edit in range(count)]
        return [edit for edit in said if edit]

    def _build_clean(self, builder: str) -> list[Outcome]:
        """Build from nothing, unless nothing changed since that was done."""
        if builder in self.clean:
            return []
        folders = self._folders(builder, "clean")
        for folder in (folders.out, folders.doctrees):
            shutil.rmtree(folder, ignore_errors=True)
        outcome = build(folders, builder, now=self.model.now, parser=self.plan.parser)
        self.clean[builder] = read(folders.out)
        return [outcome]

    def _folders(self, builder: str, kind: str) -> Folders:
        """Return the folders of a build; builders share doctrees, as in any quickstart."""
        where = self.folder / kind
        where.mkdir(exist_ok=True)
        return Folders(self.sources.folder, where / builder, where / "doctrees")

    def _lose_a_file(self, builder: str) -> str:
        """Delete a page or a feed from the output."""
        blog = self._folders(builder, "incremental").out / "blog"
        files = sorted(path for path in blog.rglob("*") if path.is_file())
        if not files:
            return ""
        path = self.random.choice(files)
        path.unlink()
        return f"lost {path.relative_to(blog)}"

    def _check_out(self, builder: str) -> str:
        """Give all sources new times, beside doctrees and output from a cache, as CI does."""
        said, folder = "checkout", self.folder / "incremental"
        if self.cached is not None and self.random.random() < 0.5:
            said += " with the cache of another branch"
            shutil.rmtree(folder)
            shutil.copytree(self.folder / "cache", folder)
            self.outputs, self.configured = deepcopy(self.cached)
        if self.random.random() < 0.5:
            kept = self._folders(builder, "incremental")
            for part in (kept.out, kept.doctrees):
                # Without a manifest nobody knows of redirects and images of before.
                files = sorted(
                    path
                    for path in part.rglob("*")
                    if path.is_file() and path.parent.name != "openinfra_blog"
                )
                for path in self.random.sample(files, min(len(files), self.random.randrange(4))):
                    path.unlink()
                    said += f" without {path.relative_to(folder)}"
        self.sources.check_out()
        return said

    def _keep_cache(self) -> None:
        """Keep doctrees and outputs for a checkout of other sources."""
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        shutil.copytree(self.folder / "incremental", self.folder / "cache")
        self.cached = deepcopy((self.outputs, self.configured))

    def _one_file(self, builder: str) -> list[Path]:
        """Return a post's file, to be built alone before the rest."""
        if self.configured.get(builder) != self.model.conf:
            # Sphinx would take the option for settled, and write no other page; test_causes.py.
            return []
        name = f"blog/{self.random.choice(self.model.posts).file}"
        return [self.sources.folder / file_name(name, self.plan.parser)]
