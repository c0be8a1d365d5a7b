"""Which pages show the ``blog`` value, because templates of the site or its theme use it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import TemplateSyntaxError, nodes
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util.matching import patmatch

from sphinx_openinfra_blog.environment import has_redirects
from sphinx_openinfra_blog.model import digest_of

from .template_value import PARTS, TemplateBlog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from jinja2 import Environment
    from sphinx.builders import Builder

#: Where the extension's own templates are, its pieces for sidebars among them.
TEMPLATES: Final = Path(__file__).parents[1] / "templates"
VALUE: Final = "blog"


class TemplateUse:
    """What templates show of the blog, in one build.

    It is known by the names that they mention. A piece is used where its own name is, wherever
    sites name templates: in ``html_sidebars``, in options of a theme, or in another template.
    """

    def __init__(self, builder: Builder) -> None:
        self._everywhere: set[str] = set()
        self._in_sidebars: list[tuple[str, set[str]]] = []
        self._digests: dict[frozenset[str], str] = {}
        if not has_redirects(builder) or not isinstance(builder.templates, BuiltinTemplateLoader):
            return
        self._blog = TemplateBlog(builder)
        environment, config = builder.templates.environment, builder.config
        pieces = {
            path.stem: TemplateText(environment, path.read_text(encoding="utf-8")).names
            for path in TEMPLATES.glob(f"{VALUE}-*.html")
        }

        def named_in(text: str, suffix: str = "") -> set[str]:
            found = (names for piece, names in pieces.items() if piece + suffix in text)
            return set().union(*found)

        templates = [TemplateText(environment, text) for text in texts_of(builder.templates)]
        if any(template.shows_blog for template in templates):
            # A template may hand a part of the value to another one.
            self._everywhere.update(*(template.names for template in templates))
        for template in templates:
            self._everywhere |= named_in(template.text, ".html")
        self._everywhere |= named_in(repr(config.html_theme_options))
        for pattern, names in config.html_sidebars.items():
            self._in_sidebars.append((pattern, named_in(repr(names))))

    def names_on(self, page: str) -> frozenset[str]:
        """Return what templates mention of the blog on a page."""
        sidebars = (used for pattern, used in self._in_sidebars if patmatch(page, pattern))
        return frozenset(self._everywhere.union(*sidebars))

    def shown_on(self, page: str) -> str:
        """Return a digest of what templates show of the blog on a page, or an empty string."""
        names = self.names_on(page)
        if not names:
            return ""
        if names not in self._digests:
            parts = [getattr(self._blog, name) for name in sorted(names & PARTS)]
            self._digests[names] = digest_of(mentioned_in(parts, names))
        own = self._blog.post(page) if "post" in names else None
        return digest_of((self._digests[names], mentioned_in(own, names)))


class TemplateText:
    """What a template mentions.

    :ivar shows_blog: whether it uses the value itself.
    :ivar names: its attributes, and its strings, which filters may take for attributes.
    """

    def __init__(self, environment: Environment, text: str) -> None:
        self.text, self.shows_blog, self.names = text, False, set[str]()
        try:
            tree = environment.parse(text)
        except TemplateSyntaxError:
            return  # Sphinx says so when it renders that.
        # Jinja's meta.find_undeclared_variables() fails on filters that are added later.
        used = (node.name for node in tree.find_all(nodes.Name) if node.ctx == "load")
        self.shows_blog = VALUE in used
        self.names = {node.attr for node in tree.find_all(nodes.Getattr)}
        strings = (node.value for node in tree.find_all(nodes.Const))
        self.names |= {value for value in strings if isinstance(value, str)}


def texts_of(templates: BuiltinTemplateLoader) -> Iterator[str]:
    """Yield the templates of the site, and those of its theme that may be about the blog."""
    for number, folder in enumerate(map(Path, templates.pathchain)):
        for path in folder.rglob("*.html") if folder != TEMPLATES else ():
            text = path.read_text(encoding="utf-8", errors="replace")
            if number < templates.templatepathlen or VALUE in text:
                yield text


def mentioned_in(value: Any, names: AbstractSet[str]) -> Any:
    """Return a value without the fields that are not among some names."""
    if isinstance(value, list | tuple):
        return [mentioned_in(item, names) for item in value]
    if is_dataclass(value):
        mentioned = [field.name for field in fields(value) if field.name in names]
        return [mentioned_in(getattr(value, name), names) for name in mentioned]
    return value
