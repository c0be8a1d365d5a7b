"""Transforms for the head of a post: its title and its byline."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import init as init_catalog
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import docname_to_domain

from sphinx_openinfra_blog.environment import _, blog_byline, domain_of, plain_text
from sphinx_openinfra_blog.model import Visibility, clean

from .source import heading_key

if TYPE_CHECKING:
    from sphinx_openinfra_blog.model import Post


class PostTitle(SphinxTransform):
    """Put the body into a section under the post's title.

    Before ``Locale`` (20), so that the title is translated.
    """

    default_priority = 19

    def apply(self, **_kwargs: Any) -> None:
        """Apply the transform to a post; leave other documents alone."""
        if (post := domain_of(self.env).blog.posts.get(self.env.docname)) is None:
            return
        body = self._take_body()
        # Before the section, they are labels of it: references to them show the title.
        self.document += _take_labels(body)
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
        # In docutils' type stubs marker classes are not nodes.
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
            # MyST keeps MathJax away from the outermost sections.
            if isinstance(inner, nodes.section) and "mathjax_ignore" in inner["classes"]:
                section["classes"] = list(inner["classes"])
                break
        return section


def _take_labels(body: list[nodes.Node]) -> list[nodes.Node]:
    """Remove the labels at the beginning of the body, and return them."""
    first = list(takewhile(_is_invisible, body))
    body[: len(first)] = [node for node in first if not isinstance(node, nodes.target)]
    return [node for node in first if isinstance(node, nodes.target)]


def _is_invisible(node: Any) -> bool:  # In docutils' type stubs marker classes are not nodes.
    if isinstance(node, nodes.raw):
        return node.astext().lstrip().startswith("<!--") and node.astext().rstrip().endswith("-->")
    return isinstance(node, nodes.Invisible)


def _repeats_title(body: list[nodes.Node], title: str) -> nodes.section | None:
    """Return the body's first section if its heading equals *title*."""
    section = next((node for node in body if isinstance(node, nodes.section)), None)
    if section is None or not isinstance(section[0], nodes.title):
        return None
    return section if heading_key(section[0].astext()) == heading_key(title) else None


class TranslatedTitle(SphinxTransform):
    """Show the translation of a title as text: Sphinx parsed it as markup.

    After translation (20), before smart quotes (750).
    """

    default_priority = 745

    def apply(self, **_kwargs: Any) -> None:
        """Apply the transform to a post; leave other documents alone."""
        if self.env.docname not in domain_of(self.env).blog.posts:
            return
        title = next(iter(self.document.findall(nodes.title)))
        if not title.get("translated"):
            return
        config = self.config
        folders = [str(Path(self.env.srcdir, folder)) for folder in config.locale_dirs]
        domain = docname_to_domain(self.env.docname, config.gettext_compact)
        catalog, _has_catalog = init_catalog(folders, config.language, domain)
        text = clean(catalog.gettext(title.rawsource))
        title.clear()
        title += plain_text(text)


class PostByline(SphinxTransform):
    """Insert a placeholder for the byline below the title.

    After translation and smart quotes. Before docutils reports a body that begins with a
    transition (830): there is the byline above it.
    """

    default_priority = 820

    def apply(self, **_kwargs: Any) -> None:
        """Apply the transform to a post; leave other documents alone."""
        if (post := domain_of(self.env).blog.posts.get(self.env.docname)) is None:
            return
        section = next(iter(self.document.findall(nodes.section)))
        banner = preview_banner(post)
        room = blog_byline("", docname=self.env.docname)
        section[1:1] = [room] if banner is None else [room, banner]


def preview_banner(post: Post) -> nodes.note | None:
    """Return the notice for a post that has a page only in a preview."""
    messages = {
        Visibility.DRAFT: _("Preview: this post is a draft."),
        Visibility.SCHEDULED: _("Preview: this post waits for its date."),
        Visibility.EXPIRED: _("Preview: this post has expired."),
    }
    if (message := messages.get(post.visibility)) is None:
        return None
    text = nodes.paragraph("", message, translatable=False)
    return nodes.note("", text, classes=["blog-preview"])
