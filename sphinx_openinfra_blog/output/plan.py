"""Plan what a build makes of an output folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.environment import (
    face_of,
    has_generated_pages,
    has_redirects,
    inform,
    obstacle,
    page_file,
    project_of,
    warn,
    warn_of,
)
from sphinx_openinfra_blog.html import (
    GeneratedPages,
    TemplateUse,
    share_copy,
    site_images,
    source_name,
)
from sphinx_openinfra_blog.integrations import (
    elsewhere_redirected,
    feeds_of_ablog,
    notebook_copies,
    overwritten,
)
from sphinx_openinfra_blog.listing import Rows
from sphinx_openinfra_blog.model import Message, Subtype, __, digest_of
from sphinx_openinfra_blog.reading import pictures_in

from .digests import DocumentDigests
from .redirects import redirect_map, redirect_text, redirects, schedule
from .site_files import SiteFiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_openinfra_blog.blog import Blog
    from sphinx_openinfra_blog.feeds import FeedFiles
    from sphinx_openinfra_blog.html import GeneratedPage, ItemTemplates

    from .redirects import Redirect

_SPHINXS_OWN: Final = frozenset({"searchindex.js", "searchindex.json", "objects.inv"})
_A_PAGE: Final = __("already used by another page")


@dataclass(frozen=True, slots=True)
class Plan:
    """What this build makes of the output.

    :ivar site: where links lead that lead to no page of the blog.
    :ivar documents: docname -> digest of what the document shows of the blog.
    :ivar generated: the generated pages with their digests.
    :ivar files: the blog's files in the output, relative to its folder.
    :ivar feeds: the feeds with their digests.
    :ivar texts: redirects and other files, with their content.
    :ivar redirects: those among them that are redirects.
    :ivar copies: those among them that Sphinx makes: images, downloads, and the ordinary
        documents in the blog's folder.
    """

    site: SiteFiles
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


def make_plan(app: Sphinx, feeds: FeedFiles, items: ItemTemplates) -> Plan:
    """Plan what this build makes of the output (``env-updated``)."""
    rows, builder, blog = Rows(app.env), app.builder, project_of(app).blog
    if not has_generated_pages(builder):
        site = SiteFiles(app)
        return Plan(site, DocumentDigests(rows, site.find, items).all())
    templates = TemplateUse(builder)
    generated = [
        (
            page,
            digest_of(
                (
                    page.digest(rows, builder),
                    templates.shown_on(page.name),
                    items.digest(*page.listings),
                )
            ),
        )
        for page in GeneratedPages(rows).pages()
    ]
    names = [*blog.posts, *(page.name for page, _digest in generated)]
    files = {page_file(builder, name) for name in names}
    sources = {source_name(app.config, post) for post in blog.posts.values()} - {""}
    files |= {f"_sources/{name}" for name in sources}
    taken = occupied(app, builder) | dict.fromkeys(files, _A_PAGE)
    feeds.plan(taken)
    files |= feeds.planned.keys()
    taken |= dict.fromkeys(feeds.planned, __("already used by a feed"))
    found = _redirects(app, builder, taken) if has_redirects(builder) else []
    pages_of = {item.file: item for item in found if not item.query}
    texts = {file: redirect_text(builder, item) for file, item in pages_of.items()}
    taken |= dict.fromkeys(texts, __("already used by a redirect"))
    texts |= _texts(blog, builder, found, taken)
    copies = _copies(app, builder)
    copies |= _face_copies(rows, builder)
    copies = (copies | {share_copy(builder)}) - {""}
    files |= texts.keys() | copies
    site = SiteFiles(app, files | taken.keys())
    documents = DocumentDigests(rows, site.find, items, site_images(builder)).all()
    # Those that the digests named; nothing links to them.
    thumbnails = {f"{builder.imagedir}/{name}" for name in project_of(app).pictures.copies}
    copies |= thumbnails
    files |= thumbnails
    for name in app.env.found_docs:
        if shown := templates.shown_on(name):
            documents[name] = digest_of((documents.get(name), shown))
    return Plan(site, documents, generated, feeds.planned, texts, files, copies, pages_of)


def _redirects(
    app: Sphinx, builder: StandaloneHTMLBuilder, taken: Mapping[str, Message]
) -> list[Redirect]:
    """Return the redirects, and warn of those that cannot be made."""
    blog = project_of(app).blog
    found, problems = redirects(blog, partial(page_file, builder), taken)
    for problem in problems:
        warn_of(problem, Path(app.srcdir))
    if any(item.query for item in found) and not blog.settings.redirect_map:
        inform(__("aliases with a query need a server (set openinfra_blog_redirect_map)"))
    for docname in overwritten(app, blog.posts):
        message = __("the option 'redirects' of sphinx_reredirects replaces '/%s'", docname)
        warn(Subtype.ALIAS, message, docname)
    return found


def _texts(
    blog: Blog,
    builder: StandaloneHTMLBuilder,
    found: Sequence[Redirect],
    taken: Mapping[str, Message],
) -> Iterator[tuple[str, str]]:
    """Yield the files that options ask for, with their content."""
    settings, wanted = blog.settings, []
    if settings.schedule:
        wanted.append((settings.schedule, schedule(blog)))
    if settings.redirect_map and has_redirects(builder):
        text = redirect_map(builder, found, settings.redirect_map)
        wanted.append((settings.redirect_map, text))
    owners = {file.casefold(): owner for file, owner in taken.items()}
    for file, text in wanted:
        if reason := obstacle(file, owners, settings.copied):
            warn(Subtype.OUTPUT, __("cannot write '/%s': %s", file, reason), None)
        else:
            owners[file.casefold()] = __("already used by another option")
            yield file, text


def occupied(app: Sphinx, builder: StandaloneHTMLBuilder) -> dict[str, Message]:
    """Return the output files of documents and of Sphinx's own pages, and what has each."""
    names = {*app.env.found_docs, "genindex", "search", *app.config.html_additional_pages}
    for domain in app.env.domains.sorted():
        names |= {f"{domain.name}-{index.name}" for index in domain.indices}
    files = _sources_of(app, app.env.found_docs - project_of(app).blog.posts.keys())
    files |= {page_file(builder, name) for name in names} | _SPHINXS_OWN
    return dict.fromkeys(files, _A_PAGE) | elsewhere_redirected(app) | feeds_of_ablog(app)


def _copies(app: Sphinx, builder: StandaloneHTMLBuilder) -> set[str]:
    """Return what Sphinx itself makes of the documents in the blog's folder.

    The ordinary ones among them too: one that becomes a post, perhaps a hidden one, must
    leave nothing where it was.
    """
    env, blog = app.env, project_of(app).blog
    ordinary = {name for name in env.found_docs if blog.contains(name)} - blog.posts.keys()
    below = {*blog.posts, *ordinary}
    downloads = {
        f"_downloads/{copied}"
        for path, (docnames, copied) in env.dlfiles.items()
        if blog.contains(PurePath(path).as_posix()) or docnames & below
    }
    pages = {page_file(builder, name) for name in ordinary}
    notebooks = set(notebook_copies(app, below))
    return downloads | notebooks | pictures_in(builder, below) | pages | _sources_of(app, ordinary)


def _face_copies(rows: Rows, builder: StandaloneHTMLBuilder) -> set[str]:
    """Return the copies of authors' and categories' pictures, but for those of documents."""
    env = builder.env
    faces = [face_of(rows.domain.project, it) for it in rows.blog.terms.profiles.values()]
    return {
        f"{builder.imagedir}/{face.copy}"
        for face in faces
        if face and face.copy and face.uri not in env.images
    }


def _sources_of(app: Sphinx, docnames: Iterable[str]) -> set[str]:
    """Return where Sphinx copies the sources of ordinary documents."""
    suffix = app.config.html_sourcelink_suffix
    paths = {app.project.doc2path(name, absolute=False).as_posix() for name in docnames}
    return {f"_sources/{path}{'' if path.endswith(suffix) else suffix}" for path in paths}
