"""What one output folder holds and shows: what to write again, what to remove."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

from sphinx import version_info

from . import garbage, lookup, manifest, report
from .builders import has_generated_pages, has_redirects
from .diagnostics import Subtype
from .domain import domain_of
from .feed_files import FeedFiles
from .generated import Generating
from .manifest import Manifest
from .metadata import source_name
from .model import digest_of
from .other_redirects import elsewhere_redirected, overwritten
from .pictures import pictures_in
from .plan import Plan, Text
from .profiles import picture_copy
from .project import project_of
from .redirects import common_state, obstacle, redirect_state, redirect_text, redirects
from .server_files import redirect_map, schedule
from .shown import Showing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

    from .generated import GeneratedPage
    from .redirects import Redirect

_SPHINXS_OWN: Final = frozenset({"searchindex.js", "searchindex.json", "objects.inv"})


class Outputs:
    """The output of one builder, from one build of it to the next."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.project = project_of(app)
        self.old = Manifest()
        self.plan = Plan()
        self.feeds = FeedFiles(app)
        self.written: set[str] = set()
        self.collected: set[str] = set()
        self.files: dict[str, str] = {}

    def find_outdated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the documents to write again because of other posts."""
        del env
        with garbage.kept():
            self.old, self.plan = manifest.load(app), self._make_plan()
        self.written.clear()
        self.collected.clear()
        old, plan = self.old, self.plan
        outdated = {
            name for name, digest in plan.documents.items() if old.shown.get(name) != digest
        }
        outdated |= self.feeds.without_body()
        pages = plan.files - plan.copies - plan.feeds.keys() - plan.texts.keys()
        lost = {name for name in pages if not manifest.is_there(app, name)}
        if lost:
            outdated |= {name for name in self.project.posts if self._file_of(name) in lost}
        outdated &= app.env.found_docs
        if not outdated and version_info < (9,) and (lost or self._some_generated_changed()):
            # That Sphinx ends a build that writes no document before it collects pages.
            outdated.add(app.config.root_doc)
        names = {page.name for page, _digest in plan.generated if self._file_of(page.name) in lost}
        self._foretell(outdated | names)
        return sorted(outdated)

    def _some_generated_changed(self) -> bool:
        shown = self.old.shown
        return any(shown.get(page.name) != digest for page, digest in self.plan.generated)

    def _foretell(self, again: AbstractSet[str]) -> None:
        """Remember what is going to be written, in case the build does not come to its end."""
        plan = self.plan
        shown = plan.documents | {page.name: digest for page, digest in plan.generated}
        texts = {file: text.digest for file, text in plan.texts.items()}
        new = Manifest(shown, plan.files, plan.feeds, texts)
        manifest.foretell(self.app, self.old, new, again)

    def note_written(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Note that a document is being written."""
        del app, doctree
        self.written.add(docname)

    def note_page(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Note that a page without a source is being written, perhaps by another extension."""
        del app, templatename, context
        if doctree is None:
            self.collected.add(pagename)

    def pages_to_write(self) -> Iterator[GeneratedPage]:
        """Return the generated pages that changed or are lost.

        If every document was written, what all pages look like may have changed: the theme, a
        template, or an option that Sphinx writes everything again for.
        """
        everything = self.written >= self.app.env.found_docs
        for page, digest in self.plan.generated:
            there = manifest.is_there(self.app, self._file_of(page.name))
            if everything or not there or self.old.shown.get(page.name) != digest:
                yield page

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """Remove what is gone and remember what is there."""
        if exception is not None:
            return
        shown = {page.name: digest for page, digest in self.plan.generated}
        for name, digest in self.plan.documents.items():
            # What a build of single files left alone still shows what it showed.
            known = digest if name in self.written else self.old.shown.get(name)
            if known is not None:
                shown[name] = known
        others = self._others()
        gone = self.old.files - self.plan.files - others
        if gone and has_generated_pages(app.builder):
            # An image may be another document's by now.
            gone -= pictures_in(app.builder, app.env.found_docs)
            manifest.remove(app, sorted(gone - self._occupied().keys()))
        texts = self._write_texts(others)
        stale = {
            name
            for name, digest in self.plan.documents.items()
            if name not in self.written and self.old.shown.get(name) != digest
        }
        feeds = self.feeds.write(self.old.feeds, self.written, stale)
        manifest.save(app, Manifest(shown, self.plan.files - others, feeds, texts, others))

    def _others(self) -> set[str]:
        """Return the files of other extensions' pages; which these are is known when they come.

        Sphinx 8.1 collects no pages if no document is written: then they are those of before.
        """
        if not self.collected or not has_generated_pages(self.app.builder):
            return self.old.others
        own = {page.name for page, _digest in self.plan.generated}
        return {self._file_of(name) for name in self.collected - own}

    def _write_texts(self, others: AbstractSet[str]) -> dict[str, str]:
        """Write the redirects and other texts that changed or are lost; return their digests."""
        app, digests = self.app, {}
        for file, text in self.plan.texts.items():
            if file in others:
                if (redirect := self.plan.redirects.get(file)) and redirect.path:
                    problem = redirect.problem("another extension's page is there")
                    report.warn_of(problem, Path(app.srcdir))
                continue
            if self.old.texts.get(file) != text.digest or not manifest.is_there(app, file):
                try:
                    manifest.write(app, file, text.make().encode())
                except OSError as error:
                    message = f"'/{file}' cannot be written: {error.strerror}"
                    report.warn(Subtype.OUTPUT, message, None)
                    continue
            digests[file] = text.digest
        return digests

    def _file_of(self, pagename: str) -> str:
        """Return the file of a page, relative to the output folder, with forward slashes."""
        if (known := self.files.get(pagename)) is None:
            builder = self.app.builder
            assert has_generated_pages(builder)
            path = str(builder.get_outfilename(pagename))
            below = path.removeprefix(str(builder.outdir)).replace(os.sep, "/")
            known = self.files[pagename] = below.lstrip("/")
        return known

    def _make_plan(self) -> Plan:
        app, project, builder = self.app, self.project, self.app.builder
        self.showing = Showing(app.env)
        domain = domain_of(app.env)
        facts = (project.index, self._title(project.index), self.showing.in_place)
        #: What every post's page shows besides its neighbours, in its breadcrumbs and byline.
        self.surroundings = digest_of(facts)
        concerned = {*project.posts, *domain.listings, *domain.links}
        concerned |= {*domain.mentions, *domain.files, *domain.roles_used}
        concerned &= app.env.found_docs
        documents = {name: self._shown_by(name) for name in sorted(concerned)}
        if not has_generated_pages(builder):
            return Plan(documents)
        pages = Generating(self.showing).pages()
        generated = [(page, page.digest(self.showing, builder)) for page in pages]
        names = [*project.posts, *(page.name for page, _digest in generated)]
        files = {self._file_of(name) for name in names}
        sources = {source_name(app.config, post) for post in project.posts.values()} - {""}
        files |= {f"_sources/{name}" for name in sources}
        occupied = self._occupied() | dict.fromkeys(files, "another page is there")
        self.feeds.plan(occupied)
        feeds = self.feeds.planned
        files |= feeds.keys()
        occupied |= dict.fromkeys(feeds, "a feed is there")
        found = self._redirects(occupied) if has_redirects(builder) else []
        common = common_state(builder)
        texts = {
            item.file: Text(
                redirect_state(builder, item, common), partial(redirect_text, builder, item)
            )
            for item in found
        }
        occupied |= dict.fromkeys(texts, "a redirect is there")
        texts |= self._texts(builder, found, occupied)
        files |= texts.keys()
        copies = {
            f"_downloads/{copied}"
            for path, (_docnames, copied) in app.env.dlfiles.items()
            if project.is_below(PurePath(path).as_posix())
        }
        planned = {item.file: item for item in found}
        copies |= pictures_in(builder, project.posts)
        profiles = [page.profile for page, _digest in generated]
        copies |= {*(picture_copy(builder, project, item) for item in profiles)} - {""}
        return Plan(documents, generated, feeds, texts, files | copies, copies, planned)

    def _redirects(self, occupied: Mapping[str, str]) -> list[Redirect]:
        """Return the redirects, and warn of those that have no place."""
        found, problems = redirects(self.project, self._file_of, occupied)
        for problem in problems:
            report.warn_of(problem, Path(self.app.srcdir))
        for docname in overwritten(self.app, self.project.posts):
            message = f"the option 'redirects' of sphinx_reredirects replaces '/{docname}'"
            report.warn(Subtype.ALIAS, message, docname)
        return found

    def _texts(
        self,
        builder: StandaloneHTMLBuilder,
        found: Sequence[Redirect],
        occupied: Mapping[str, str],
    ) -> Iterator[tuple[str, Text]]:
        """Return the files that options ask for, with what they hold."""
        settings = self.project.settings
        wanted = []
        if settings.schedule:
            wanted.append((settings.schedule, schedule(self.project)))
        if settings.redirect_map and has_redirects(builder):
            text = redirect_map(builder, found, settings.redirect_map)
            wanted.append((settings.redirect_map, text))
        taken = {file.casefold(): owner for file, owner in occupied.items()} if wanted else {}
        for file, text in wanted:
            if not (reason := obstacle(file, taken, settings.copied)):
                taken[file.casefold()] = "another option names it"
                yield file, Text(digest_of(text), partial(str, text))
            else:
                report.warn(Subtype.OUTPUT, f"no file can stand at '/{file}': {reason}", None)

    def _shown_by(self, docname: str) -> str:
        """Return a digest of what a document shows that is not in its own source."""
        project, domain = self.project, domain_of(self.app.env)
        links = domain.links.get(docname, ())
        facts: list[Any] = [
            # When it was read: another output's build may have done so, and told no one.
            self.app.env.all_docs.get(docname),
            [(address, self._answer(address)) for address in links],
            [
                (name, self._title(name) if shown else name in self.app.env.all_docs)
                for name, shown in domain.mentions.get(docname, ())
            ],
            [self._meant(*role) for role in domain.roles_used.get(docname, ())],
        ]
        if docname in project.posts:
            around = project.neighbours.get(docname)
            near = (around.older, around.newer) if around else ()
            facts += [post and (post.docname, domain.title_of(post)) for post in near]
            facts.append(self.surroundings)
        for listing in domain.listings.get(docname, ()):
            size = listing.paginate if project.has_generated_pages else 0
            whole = self.showing.select(listing)
            shown = self.showing.digest(listing, whole.page(1, size))
            facts += [shown, whole.pages(size), self.showing.in_place, self._title(project.index)]
        return digest_of(facts)

    def _meant(self, kind: str, name: str, shown: str | None) -> list[Any]:
        """Return what a role refers to, and how it shows that, unless in words of its own."""
        found = lookup.named(self.project, kind, name)
        if shown is None:
            return [item.page for item in found]
        return [(item.page, item.text, self._title(item.page)) for item in found]

    def _answer(self, address: str) -> list[Any]:
        """Return what a link to *address* leads to."""
        answer = lookup.answer(self.project, address)
        anchors = domain_of(self.app.env).anchors.get(answer.page or "", ())
        return [answer, answer.fragment in anchors]

    def _title(self, docname: str) -> str | None:
        env = self.app.env
        return env.titles[docname].astext() if docname in env.all_docs else None

    def _occupied(self) -> dict[str, str]:
        """Return the output files of documents and of Sphinx's own pages, and what has each."""
        app = self.app
        names = {*app.env.found_docs, "genindex", "search", *app.config.html_additional_pages}
        for domain in app.env.domains.sorted():
            names |= {f"{domain.name}-{index.name}" for index in domain.indices}
        suffix = app.config.html_sourcelink_suffix
        ordinary = app.env.found_docs - self.project.posts.keys()
        files = {self._source_of(name, suffix) for name in ordinary}
        files |= {self._file_of(name) for name in names} | _SPHINXS_OWN
        return dict.fromkeys(files, "another page is there") | elsewhere_redirected(app)

    def _source_of(self, docname: str, suffix: str) -> str:
        """Return where Sphinx copies the source of an ordinary document."""
        path = self.project.doc2path(docname, absolute=False).as_posix()
        return f"_sources/{path}" if path.endswith(suffix) else f"_sources/{path}{suffix}"
