"""Generated pages, rendered into the theme's own ``page.html``, and redirect pages."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.util.osutil import ensuredir

from .builders import has_generated_pages
from .diagnostics import Subtype
from .domain import domain_of
from .listing import empty_node, list_nodes
from .metadata import breadcrumbs
from .nodes import plain_text
from .outputs import Outputs
from .report import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

    from .generated import GeneratedPage
    from .project import BlogProject


_OF_A_DOCUMENT: Final = ("secnumbers", "fignumbers", "current_docname")


def follow_build(app: Sphinx) -> None:
    """Follow this build's output from reading to its end (``builder-inited``).

    ``env-updated`` tells what to write again, ``doctree-resolved`` what really is written (in
    the main process, under ``-j`` too), ``html-collect-pages`` writes what has no source,
    and ``build-finished`` removes what is gone.
    """
    outputs = Outputs(app)
    app.connect("env-updated", outputs.find_outdated)
    app.connect("doctree-resolved", outputs.note_written)
    app.connect("html-collect-pages", lambda app: collect_pages(app, outputs))
    app.connect("build-finished", outputs.finish)


def collect_pages(app: Sphinx, outputs: Outputs) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the generated pages that changed, and write the redirects."""
    builder = app.builder
    if not has_generated_pages(builder):
        return
    for page in outputs.pages_to_write():
        yield page.name, page_context(builder, outputs.project, page), "page.html"
    for redirect, text in outputs.plan.redirects:
        path = Path(app.outdir, redirect.file)
        try:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                ensuredir(path.parent)
                path.write_text(text, encoding="utf-8")
        except OSError as error:
            message = f"no redirect can stand at '/{redirect.file}': {error.strerror}"
            warn(Subtype.ALIAS, message, redirect.post.docname)


def page_context(
    builder: StandaloneHTMLBuilder, project: BlogProject, page: GeneratedPage
) -> dict[str, Any]:
    """Return what the theme's ``page.html`` needs to show a generated page."""
    return {
        "title": escape(page.title, quote=False),
        "body": _rendered(builder, _body(builder, project, page), page.name),
        "metatags": "",
        "parents": breadcrumbs(builder, project, page.name),
        "prev": None,
        "next": None,
        "meta": {},
        "toc": "",
        "display_toc": False,
        "sourcename": "",
        "page_source_suffix": "",
    }


def _body(
    builder: StandaloneHTMLBuilder, project: BlogProject, page: GeneratedPage
) -> nodes.section:
    section = nodes.section("", ids=["blog-page"], classes=["blog-generated"])
    section += nodes.title("", "", plain_text(page.title))
    if page.posts:
        section += list_nodes(project, page.posts, builder.config.language)
    else:
        section += empty_node()
    return section


def _rendered(builder: StandaloneHTMLBuilder, section: nodes.section, name: str) -> str:
    """Return a section as HTML, its references resolved as Sphinx does for documents."""
    domain = domain_of(builder.env)
    for xref in list(section.findall(addnodes.pending_xref)):
        text = xref[0]
        assert isinstance(text, nodes.Element)
        link = domain.resolve_xref(
            builder.env, name, builder, xref["reftype"], xref["reftarget"], xref, text
        )
        xref.replace_self(link if link is not None else text)
    # What the translator asks of the builder is that of the document written last, or, if none
    # was, not there. There is no documented way to say that this page is none.
    known = {key: getattr(builder, key) for key in _OF_A_DOCUMENT if hasattr(builder, key)}
    builder.secnumbers, builder.fignumbers, builder.current_docname = {}, {}, name
    try:
        return builder.render_partial(section)["fragment"]
    finally:
        for key in _OF_A_DOCUMENT:
            if key in known:
                setattr(builder, key, known[key])
            else:
                delattr(builder, key)
