"""Follow a build: which documents and pages to write again, which files to remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx import version_info

from sphinx_openinfra_blog.blog import grouped
from sphinx_openinfra_blog.environment import (
    domain_of,
    has_generated_pages,
    has_output,
    page_file,
    project_of,
    remove_outputs,
    warn,
    warn_of,
    write_output,
)
from sphinx_openinfra_blog.feeds import FeedFiles
from sphinx_openinfra_blog.html import copy_share_image, page_context, source_name
from sphinx_openinfra_blog.integrations import likely_owner
from sphinx_openinfra_blog.listing import Rows
from sphinx_openinfra_blog.model import Subtype, __
from sphinx_openinfra_blog.reading import pictures_in, unknown_paths

from . import manifest
from .kept import date_pages, keep_pages, made_of, made_with, navigation
from .leftovers import leftovers
from .manifest import Manifest
from .plan import Plan, make_plan, occupied
from .site_files import SiteFiles
from .unlisted import leave_out_of_inventory, remove_indexed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_openinfra_blog.html import ItemTemplates
    from sphinx_openinfra_blog.model import SiteLink


class Outputs:
    """The output folder of one build."""

    def __init__(self, app: Sphinx, items: ItemTemplates) -> None:
        self.app, self.items = app, items
        self.old = Manifest()
        self.plan = Plan(SiteFiles(app))
        self.feeds = FeedFiles(app)
        self.written: set[str] = set()
        self.collected: set[str] = set()
        self.foreign: set[str] = set()
        #: Generated pages of this build.
        self.rendered: set[str] = set()
        #: Generated pages that are as old as the posts' pages that were kept.
        self.stale: set[str] = set()
        #: The digests of posts whose pages were kept, until it is known what they should show.
        self._kept: dict[str, str] = {}

    def keep_pages(self, app: Sphinx) -> None:
        """Keep the pages of unchanged posts after a fresh checkout (``builder-inited``)."""
        old = manifest.load(app)
        kept = keep_pages(app, old.made)
        if kept:
            self._kept = {name: old.shown.pop(name) for name in kept if name in old.shown}
            # If the build is killed before it knows more, the next one writes these pages.
            manifest.save(app, old)
            date_pages(app, kept)

    def find_outdated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the documents to write again because of other posts (``env-updated``)."""
        builder, blog = app.builder, domain_of(env).blog
        self.old, self.plan = manifest.load(app), make_plan(app, self.feeds, self.items)
        for problem in grouped(unknown_paths(app, self.find_file)):
            warn_of(problem, Path(app.srcdir))
        self.written.clear()
        self.collected.clear()
        self.foreign.clear()
        self.rendered.clear()
        old, plan = self.old, self.plan
        if not old.files:
            old.files.update(leftovers(app))
        old.shown.update(self._kept)
        outdated = old.changed(plan.documents) | self.feeds.without_body()
        outdated |= self._misplaced()
        pages = plan.files - plan.copies - plan.feeds.keys() - plan.texts.keys()
        lost = {name for name in pages if not has_output(app, name)}
        again = set[str]()
        if lost and has_generated_pages(builder):
            names = {*blog.posts, *plan.pages}
            again = {name for name in names if page_file(builder, name) in lost}
            copies = {name: source_name(app.config, post) for name, post in blog.posts.items()}
            again |= {name for name, copy in copies.items() if f"_sources/{copy}" in lost}
        outdated = (outdated | again) & app.env.found_docs
        page_changes = lost or old.files - plan.files or old.changed(plan.pages) or self.stale
        if page_changes and not outdated and version_info < (9,):
            # That Sphinx ends a build that writes no document before it collects pages
            # and writes the search index.
            outdated.add(app.config.root_doc)
        new = Manifest(plan.documents | plan.pages, plan.files, plan.feeds)
        manifest.write_journal(app, old, new, again | outdated)
        return sorted(outdated)

    def _misplaced(self) -> set[str]:
        """Return the kept pages around which the site changed, and note such generated pages."""
        kept, self._kept, self.stale = self._kept, {}, set()
        if not kept:
            return set()
        around, mark = navigation(self.app.env), made_with(self.app)
        self.stale = {
            name
            for name in self.plan.pages
            if self.old.around.get(name) != around
            or self.old.made.get(name) != made_of(self.app, name, mark)
        }
        return {name for name in kept if self.old.around.get(name) != around}

    def find_file(self, link: SiteLink) -> str:
        """Return where a link leads that leads to no page of the blog."""
        return self.plan.site.find(link)

    def note_written(self, _app: Sphinx, _doctree: nodes.document, docname: str) -> None:
        """Note that a document is being written (``doctree-resolved``)."""
        self.written.add(docname)

    def store_content(
        self,
        _app: Sphinx,
        pagename: str,
        _templatename: str,
        context: dict[str, Any],
        _doctree: nodes.document | None,
    ) -> None:
        """Store what feeds hold of a page (``html-page-context``, after other extensions)."""
        self.feeds.store(pagename, context.get("body", ""))

    def note_page(
        self,
        _app: Sphinx,
        pagename: str,
        _templatename: str,
        _context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Note that a page without a source is being written, perhaps by another extension."""
        if doctree is None:
            self.collected.add(pagename)

    def collect_pages(self, app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Yield the generated pages that changed or are lost (``html-collect-pages``).

        If every document was written, what all pages look like may have changed: the theme, a
        template, or an option that Sphinx writes everything again for.
        """
        builder = app.builder
        if not has_generated_pages(builder):
            return
        rows, everything = Rows(app.env), self.written >= app.env.found_docs
        changed = self.old.changed(self.plan.pages) | self.stale
        # What other extensions have made by now.
        self.foreign = set(self.collected)
        self._report_foreign(self.foreign & self.plan.pages.keys())
        for page, _digest in self.plan.generated:
            if page.name in self.foreign:
                continue
            is_lost = not has_output(app, page_file(builder, page.name))
            if everything or is_lost or page.name in changed:
                self.rendered.add(page.name)
                yield page.name, page_context(builder, rows, page), "page.html"

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """Remove old files, write redirects and feeds, save the manifest (``build-finished``)."""
        if exception is not None:
            return
        others = self._others()
        gone = self.old.files - self.plan.files - others
        if gone and has_generated_pages(app.builder):
            # An image or download may be another document's by now.
            gone -= pictures_in(app.builder, app.env.found_docs)
            gone -= {f"_downloads/{copied}" for _docnames, copied in app.env.dlfiles.values()}
            remove_outputs(app, sorted(gone - occupied(app, app.builder).keys()))
        self._write_texts(others)
        copy_share_image(app)
        self._write_thumbnails()
        leave_out_of_inventory(app)
        remove_indexed(app)
        # What a build of single files left alone still shows what it showed.
        stale = self.old.changed(self.plan.documents) - self.written
        shown = self.plan.documents | self.plan.pages
        shown = {name: digest for name, digest in shown.items() if name not in stale}
        shown |= {name: digest for name, digest in self.old.shown.items() if name in stale}
        feeds = self.feeds.write(self.old.feeds, self.written, stale)
        made, around = self._made(shown)
        manifest.save(app, Manifest(shown, self.plan.files - others, feeds, others, made, around))

    def _made(self, names: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
        """Return what the manifest says of how pages were made, and of the site around them."""
        app, posts = self.app, domain_of(self.app.env).blog.posts
        made, around = (
            {name: digest for name, digest in known.items() if name in names}
            for known in (self.old.made, self.old.around)
        )
        new = (self.written & posts.keys()) | self.rendered
        if new and has_generated_pages(app.builder):
            mark, place = made_with(app), navigation(app.env)
            made |= {name: made_of(app, name, mark) for name in new}
            around |= dict.fromkeys(new, place)
        return made, around

    def _others(self) -> set[str]:
        """Return the files of other extensions' pages, as far as they have been written.

        Sphinx 8.1 collects no pages if no document is written: then they are those of before.
        """
        builder = self.app.builder
        if not self.collected or not has_generated_pages(builder):
            return self.old.others
        names = (self.collected - self.plan.pages.keys()) | self.foreign
        return {page_file(builder, name) for name in names}

    def _report_foreign(self, names: AbstractSet[str]) -> None:
        """Warn of generated pages whose place another extension took."""
        if names:
            message = __(
                "%s pages of the blog are left out, because another extension (perhaps %s) has"
                " written pages of these names, such as '/%s' (set openinfra_blog_path, or that"
                " extension's folder)",
                len(names),
                likely_owner(self.app),
                min(names),
            )
            warn(Subtype.OUTPUT, message, None)

    def _write_thumbnails(self) -> None:
        """Write the smaller copies of pictures, and forget what earlier builds kept of others."""
        builder, pictures = self.app.builder, project_of(self.app).pictures
        if has_generated_pages(builder):
            for name, file in sorted(pictures.copies.items()):
                self._write(f"{builder.imagedir}/{name}", file.read_bytes())
        pictures.forget_others()

    def _write_texts(self, others: AbstractSet[str]) -> None:
        """Write the redirects and other texts."""
        for file, text in self.plan.texts.items():
            if file in others:
                if (redirect := self.plan.redirects.get(file)) and redirect.path:
                    reason = __("already used by another extension")
                    warn_of(redirect.problem(reason), Path(self.app.srcdir))
                continue
            self._write(file, text.encode())

    def _write(self, file: str, data: bytes) -> None:
        try:
            write_output(self.app, file, data)
        except OSError as error:
            warn(Subtype.OUTPUT, __("cannot write '/%s': %s", file, error.strerror), None)
