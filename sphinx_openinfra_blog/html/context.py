"""What a page is and says of itself, and its page context."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from babel.core import get_global
from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_openinfra_blog.environment import (
    domain_of,
    has_generated_pages,
    has_redirects,
    locale_of,
    public_url,
)
from sphinx_openinfra_blog.feeds import feed_links
from sphinx_openinfra_blog.integrations import (
    mend_source_links,
    name_no_source,
    quote_titles,
    source_suffix,
)

from .head import known_keys, listing_head, post_head, tell_opengraph
from .meta_tags import SiteFacts, head_html, keys_in, merged, without
from .navigation import link_neighbours, link_to_second_page
from .share import site_images
from .template_use import TEMPLATES, VALUE, TemplateUse
from .template_value import TemplateBlog
from .theme import EXTENDED, TEMPLATE, prints_metatags

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

    from sphinx_openinfra_blog.model import Post

    from .meta_tags import PageHead

#: Where the facts of a page are in its context until this is finished.
FACTS: Final = "openinfra_blog_page"

_STYLESHEET: Final = "openinfra-blog.css"

#: What the blog has to do with a page.
PageKind: TypeAlias = Literal["post", "listing", "generated", "other"]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page is and says of itself.

    :ivar head: ``None`` if the blog adds nothing to the page's head.
    :ivar known: keys of ``meta`` tags that the page's author or the site's options provide.
    :ivar links: ``link`` elements of feeds and of a listing's other pages.
    :ivar above: the names of the pages above it, from the top.
    """

    kind: PageKind = "other"
    post: Post | None = None
    head: PageHead | None = None
    known: frozenset[str] = frozenset()
    links: str = ""
    above: tuple[str, ...] = ()


class PageContexts:
    """Complete the page contexts of a build.

    The listeners to ``html-page-context`` run in worker processes too: they change nothing but
    the context, and leave only strings, numbers and lists there, which every builder can write.

    :ivar site: what is the same on every page, set by ``write-started``.
    :ivar blog: what templates can show of the blog, made then as well.
    """

    site: SiteFacts
    blog: TemplateBlog

    def __init__(self) -> None:
        """Begin without knowing the theme."""
        #: Template -> whether it prints ``metatags``, asked once in each process.
        self._prints: dict[str, bool] = {}

    def begin(self, _app: Sphinx, builder: Builder) -> None:
        """Find what is the same on every page of the site (``write-started``)."""
        self._prints.clear()
        if isinstance(builder, StandaloneHTMLBuilder):
            config, blog = builder.config, domain_of(builder.env).blog
            self.blog, self._templates = TemplateBlog(builder), TemplateUse(builder)
            self.site = SiteFacts(
                name=config.project,
                home=public_url(builder, config.root_doc),
                locale=_og_locale(config.language),
                language=config.language.replace("_", "-"),
                twitter=blog.settings.twitter,
                feeds=feed_links(builder, blog),
                **site_images(builder)._asdict(),
            )

    def prepare(
        self,
        app: Sphinx,
        pagename: str,
        _templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Add a page's facts, navigation and style sheet before other extensions add theirs."""
        if doctree is not None and isinstance(app.builder, StandaloneHTMLBuilder):
            context[FACTS] = self._facts(app.builder, pagename, context, doctree)
        if has_redirects(app.builder):
            context.setdefault(VALUE, self.blog)
        facts = context.setdefault(FACTS, PageFacts())
        is_blog = facts.kind != "other" or self._templates.names_on(pagename)
        if is_blog and app.config.openinfra_blog_css:
            app.add_css_file(_STYLESHEET)

    def follow_themes(
        self,
        app: Sphinx,
        _pagename: str,
        _templatename: str,
        context: dict[str, Any],
        _doctree: nodes.document | None,
    ) -> None:
        """Correct the source links that themes have added to a page's context."""
        if has_redirects(app.builder):
            facts: PageFacts = context[FACTS]
            if facts.post is not None:
                mend_source_links(context, facts.post)
            elif facts.kind == "generated":
                name_no_source(context)

    def finish(
        self,
        app: Sphinx,
        _pagename: str,
        templatename: str,
        context: dict[str, Any],
        _doctree: nodes.document | None,
    ) -> str | None:
        """Finish a page's head after other extensions have added their tags.

        :returns: another template, where the theme's own does not print the tags.
        """
        facts: PageFacts = context.pop(FACTS)
        if facts.head is not None:
            head, known = facts.head, facts.known
            if head.image is None and "og:image" in keys_in(context["metatags"]):
                known |= {"og:image"}
            elif head.image is None:
                head = replace(head, image=self.site.shared or self.site.logo)
            own = head_html(self.site, head, known) + facts.links
            context["metatags"] = merged(context["metatags"], own)
        builder = app.builder
        if not has_redirects(builder):
            return None
        quote_titles(context, is_own=facts.kind in {"post", "generated"})
        if facts.head is None:
            return None
        if templatename not in self._prints:
            self._prints[templatename] = prints_metatags(builder, templatename, context)
        if self._prints[templatename]:
            return None
        context[EXTENDED] = templatename
        return TEMPLATE

    def _facts(
        self,
        builder: StandaloneHTMLBuilder,
        pagename: str,
        context: dict[str, Any],
        doctree: nodes.document,
    ) -> PageFacts:
        """Return the facts of a document, and add its navigation to its context."""
        domain = domain_of(builder.env)
        post = domain.blog.posts.get(pagename)
        if post is not None:
            link_neighbours(builder, post, context)
            if "sourcename" in context:
                context["sourcename"] = source_name(builder.config, post)
                context["page_source_suffix"] = source_suffix(builder, post)
        elif pagename not in domain.listings:
            return PageFacts()
        kind: PageKind = "listing" if post is None else "post"
        if not has_generated_pages(builder):
            return PageFacts(kind, post)
        links = self.site.feeds
        if post is not None:
            head = post_head(builder, post)
            context["title"] = escape(head.title, quote=False)
            if head.robots:
                context["metatags"] = without(context["metatags"], {"robots"})
        else:
            head = listing_head(builder, pagename, context, doctree)
            # A document may have a next one of its own.
            links += "" if context.get("next") else link_to_second_page(builder, pagename)
        context["pageurl"] = head.url or None
        # Before sphinxext-opengraph names its own; the logo comes after that.
        head = replace(head, image=head.image or self.site.shared)
        known = known_keys(builder.config, context)
        if "og:image" not in known:
            tell_opengraph(builder.config, context, head)
        above = () if post is None else (domain.blog.index,)
        return PageFacts(kind, post, head, known, links, above)


def _og_locale(language: str) -> str:
    """Return a language with its territory: the likeliest one if none is configured."""
    locale = locale_of(language)
    likely = get_global("likely_subtags").get(locale.language, "").rpartition("_")[2]
    territory = locale.territory or likely
    return f"{locale.language}_{territory}" if territory else ""


def add_template_path(_app: Sphinx, config: Config) -> None:
    """Tell Sphinx where the templates for some themes and for sidebars are (``config-inited``)."""
    config.templates_path = [*config.templates_path, str(TEMPLATES)]


def add_static_path(_app: Sphinx, config: Config) -> None:
    """Tell Sphinx where the style sheets of pages and feeds are (``config-inited``).

    The path only depends on options for which Sphinx writes all pages again, and is never a
    reason to read anything again.
    """
    options = ("openinfra_blog_css", "openinfra_blog_feeds", "openinfra_blog_term_feeds")
    if any(config[name] for name in options):
        folder = Path(__file__).parents[1] / "static"
        config.html_static_path = [*config.html_static_path, str(folder)]


def source_name(config: Config, post: Post) -> str:
    """Return the name of a post's copy below ``_sources``, or nothing if there is none.

    Sphinx would cut the file's path at the docname's length, as if one began with the other.
    """
    if not config.html_copy_source:
        return ""
    suffix = PurePath(post.path).suffix
    name = post.docname + suffix
    return (
        name if suffix == config.html_sourcelink_suffix else name + config.html_sourcelink_suffix
    )
