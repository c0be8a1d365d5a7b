"""The place of a page in the theme's navigation, while the page is written."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from docutils import nodes
from sphinx import addnodes
from sphinx.environment.adapters.toctree import TocTree
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_openinfra_blog.environment import has_generated_pages, has_redirects
from sphinx_openinfra_blog.integrations import TREE_CACHES

from .contents import toc_with_groups
from .context import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .context import PageFacts

_T = TypeVar("_T")


class PagePlace:
    """Let a page of the blog stand below its list in the site's tree while it is written.

    Themes ask Sphinx for the tree from a page's first ``html-page-context`` listener to the end
    of its template; there is no event after that. So everything is put back before whatever
    comes next: another page, or another document, whose toctrees are resolved before its page.
    """

    def __init__(self) -> None:
        """Begin with no page in place."""
        self._shown = ExitStack()

    def show(
        self,
        app: Sphinx,
        pagename: str,
        _templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Put a page that no toctree contains into its place (``html-page-context``).

        The contents of a page get the groups of its listings, which Sphinx did not know.
        """
        facts: PageFacts = context[FACTS]
        if doctree is not None and facts.kind == "listing":
            self._show_groups(app, pagename, context, doctree)
        host = _host(app.env, facts.above)
        if facts.head and host and has_redirects(app.builder) and not _held(app.env, pagename):
            self._shown.enter_context(_below(app.env, host, pagename, facts.head.title))

    def _show_groups(
        self, app: Sphinx, docname: str, context: dict[str, Any], doctree: nodes.document
    ) -> None:
        env, builder = app.env, app.builder
        toc = toc_with_groups(env, docname, doctree)
        if toc is None or not has_generated_pages(builder):
            return
        entries = {docname: len([*toc.findall(nodes.reference)])}
        self._shown.enter_context(_replaced(env.tocs, {docname: toc}))
        self._shown.enter_context(_replaced(env.toc_num_entries, entries))
        own = TocTree(env).get_toc_for(docname, builder)
        context |= {"toc": builder.render_partial(own)["fragment"], "display_toc": True}

    def put_back(self, *_args: object) -> None:
        """Take the page out of the tree again (several events)."""
        self._shown.close()

    def before_pages(self, _app: Sphinx) -> tuple[()]:
        """Put everything back (``html-collect-pages``).

        :returns: no pages.
        """
        self.put_back()
        return ()

    def before_documents(self) -> type[SphinxPostTransform]:
        """Return the post-transform that puts everything back before a document is resolved."""
        put_back = self.put_back

        class PutBack(SphinxPostTransform):
            """Take the page before this document out of the tree."""

            default_priority = 0

            def run(self, **_kwargs: object) -> None:
                put_back()

        return PutBack


def place_state(env: BuildEnvironment, above: Sequence[str]) -> list[Any]:
    """Return what the navigation of a page shows because of its place, for its digest.

    These are the headings and documents below each document that the way up leads through.

    :param above: the names of the pages above it, from the top.
    """
    state: list[Any] = []
    name, seen = _host(env, above), set[str]()
    while name is not None and name not in seen:
        seen.add(name)
        links = env.tocs[name].findall(nodes.reference)
        headings = [(link["anchorname"], link.astext()) for link in links]
        documents = [item for item in env.toctree_includes.get(name, ()) if item in env.titles]
        below = [env.titles[item].astext() for item in documents]
        state.append((name, headings, below))
        # Of several Sphinx takes the last.
        name = max(env.files_to_rebuild[name]) if _held(env, name) else None
    return state


def _host(env: BuildEnvironment, above: Sequence[str]) -> str | None:
    """Return the nearest page above a page that is a document in a toctree."""
    return next((name for name in reversed(above) if _held(env, name)), None)


def _held(env: BuildEnvironment, name: str) -> bool:
    """Tell whether a page is a document in a toctree.

    Sphinx remembers a toctree's documents even when they are gone.
    """
    return name in env.tocs and name in env.files_to_rebuild


@contextmanager
def _below(env: BuildEnvironment, host: str, page: str, title: str) -> Iterator[None]:
    """Let a page stand in the site's tree, alone and as the first below a document.

    :param title: of a page that is not a document.
    """
    own = _alone(env.tocs[page]) if page in env.tocs else _entry(page, title)
    toc = env.tocs[host].deepcopy()
    tree = addnodes.toctree("", entries=[(None, page)], includefiles=[page], parent=host)
    if (item := toc.next_node(nodes.list_item)) is not None:
        # What is below its link: its headings and documents.
        below = item.next_node(nodes.bullet_list)
        if below is None:
            below = nodes.bullet_list()
            item += below
        below.insert(0, tree)
    includes = {host: [*env.toctree_includes.get(host, ()), page], page: []}
    with (
        _replaced(env.tocs, {host: toc, page: own}),
        _replaced(env.toctree_includes, includes),
        # Sphinx asks for the metadata of what is in the tree, and would add some.
        _replaced(env.metadata, {page: env.metadata.get(page, {})}),
        _replaced(vars(env), dict.fromkeys(TREE_CACHES)),
    ):
        yield


def _alone(toc: nodes.bullet_list) -> nodes.bullet_list:
    """Return a document's contents without its toctrees, which might hold the page above it."""
    if toc.next_node(addnodes.toctree) is None:
        return toc
    toc = toc.deepcopy()
    for tree in [*toc.findall(addnodes.toctree)]:
        parent = tree.parent
        parent.remove(tree)
        if not parent.children:
            parent.parent.remove(parent)
    return toc


def _entry(page: str, title: str) -> nodes.bullet_list:
    """Return the contents of a page that is not a document."""
    link = nodes.reference("", title, internal=True, refuri=page, anchorname="")
    return nodes.bullet_list("", nodes.list_item("", addnodes.compact_paragraph("", "", link)))


@contextmanager
def _replaced(mapping: MutableMapping[str, _T], values: dict[str, _T]) -> Iterator[None]:
    """Let a mapping have other values for some keys."""
    before = {key: mapping[key] for key in values if key in mapping}
    mapping.update(values)
    try:
        yield
    finally:
        for key in values.keys() - before.keys():
            del mapping[key]
        mapping.update(before)
