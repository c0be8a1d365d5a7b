"""Prepare the source of posts for their parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_openinfra_blog.environment import project_of
from sphinx_openinfra_blog.frontmatter import split

from .markdown import BlockParsers, with_consecutive_headings, without_front_matter

if TYPE_CHECKING:
    from pathlib import Path

    from markdown_it import MarkdownIt
    from sphinx.application import Sphinx

    from sphinx_openinfra_blog.model import Post


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
        post = project_of(app).blog.posts.get(docname)
        if post is None:
            return
        parser = self._parser_for(app, post)
        if parser is None:
            height, body = split(content[0])
            content[0] = "\n" * height + body
        else:
            text = without_front_matter(content[0], post.passthrough)
            content[0] = with_consecutive_headings(text, parser)

    def mend_included_markdown(
        self, app: Sphinx, path: Path, docname: str, content: list[str]
    ) -> None:
        """Mend the headings of Markdown that a post includes (``include-read``)."""
        del docname  # MyST-Parser passes the file's stem.
        post = project_of(app).blog.posts.get(app.env.docname)
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
