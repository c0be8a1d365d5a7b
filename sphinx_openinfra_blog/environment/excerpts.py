"""The excerpts of posts, with the titles that a page would show in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_openinfra_blog.blog import matches, role_text, target_of
from sphinx_openinfra_blog.model import excerpt_of

if TYPE_CHECKING:
    from sphinx_openinfra_blog.model import Post, TitleReference

    from .domain import BlogDomain


def shown_excerpt(domain: BlogDomain, post: Post) -> str:
    """Return the excerpt of a post.

    It is the author's own: of the front matter, or up to a mark in the body; else the
    description; else the first words of the body.
    """
    summary = domain.summaries.get(post.docname)
    prose = "".join(_words_of(domain, piece) for piece in summary.prose) if summary else ""
    if post.summary or post.head.description:
        marked = " ".join(prose.split()) if summary and summary.is_marked else ""
        return post.summary or marked or post.head.description
    is_whole = summary is not None and summary.is_marked and prose.strip()
    return " ".join(prose.split()) if is_whole else excerpt_of(prose)


def _words_of(domain: BlogDomain, piece: str | TitleReference) -> str:
    """Return what a page would show for a part of a paragraph."""
    if isinstance(piece, str):
        return piece
    env, blog, target = domain.env, domain.blog, piece.target
    if (piece.domain, piece.kind) == (domain.name, "link"):
        name, *urls = target.split("\n")
        label = env.domains.standard_domain.labels.get(name.lower())
        page = target_of(blog, *urls).page
        post = blog.posts.get(page or "")
        return label[2] if label else domain.title_of(post) if post else piece.text
    if piece.domain == domain.name:
        found = matches(blog, piece.kind, target)
        post = blog.posts.get(found[0].page) if found else None
        return domain.title_of(post) if post else role_text(blog, piece.kind, target)
    if piece.kind == "doc":
        docname, _, anchor = target.partition("#")
        if docname not in env.all_docs:
            docname = target_of(blog, f"/{docname}").page or ""
        if docname in env.all_docs:
            title = env.titles[docname].astext()
            headings = env.metadata[docname].get("myst_slugs", {}) if anchor else {}
            return str(headings[anchor][2]) if anchor in headings else title
        return piece.text
    label = env.domains.standard_domain.labels.get(target.lower())
    return label[2] if label else piece.text
