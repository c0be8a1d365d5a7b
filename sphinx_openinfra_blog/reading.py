"""Read phase: the front matter goes out of the parser's way, the title comes in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import version_info
from sphinx.transforms import SphinxTransform

from .byline import preview_banner
from .domain import domain_of
from .frontmatter import height_of
from .markdown import BlockParsers, said, with_consecutive_headings, without_front_matter
from .model import Visibility
from .nodes import blog_byline, plain_text
from .project import project_of

if TYPE_CHECKING:
    from pathlib import Path

    from markdown_it import MarkdownIt
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .model import Post


#: Before that version Sphinx's search page takes titles for HTML.
_QUOTES_TITLES: Final = (9,)


class SourceReader:
    """Prepares the sources of posts for their parsers; lives as long as the application."""

    def __init__(self) -> None:
        """Begin without a parser."""
        self._parsers = BlockParsers()

    def clear_front_matter(self, app: Sphinx, docname: str, content: list[str]) -> None:
        """Replace the front matter of a post by what its parser should see (``source-read``).

        In Markdown these are the keys which are not the blog's, in reStructuredText blank lines;
        the number of lines stays the same.
        """
        post = project_of(app).posts.get(docname)
        if post is None:
            return
        parser = self._parser_for(app, post)
        if parser is None:
            height = height_of(content[0])
            content[0] = "\n" * height + "".join(content[0].split("\n", height)[height:])
        else:
            text = without_front_matter(content[0], post.passthrough)
            content[0] = with_consecutive_headings(text, parser)

    def mend_included_markdown(
        self, app: Sphinx, path: Path, docname: str, content: list[str]
    ) -> None:
        """Mend the headings of Markdown that a post includes (``include-read``)."""
        del docname  # MyST-Parser passes the file's stem.
        post = project_of(app).posts.get(app.env.docname)
        if post is None or app.config.source_suffix.get(path.suffix) != "markdown":
            return
        if (parser := self._parser_for(app, post)) is not None:
            content[0] = with_consecutive_headings(content[0], parser)

    def _parser_for(self, app: Sphinx, post: Post) -> MarkdownIt | None:
        """Return a parser of Markdown blocks; ``None`` if MyST-Parser does not read the post."""
        config = getattr(app.env, "myst_config", None)
        suffix = next((item for item in app.config.source_suffix if post.path.endswith(item)), "")
        if config is None or app.config.source_suffix.get(suffix) != "markdown":
            return None
        return self._parsers.parser_for(config, post.passthrough)


def _post_of(env: BuildEnvironment) -> Post | None:
    return domain_of(env).project.posts.get(env.docname)


class PostTitle(SphinxTransform):
    """Puts the body into a section under the post's title.

    ``Locale`` has priority 20: the title is there when messages are translated.
    """

    default_priority = 19

    def apply(self, **kwargs: Any) -> None:
        """Apply the transform to a post; leave other documents alone."""
        del kwargs
        if (post := _post_of(self.env)) is None:
            return
        body = self._take_body()
        section = _repeats_title(body, post.title)
        if section is None:
            section = self._new_section(post, body)
        else:
            position = body.index(section)
            section[1:1] = body[:position]
            section += body[position + 1 :]
        section["classes"].append("blog-post")
        title = section[0]
        assert isinstance(title, nodes.title)
        title.clear()
        title += plain_text(post.title)
        title.rawsource = post.title
        title.source, title.line = self.document["source"], post.title_line
        self.document += section

    def _take_body(self) -> list[nodes.Node]:
        """Remove the body from the document and return it; bibliographic fields stay."""
        # docutils' marker classes are no nodes to its type stubs.
        before: Any = nodes.PreBibliographic
        first = self.document.first_child_not_matching_class(before)
        start = 0
        if first is not None and isinstance(self.document[first], nodes.field_list):
            start = first + 1
        body = list(self.document.children[start:])
        del self.document[start:]
        return body

    def _new_section(self, post: Post, body: list[nodes.Node]) -> nodes.section:
        section = nodes.section("", nodes.title("", ""), *body)
        section["names"].append(nodes.fully_normalize_name(post.title))
        section.source, section.line = self.document["source"], post.title_line
        self.document.note_implicit_target(section, section)
        for inner in body:
            # MyST keeps MathJax away from the sections that it takes for the outermost.
            if isinstance(inner, nodes.section) and "mathjax_ignore" in inner["classes"]:
                section["classes"] = list(inner["classes"])
                break
        return section


def _repeats_title(body: list[nodes.Node], title: str) -> nodes.section | None:
    """Return the body's first section if its heading says the same as *title*."""
    section = next((node for node in body if isinstance(node, nodes.section)), None)
    if section is None or not isinstance(section[0], nodes.title):
        return None
    return section if said(section[0].astext()) == said(title) else None


class PostByline(SphinxTransform):
    """Makes room for the byline below the title.

    After the body is translated and its quotes are curled. Before docutils complains of a body
    that begins with a rule (830), which it does not where front matter is shown above it.
    """

    default_priority = 820

    def apply(self, **kwargs: Any) -> None:
        """Apply the transform to a post; leave other documents alone."""
        del kwargs
        if (post := _post_of(self.env)) is None:
            return
        section = next(iter(self.document.findall(nodes.section)))
        banner = preview_banner(post)
        room = blog_byline("", docname=self.env.docname)
        section[1:1] = [room] if banner is None else [room, banner]


def note_metadata(app: Sphinx, doctree: nodes.document) -> None:
    """Give Sphinx the metadata of a post (``doctree-read``, after its own collector)."""
    del doctree
    env = app.env
    if (post := project_of(app).posts.get(env.docname)) is None:
        return
    metadata = env.metadata[env.docname]
    # Posts are found through listings: in a toctree each would stand in every sidebar.
    metadata["orphan"] = True
    if post.visibility is Visibility.UNLISTED:
        # Of an unlisted post the search index may know that it is there, and no more.
        metadata["nosearch"] = True
    if version_info < _QUOTES_TITLES and "<" in domain_of(env).title_of(post):
        metadata["nosearch"] = True
    for key, value in json.loads(post.passthrough).items():
        # In Markdown MyST has put them there already, as texts, which is what all others expect.
        metadata.setdefault(key, _as_myst_does(key, value))


def _as_myst_does(key: str, value: Any) -> str | int:
    if key == "tocdepth":  # a number to Sphinx
        return int(value)
    return json.dumps(value) if isinstance(value, dict | list | None) else str(value)
