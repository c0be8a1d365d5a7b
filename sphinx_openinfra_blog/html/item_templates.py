"""The site's own templates for the posts of listings, as documented for their authors."""

from __future__ import annotations

import traceback
from dataclasses import fields, is_dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from jinja2 import StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.utils import missing
from markupsafe import Markup
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util.osutil import relative_uri

from sphinx_openinfra_blog.environment import has_redirects, warn
from sphinx_openinfra_blog.model import Subtype, __, digest_of

from .template_use import TemplateText, mentioned_in, texts_of
from .template_value import TemplateBlog

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_openinfra_blog.blog import Listing, Selection
    from sphinx_openinfra_blog.environment import blog_entry

_STYLES: Final = ("cards", "compact", "rows", "titles")
#: What a template can show, apart from what Sphinx gives to all of them.
_NAMES: Final = ("post", "url", "pathto", "style", "level", "parts")
#: The classes of the built-in parts of an item -> their names in templates.
_PARTS: Final = {
    "blog-title": "title",
    "blog-byline": "byline",
    "blog-excerpt": "excerpt",
    "blog-picture": "picture",
    "blog-chips": "categories",
    "dt-published": "date",
}


class _UnknownName(StrictUndefined):
    """A name that a template has and the values for it have not, which says those there are."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        owner, name = self._undefined_obj, self._undefined_name
        if owner is missing:
            known: list[str] = list(_NAMES)
        elif isinstance(owner, dict):
            known = list(owner)
        elif is_dataclass(owner):
            known = [field.name for field in fields(owner)]
        else:
            message: str = super()._undefined_message
            return message
        return str(__("unknown name '%s' (there are %s)", name, ", ".join(known)))


class ItemTemplates:
    """The templates of the site for the posts of listings, in one build."""

    def __init__(self) -> None:
        self._templates: dict[str, Template] = {}

    def load(self, app: Sphinx, _env: BuildEnvironment) -> None:
        """Find the templates, and warn of those that cannot be used (``env-updated``)."""
        self._templates, builder = {}, app.builder
        if not has_redirects(builder) or not isinstance(builder.templates, BuiltinTemplateLoader):
            return
        environment = builder.templates.environment.overlay(
            autoescape=True, undefined=_UnknownName
        )
        for style in _STYLES:
            name = f"openinfra_blog/item-{style}.html"
            if (template := _load(environment, name)) is not None:
                self._templates[style] = template
        if len(self._templates) < len(_STYLES):
            template = _load(environment, "openinfra_blog/item.html")
            others = set(_STYLES) - self._templates.keys()
            self._templates |= dict.fromkeys(others, template) if template else {}
        if self._templates:
            texts = list(texts_of(builder.templates))
            names = (TemplateText(environment, text).names for text in texts)
            self._blog, self._names = TemplateBlog(builder), frozenset[str]().union(*names)
            self._made_of = digest_of(sorted(texts))

    def digest(self, *listings: tuple[Listing, Selection]) -> str:
        """Return a digest of what templates show of the posts of listings.

        :returns: an empty string if there is no template for them.
        """
        posts = [
            self._blog.post(post.docname)
            for listing, selection in listings
            if listing.style in self._templates
            for group in selection.groups
            for post in group.posts
        ]
        return digest_of((self._made_of, mentioned_in(posts, self._names))) if posts else ""

    def visit(self, translator: HTML5Translator, node: blog_entry) -> None:
        """Write a post of a listing by its template; without one, as its children are."""
        template = self._templates.get(node["style"])
        post = self._blog.post(node["docname"]) if template else None
        if template is None or post is None:
            return
        parts = _parts(translator, node)

        def pathto(page: object) -> str:
            if not isinstance(page, str):
                str(page)  # An unknown name has an error of its own.
                raise TypeError(__("pathto() needs the name of a page, such as post.page"))
            builder: StandaloneHTMLBuilder = translator.builder
            here = builder.get_target_uri(builder.current_docname)
            return relative_uri(here, builder.get_target_uri(page)) or "#"

        facts = post, pathto(post.page), pathto, node["style"], node["level"], parts
        try:
            text = template.render(zip(_NAMES, facts, strict=True))
        except Exception as error:  # noqa: BLE001 -- templates may raise anything
            _warn(error, template)
            return
        translator.body.append(text)
        raise nodes.SkipNode

    def depart(self, _translator: HTML5Translator, _node: blog_entry) -> None:
        """Write nothing behind the children."""


def _load(environment: Environment, name: str) -> Template | None:
    try:
        return environment.get_template(name)
    except TemplateNotFound:
        return None
    except (TemplateError, UnicodeDecodeError) as error:
        _warn(error)
        return None


def _warn(error: Exception, template: Template | None = None) -> None:
    """Warn of a template at its line, once in a build; the usual HTML takes its place."""
    place = None
    if isinstance(error, TemplateSyntaxError):
        place = f"{error.filename}:{error.lineno}"
    elif template is not None:
        # The last one of its frames, or of those of the templates that it includes.
        frames = [
            f"{frame.filename}:{frame.lineno}"
            for frame in traceback.extract_tb(error.__traceback__)
            if PurePath(frame.filename).suffix == PurePath(template.filename or "").suffix
        ]
        place = frames[-1] if frames else template.filename
    reason: object = error
    if isinstance(error, TemplateNotFound):
        # Sphinx lists the folders of this machine behind the name.
        name = str(error).partition(" not found in ")[0]
        reason = __("template %s not found (see 'templates_path')", name)
    message = __("cannot use the template, so that posts look as usual: %s", reason)
    warn(Subtype.TEMPLATE, message, place, once=True)


def _parts(translator: HTML5Translator, node: blog_entry) -> dict[str, Any]:
    """Return the HTML of the parts that the extension itself would show."""
    parts = dict.fromkeys(_PARTS.values(), Markup())
    before = translator.body
    for child in node[0].children:
        translator.body = []
        child.walkabout(translator)
        html = Markup("".join(translator.body))  # noqa: S704 -- the translator escapes
        classes = child["classes"] if isinstance(child, nodes.Element) else ()
        parts |= {name: html for kind, name in _PARTS.items() if kind in classes}
    translator.body = before
    return parts
