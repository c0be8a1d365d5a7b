"""Plan what a build makes of an output folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.environment import (
    has_generated_pages,
    has_redirects,
    obstacle,
    project_of,
    warn,
    warn_of,
)
from sphinx_openinfra_blog.html import GeneratedPages, picture_copy, source_name
from sphinx_openinfra_blog.integrations import elsewhere_redirected, overwritten
from sphinx_openinfra_blog.model import Message, Subtype, __
from sphinx_openinfra_blog.reading import pictures_in

from .digests import DocumentStates
from .redirects import redirect_map, redirect_text, redirects, schedule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_openinfra_blog.feeds import FeedFiles
    from sphinx_openinfra_blog.html import GeneratedPage
    from sphinx_openinfra_blog.listing import Rows

    from .redirects import Redirect

_SPHINXS_OWN: Final = frozenset({"searchindex.js", "searchindex.json", "objects.inv"})
_A_PAGE: Final = __("already used by another page")


@dataclass(frozen=True, slots=True)
class Plan:
    """What this build makes of the output.

    :ivar documents: docname -> digest of what the document shows of the blog.
    :ivar generated: the generated pages with their digests.
    :ivar files: the blog's files in the output, relative to its folder.
    :ivar feeds: the feeds with their digests.
    :ivar texts: redirects and other files, with their content.
    :ivar redirects: those among them that are redirects.
    :ivar copies: those among them that Sphinx makes: images, downloads, and the ordinary
        documents in the blog's folder.
    """

    documents: dict[str, str] = field(default_factory=dict)
    generated: list[tuple[GeneratedPage, str]] = field(default_factory=list)
    feeds: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    copies: set[str] = field(default_factory=set)
    redirects: dict[str, Redirect] = field(default_factory=dict)

    @property
    def pages(self) -> dict[str, str]:
        """The names of the generated pages with their digests."""
        return {page.name: digest for page, digest in self.generated}


class Planner:
    """Plans the output of one builder.

    :ivar showing: what listings show, set by :meth:`plan`.
    """

    showing: Rows

    def __init__(self, app: Sphinx, feeds: FeedFiles) -> None:
        self.app = app
        self.project = project_of(app)
        self.feeds = feeds

    def file_of(self, pagename: str) -> str:
        """Return the file of a page, relative to the output folder, with forward slashes."""
        builder = self.app.builder
        assert has_generated_pages(builder)
        path, outdir = (
            PurePath(name).as_posix()
            for name in (builder.get_outfilename(pagename), builder.outdir)
        )
        return path.removeprefix(outdir).lstrip("/")

    def plan(self) -> Plan:
        """Return what this build makes of the output (``env-updated``)."""
        app, project, builder = self.app, self.project, self.app.builder
        states = DocumentStates(app.env)
        self.showing, documents = states.showing, states.all()
        if not has_generated_pages(builder):
            return Plan(documents)
        pages = GeneratedPages(self.showing).pages()
        generated = [(page, page.digest(self.showing, builder)) for page in pages]
        names = [*project.blog.posts, *(page.name for page, _digest in generated)]
        files = {self.file_of(name) for name in names}
        sources = {source_name(app.config, post) for post in project.blog.posts.values()} - {""}
        files |= {f"_sources/{name}" for name in sources}
        occupied = self.occupied() | dict.fromkeys(files, _A_PAGE)
        self.feeds.plan(occupied)
        feeds = self.feeds.planned
        files |= feeds.keys()
        occupied |= dict.fromkeys(feeds, __("already used by a feed"))
        found = self._redirects(occupied) if has_redirects(builder) else []
        texts = {item.file: redirect_text(builder, item) for item in found}
        occupied |= dict.fromkeys(texts, __("already used by a redirect"))
        texts |= self._texts(builder, found, occupied)
        files |= texts.keys()
        planned = {item.file: item for item in found}
        copies = self._copies(builder)
        profiles = [page.profile for page, _digest in generated]
        copies |= {*(picture_copy(builder, project, item) for item in profiles)} - {""}
        return Plan(documents, generated, feeds, texts, files | copies, copies, planned)

    def _redirects(self, occupied: Mapping[str, Message]) -> list[Redirect]:
        """Return the redirects, and warn of those that cannot be made."""
        found, problems = redirects(self.project.blog, self.file_of, occupied)
        for problem in problems:
            warn_of(problem, Path(self.app.srcdir))
        for docname in overwritten(self.app, self.project.blog.posts):
            message = __("the option 'redirects' of sphinx_reredirects replaces '/%s'", docname)
            warn(Subtype.ALIAS, message, docname)
        return found

    def _texts(
        self,
        builder: StandaloneHTMLBuilder,
        found: Sequence[Redirect],
        occupied: Mapping[str, Message],
    ) -> Iterator[tuple[str, str]]:
        """Return the files that options ask for, with their content."""
        settings = self.project.blog.settings
        wanted = []
        if settings.schedule:
            wanted.append((settings.schedule, schedule(self.project.blog)))
        if settings.redirect_map and has_redirects(builder):
            text = redirect_map(builder, found, settings.redirect_map)
            wanted.append((settings.redirect_map, text))
        taken = {file.casefold(): owner for file, owner in occupied.items()} if wanted else {}
        for file, text in wanted:
            if not (reason := obstacle(file, taken, settings.copied)):
                taken[file.casefold()] = __("already used by another option")
                yield file, text
            else:
                warn(Subtype.OUTPUT, __("cannot write '/%s': %s", file, reason), None)

    def occupied(self) -> dict[str, Message]:
        """Return the output files of documents and of Sphinx's own pages, and what has each."""
        app = self.app
        names = {*app.env.found_docs, "genindex", "search", *app.config.html_additional_pages}
        for domain in app.env.domains.sorted():
            names |= {f"{domain.name}-{index.name}" for index in domain.indices}
        files = self._sources_of(app.env.found_docs - self.project.blog.posts.keys())
        files |= {self.file_of(name) for name in names} | _SPHINXS_OWN
        return dict.fromkeys(files, _A_PAGE) | elsewhere_redirected(app)

    def _copies(self, builder: StandaloneHTMLBuilder) -> set[str]:
        """Return what Sphinx itself makes of the documents in the blog's folder.

        The ordinary ones among them too: one that becomes a post, perhaps a hidden one, must
        leave nothing where it was.
        """
        env, project = self.app.env, self.project
        ordinary = {
            name for name in env.found_docs if project.blog.contains(name)
        } - project.blog.posts.keys()
        below = {*project.blog.posts, *ordinary}
        downloads = {
            f"_downloads/{copied}"
            for path, (docnames, copied) in env.dlfiles.items()
            if project.blog.contains(PurePath(path).as_posix()) or docnames & below
        }
        pages = {self.file_of(name) for name in ordinary}
        return downloads | pictures_in(builder, below) | pages | self._sources_of(ordinary)

    def _sources_of(self, docnames: Iterable[str]) -> set[str]:
        """Return where Sphinx copies the sources of ordinary documents."""
        suffix = self.app.config.html_sourcelink_suffix
        paths = {self.project.doc2path(name, absolute=False).as_posix() for name in docnames}
        return {f"_sources/{path}{'' if path.endswith(suffix) else suffix}" for path in paths}
