"""What one output folder holds and shows: what to write again, what to remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx import version_info

from . import manifest, report
from .builders import has_generated_pages
from .diagnostics import Subtype, __
from .feed_files import FeedFiles
from .images import pictures_in
from .manifest import Manifest
from .plan import Plan, Planner
from .project import project_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .generated import GeneratedPage


class Outputs:
    """The output of one builder, from one build of it to the next."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.project = project_of(app)
        self.old = Manifest()
        self.plan = Plan()
        self.feeds = FeedFiles(app)
        self.planner = Planner(app, self.feeds)
        self.written: set[str] = set()
        self.collected: set[str] = set()

    def find_outdated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the documents to write again because of other posts."""
        del env
        self.old, self.plan = manifest.load(app), self.planner.plan()
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
            outdated |= {name for name in self.project.posts if self.planner.file_of(name) in lost}
        outdated &= app.env.found_docs
        if not outdated and version_info < (9,) and (lost or self._changes_without_documents()):
            # That Sphinx ends a build that writes no document before it collects pages
            # and writes the search index.
            outdated.add(app.config.root_doc)
        file_of = self.planner.file_of
        names = {page.name for page, _digest in plan.generated if file_of(page.name) in lost}
        self._write_journal(outdated | names)
        return sorted(outdated)

    def _changes_without_documents(self) -> bool:
        """Tell whether a page is gone, or a generated one new or another."""
        if self.old.files - self.plan.files:
            return True
        shown = self.old.shown
        return any(shown.get(page.name) != digest for page, digest in self.plan.generated)

    def _write_journal(self, again: AbstractSet[str]) -> None:
        """Remember what is going to be written, in case the build does not come to its end."""
        plan = self.plan
        shown = plan.documents | {page.name: digest for page, digest in plan.generated}
        new = Manifest(shown, plan.files, plan.feeds)
        manifest.write_journal(self.app, self.old, new, again)

    def note_written(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Note that a document is being written."""
        del app, doctree
        self.written.add(docname)

    def store_content(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Store what feeds hold of a page (``html-page-context``, after other extensions)."""
        del app, templatename, doctree
        self.feeds.store(pagename, context.get("body", ""))

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
            there = manifest.is_there(self.app, self.planner.file_of(page.name))
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
            # An image or download may be another document's by now.
            gone -= pictures_in(app.builder, app.env.found_docs)
            gone -= {f"_downloads/{copied}" for _docnames, copied in app.env.dlfiles.values()}
            manifest.remove(app, sorted(gone - self.planner.occupied().keys()))
        self._write_texts(others)
        stale = {
            name
            for name, digest in self.plan.documents.items()
            if name not in self.written and self.old.shown.get(name) != digest
        }
        feeds = self.feeds.write(self.old.feeds, self.written, stale)
        manifest.save(app, Manifest(shown, self.plan.files - others, feeds, others))

    def _others(self) -> set[str]:
        """Return the files of other extensions' pages; which these are is known when they come.

        Sphinx 8.1 collects no pages if no document is written: then they are those of before.
        """
        if not self.collected or not has_generated_pages(self.app.builder):
            return self.old.others
        own = {page.name for page, _digest in self.plan.generated}
        return {self.planner.file_of(name) for name in self.collected - own}

    def _write_texts(self, others: AbstractSet[str]) -> None:
        """Write the redirects and other texts."""
        for file, text in self.plan.texts.items():
            if file in others:
                if (redirect := self.plan.redirects.get(file)) and redirect.path:
                    problem = redirect.problem(__("already used by another extension"))
                    report.warn_of(problem, Path(self.app.srcdir))
                continue
            try:
                manifest.write(self.app, file, text.encode())
            except OSError as error:
                message = __("cannot write '/%s': %s", file, error.strerror)
                report.warn(Subtype.OUTPUT, message, None)
