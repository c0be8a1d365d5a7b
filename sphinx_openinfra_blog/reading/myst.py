"""MyST-Parser, adapted to posts.

This is the only module that uses internals of MyST-Parser. Others know its documented options and
the nodes that it makes.
"""

from __future__ import annotations

import re
import sys
from dataclasses import fields
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from docutils import nodes
from linkify_it import LinkifyIt
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig, merge_file_level
from myst_parser.parsers.mdit import create_md_parser
from sphinx.addnodes import pending_xref

from sphinx_openinfra_blog.environment import blog_strike, domain_of, plain_text, project_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode
    from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
    from myst_parser.parsers.sphinx_ import MystParser
    from sphinx.application import Sphinx

    _RenderLink: TypeAlias = Callable[[SphinxRenderer, SyntaxTreeNode], None]
    _Create: TypeAlias = Callable[[MdParserConfig, Any], MarkdownIt]

#: The formats whose parser is MyST-Parser's; MyST-NB's is, for everything but code cells.
OF_MYST: Final = frozenset({"markdown", "myst-nb"})
#: What GitHub Flavored Markdown has that MyST has not. Tasks are found in the document, so that
#: translations have them too, and so that no HTML is made of them.
_GFM: Final = frozenset({"linkify", "strikethrough"})
#: Marks the functions of MyST-Parser that are changed; others may wrap them as well.
_CHANGED: Final = "openinfra_blog_changed"
_WORD: Final = re.compile(r"\S*")


def tolerate_impossible_links() -> None:
    """Keep MyST-Parser from failing on links that cannot be files; harmless if called again.

    MyST-Parser asks the file system about every link without a known scheme. Before Python 3.14
    ``Path.is_file()`` raises an error for a name that is too long, and ``Path.resolve()`` does
    for a NUL; either ends the build. Remove this when MyST-Parser catches both.
    """
    from myst_parser.mdit_to_docutils.sphinx_ import (  # noqa: PLC0415 (it loads all of Sphinx)
        SphinxRenderer,
    )

    for name in ("render_link_unknown", "render_link_path", "render_link_project"):
        render = getattr(SphinxRenderer, name)
        if not hasattr(render, _CHANGED):
            setattr(SphinxRenderer, name, _tolerant(render))


def _tolerant(render: _RenderLink) -> _RenderLink:
    """Return a method that renders an impossible link as a reference to an unknown name."""

    @wraps(render)
    def render_link(self: SphinxRenderer, token: SyntaxTreeNode) -> None:
        target = self.md.normalizeLinkText(str(token.attrGet("href") or ""))
        if "\0" not in target:
            try:
                render(self, token)
            except OSError:
                pass
            else:
                return
        is_explicit = token.info != "auto" and bool(token.children)
        xref = pending_xref(
            refdoc=self.sphinx_env.docname,
            refdomain=None,
            reftype="myst",
            reftarget=target,
            refexplicit=is_explicit,
        )
        self._process_wrap_node(xref, token, is_explicit, ["xref", "myst"], target)

    setattr(render_link, _CHANGED, True)
    return render_link


def block_parser(config: MdParserConfig, own: Mapping[str, Any] | None = None) -> MarkdownIt:
    """Return MyST-Parser's parser, reduced to blocks.

    :param own: what the front matter of a post says of its own syntax.
    """
    if own is not None:
        # MyST-Parser itself warns of mistakes in it.
        config = merge_file_level(config, {"myst": own}, lambda *_: None)
    parser = create_md_parser(config, RendererHTML)
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def read_posts_as_gfm(app: Sphinx) -> None:
    """Let the parsers of Markdown read posts, and only these, as GFM (``builder-inited``).

    Roles, directives and whatever else the site enables stay.
    """
    from myst_parser.parsers.sphinx_ import MystParser  # noqa: PLC0415 (it loads all of Sphinx)

    for kind in OF_MYST if project_of(app).blog.settings.gfm else ():
        parser = app.registry.get_source_parsers().get(kind)
        if parser is not None and issubclass(parser, MystParser):
            app.add_source_parser(_parser_for_posts(parser), override=True)


class _PostConfig(MdParserConfig):
    """The configuration of MyST-Parser while it reads a post."""


def _parser_for_posts(parser: type[MystParser]) -> type[MystParser]:
    for base in parser.__mro__:
        module = sys.modules[base.__module__]
        create = getattr(module, "create_md_parser", None)
        if create is not None and not hasattr(create, _CHANGED):
            setattr(module, "create_md_parser", _creating_gfm(create))  # noqa: B010

    class PostParser(parser):  # type: ignore[misc, valid-type]
        """Marks the configuration while it reads a post, or a translation of its text."""

        def parse(self, inputstring: str, document: nodes.document) -> None:
            env = document.settings.env
            config = env.myst_config
            if env.docname in domain_of(env).blog.posts:
                values = {item.name: getattr(config, item.name) for item in fields(config)}
                env.myst_config = _PostConfig(**values)
            try:
                super().parse(inputstring, document)
            finally:
                env.myst_config = config

    return PostParser


def _creating_gfm(create: _Create) -> _Create:
    """Return a function that creates a parser of GFM, if it is for a post.

    By now the configuration has what the front matter of the post says.
    """

    @wraps(create)
    def create_parser(config: MdParserConfig, renderer: Any) -> MarkdownIt:
        if not isinstance(config, _PostConfig):
            return create(config, renderer)
        enabled = set(config.enable_extensions)
        # A site that has this extension may want the words that are only similar to addresses.
        fuzzy = "linkify" in enabled and config.linkify_fuzzy_links
        gfm = config.copy(enable_extensions=enabled | _GFM, linkify_fuzzy_links=fuzzy)
        parser = create(gfm, _renderer_for_posts(renderer))
        assert parser.linkify is not None
        parser.linkify.add("//", None)
        parser.linkify.add("www.", {"validate": _length_of_www, "normalize": _with_scheme})
        if not fuzzy:
            # Else every text is searched for words that are similar to hosts, in vain.
            parser.linkify.re["pretest"] = f"{parser.linkify.re['schema_test']}|@"
        return parser

    setattr(create_parser, _CHANGED, True)
    return create_parser


def _length_of_www(_linkify: LinkifyIt, text: str, position: int) -> int:
    """Return the length of an address after its ``www.``, as GFM recognizes it."""
    word = _WORD.match(text, position)
    found = _whole_links().match_at_start(f"http://www.{word[0] if word else ''}")
    return max(0, len(found.raw) - len("http://www.")) if found else 0


def _with_scheme(_linkify: LinkifyIt, match: Any) -> None:
    match.url = f"http://{match.url}"


@cache
def _whole_links() -> LinkifyIt:
    return LinkifyIt(options={"fuzzy_link": False})


@cache
def _renderer_for_posts(renderer: type[SphinxRenderer]) -> type[SphinxRenderer]:
    class PostRenderer(renderer):  # type: ignore[misc, valid-type]
        """Makes nodes of GFM that every builder knows."""

        def render_s(self, token: SyntaxTreeNode) -> None:
            """Render struck text; MyST-Parser would warn, and make HTML of it."""
            node = blog_strike()
            self.add_line_and_source_path(node, token)
            with self.current_node_context(node, append=True):
                self.render_children(token)

        def render_link(self, token: SyntaxTreeNode) -> None:
            """Render a link; the text of a bare one is its address, without smart quotes."""
            super().render_link(token)
            link = self.current_node[-1]
            if token.info == "auto" and isinstance(link, nodes.reference):
                text = link.astext()
                link.clear()
                link += plain_text(text)

    return PostRenderer
