"""What the pages of the blog say of themselves to search engines and social sites."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from babel.core import get_global
from docutils import nodes
from sphinx.util.images import get_image_size

from .builders import has_generated_pages, public_address, public_file
from .byline import locale_of
from .domain import domain_of
from .excerpts import excerpt_of
from .feed_places import feed_links
from .head_tags import Article, HeadImage, PageHead, head_html, keys_in, said_once, without
from .lookup import page_of
from .model import Visibility
from .nodes import blog_block
from .permalinks import is_web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

    from .generated import GeneratedPage
    from .model import Post, Term
    from .project import BlogProject
    from .records import Picture

# Where the tags wait, as plain text, until every other extension has added its own; and what was
# there before that.
_OWN_TAGS: Final = "openinfra_blog_head"
_BEFORE: Final = "openinfra_blog_head_before"


def prepare_head(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Find what a document's head says (``html-page-context``, before other extensions).

    Runs in worker processes too: it changes nothing but the context.
    """
    del templatename
    builder = app.builder
    if doctree is None or not has_generated_pages(builder):
        return
    domain = domain_of(app.env)
    if (post := domain.project.posts.get(pagename)) is not None:
        head = post_head(builder, post)
        context["title"] = escape(head.title, quote=False)
        if head.noindex:
            context["metatags"] = without(context["metatags"], {"robots"})
    elif pagename in domain.listings:
        head = _listing_head(builder, pagename, context, doctree)
    else:
        return
    context["pageurl"] = head.address or None
    known = _known(app, context)
    own = head_html(head, known)
    context[_OWN_TAGS] = own + feed_links(builder, domain.project)
    context[_BEFORE] = context["metatags"]
    if "og:image" not in known:
        _tell_opengraph(app, context, head)


def finish_head(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Put the tags into the page's head, each once (``html-page-context``, after all others)."""
    del app, pagename, templatename, doctree
    own, before = context.pop(_OWN_TAGS, None), context.pop(_BEFORE, "")
    if own is not None:
        others = context["metatags"]
        # Mostly no other extension has written anything.
        context["metatags"] = others + own if others == before else said_once(others, own)


def post_head(builder: StandaloneHTMLBuilder, post: Post) -> PageHead:
    """Return what a post's page says of itself."""
    domain = domain_of(builder.env)
    summary = domain.summaries.get(post.docname)
    article = Article(
        published=post.date.text if post.date else "",
        updated=post.updated.text if post.updated else "",
        authors=tuple(
            (author.label, _term_address(builder, domain.project, author))
            for author in post.authors
        ),
        sections=tuple(term.label for term in post.categories),
        tags=tuple(term.label for term in post.tags),
        creator=post.head.twitter,
        words=summary.words if summary else 0,
        language=builder.config.language.replace("_", "-"),
    )
    return _head(
        builder,
        title=post.head.title or domain.title_of(post),
        description=post.head.description or domain.excerpt_of(post),
        address=canonical_address(builder, domain.project, post),
        image=_image(builder, summary.picture if summary else None),
        article=article,
        noindex=post.visibility is not Visibility.PUBLISHED,
    )


def canonical_address(builder: StandaloneHTMLBuilder, project: BlogProject, post: Post) -> str:
    """Return the absolute address that counts for a post, or an empty string if none is known.

    A post's own key goes before the option ``canonical``.
    """
    if post.head.canonical:
        return post.head.canonical
    if project.settings.canonical_source and is_web_address(post.source_url):
        return post.source_url
    return public_address(builder, post.docname)


def page_head(builder: StandaloneHTMLBuilder, page: GeneratedPage) -> str:
    """Return the tags of a generated page.

    Search engines shall not see what only unlisted or previewed posts stand under.
    """
    project = domain_of(builder.env).project
    head = _head(
        builder,
        title=page.title,
        description=page.description,
        address=public_address(builder, page.name),
        noindex=page.term is not None and not project.is_public(page.term),
    )
    return head_html(head) + feed_links(builder, project, page.term)


def _head(builder: StandaloneHTMLBuilder, **facts: Any) -> PageHead:
    """Return a head with what is the same on every page."""
    config = builder.config
    return PageHead(
        site=config.project,
        home=public_address(builder, config.root_doc),
        locale=_og_locale(config.language),
        twitter=domain_of(builder.env).project.settings.twitter,
        **facts,
    )


def _listing_head(
    builder: StandaloneHTMLBuilder, pagename: str, context: dict[str, Any], doctree: nodes.document
) -> PageHead:
    """Return what a document with a listing says of itself."""
    title = builder.env.titles[pagename].astext()
    meta = context.get("meta") or {}
    written = meta.get("description")
    return _head(
        builder,
        title=title,
        description=written if isinstance(written, str) else _opening(doctree, title),
        address=public_address(builder, pagename),
    )


def _opening(doctree: nodes.document, title: str) -> str:
    """Return the first words of a document, listings aside."""
    for paragraph in doctree.findall(nodes.paragraph):
        parent: nodes.Node | None = paragraph.parent
        while parent is not None and not isinstance(parent, blog_block):
            parent = parent.parent
        if parent is None and (text := paragraph.astext().strip()):
            return excerpt_of(text)
    return title


def _known(app: Sphinx, context: dict[str, Any]) -> set[str]:
    """Return the keys that the author of a page, or the site's options, speak for."""
    known = set(keys_in(context["metatags"]))
    if "ogp_site_name" in app.config and "ogp_disable" not in (context.get("meta") or ()):
        known |= {key for key in context.get("meta") or () if key.startswith("og:")}
        if app.config.ogp_site_name is not None:
            known.add("og:site_name")
    if "og:image" in known:
        # What belongs to a picture goes with its address.
        known |= {"og:image:alt", "og:image:width", "og:image:height"}
    return known


def _tell_opengraph(app: Sphinx, context: dict[str, Any], head: PageHead) -> None:
    """Keep sphinxext-opengraph from painting a card for a page that has a picture.

    It takes what a page says of itself from the document's metadata, of which it is given a
    copy, since it also takes out what it has read.
    """
    if "ogp_site_name" in app.config and head.image is not None:
        meta = context.get("meta") or {}
        own = {"og:image": head.image.address, "og:image:alt": head.image.alt}
        context["meta"] = own | meta


def _term_address(builder: StandaloneHTMLBuilder, project: BlogProject, term: Term) -> str:
    return public_address(builder, page_of(project, term)) if term.slug else ""


def picture_address(builder: StandaloneHTMLBuilder, picture: Picture | None) -> str:
    """Return the absolute address of a post's picture, or an empty string if it has none."""
    if picture is None:
        return ""
    candidates = dict(picture.candidates)
    if (remote := candidates.get("?")) is not None:
        address = quote(remote, safe="/%~!*'();:@&=+$,?#[]")
        return address if is_web_address(address) else ""
    path = _picture_file(builder, candidates)
    if path is None or not builder.config.html_baseurl:
        return ""
    return public_file(builder, f"{builder.imagedir}/{builder.env.images[path][1]}")


def _picture_file(builder: StandaloneHTMLBuilder, candidates: Mapping[str, str]) -> str | None:
    """Return the file that the builder takes for a picture, relative to the source directory."""
    kinds = ("*", *builder.supported_image_types)
    path = next((candidates[kind] for kind in kinds if kind in candidates), None)
    return path if path in builder.env.images else None


def _image(builder: StandaloneHTMLBuilder, picture: Picture | None) -> HeadImage | None:
    """Return a post's picture with its address in the output and, of a file, its size."""
    if picture is None or not (address := picture_address(builder, picture)):
        return None
    path = _picture_file(builder, dict(picture.candidates))
    size = None if path is None else get_image_size(str(Path(builder.srcdir, path)))
    width, height = size or (0, 0)
    return HeadImage(address, picture.alt, max(width, 0), max(height, 0))


def _og_locale(language: str) -> str:
    """Return a language with its territory, the likeliest one if none is configured."""
    locale = locale_of(language)
    if locale.territory is None:
        likely = get_global("likely_subtags").get(locale.language, "")
        territory = likely.rpartition("_")[2]
    else:
        territory = locale.territory
    return f"{locale.language}_{territory}" if territory else ""
