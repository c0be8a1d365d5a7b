"""Every diagnostic of the reference is given: with that message, at that line, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from catalogue import Diagnostic, catalogue
from helpers import Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from helpers import Built

CATALOGUE = catalogue()
WITHOUT_LINT = [item for item in CATALOGUE if not item.lint]
LINT = [item for item in CATALOGUE if item.lint]


def lay_out(root: Path, diagnostics: Iterable[Diagnostic]) -> Site:
    """Return a site that has all of these mistakes."""
    diagnostics = list(diagnostics)
    conf: dict[str, Any] = {"html_baseurl": "https://example.org/"}
    for item in diagnostics:
        for name, value in item.conf.items():
            assert conf.setdefault(name, value) == value
    made = Site(root, {}, conf)
    for item in diagnostics:
        for name, text in item.files.items():
            path = made.src / name
            assert not path.exists()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode(item.encoding))
    return made


def said(built: Built) -> list[str]:
    """Return the warnings of the blog as they are printed, relative to the source."""
    lines = built.text.replace(f"{built.app.srcdir}/", "").splitlines()
    return sorted(line for line in lines if "[openinfra_blog." in line)


def expected(diagnostics: Iterable[Diagnostic]) -> list[str]:
    return sorted(item.line for item in diagnostics)


@pytest.fixture(scope="module", autouse=True)
def _after_all_posts() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1794000000")  # 2026-11-06, after all posts
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return lay_out(tmp_path_factory.mktemp("catalogue") / "site", WITHOUT_LINT)


@pytest.fixture(scope="module")
def warnings(made: Site) -> list[str]:
    return said(made.build())


@pytest.mark.parametrize("item", WITHOUT_LINT, ids=lambda item: f"{item.subtype}: {item.kind}")
def test_every_diagnostic_is_given_as_the_reference_says(
    warnings: list[str], item: Diagnostic
) -> None:
    instead = [line for line in warnings if any(f"{name}:" in line for name in item.files)]
    assert item.line in warnings, instead


def test_nothing_else_is_said_and_nothing_twice(warnings: list[str]) -> None:
    assert warnings == expected(WITHOUT_LINT)


def test_lint_adds_what_the_reference_says(tmp_path: Path) -> None:
    made = lay_out(tmp_path / "site", LINT)
    assert said(made.build()) == []
    assert said(made.build(openinfra_blog_lint=True)) == expected(LINT)


def test_several_processes_say_the_same(warnings: list[str], tmp_path: Path) -> None:
    assert said(lay_out(tmp_path / "site", WITHOUT_LINT).build(jobs=2)) == warnings


def test_what_is_read_again_is_said_again(warnings: list[str], made: Site) -> None:
    edited = {"blog/near.md", "blog/no-target.md", "blog/telling.md", "option.md", "role.md"}
    for name in edited:
        path = made.src / name
        path.write_bytes(path.read_bytes() + b"\nMore.\n")
    built = made.build()
    assert {file_of(built, docname) for docname in built.read} == edited
    again = said(built)
    assert set(again) <= set(warnings)
    assert len(again) == len(set(again))
    of_edited = {line for line in warnings if line.partition(":")[0] in edited}
    assert len(of_edited) == len(edited)
    assert of_edited <= set(again)
    # What the front matter of one post means may depend on all others.
    of_front_matter = {line for line in warnings if "[openinfra_blog.front_matter]" in line}
    assert of_front_matter < set(again)


def file_of(built: Built, docname: str) -> str:
    return built.app.env.doc2path(docname, base=False).as_posix()
