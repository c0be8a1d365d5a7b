"""Bring the head of the blog's pages to themes that do not print ``metatags``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

#: Extends the template that :data:`EXTENDED` names in the context.
TEMPLATE: Final = "openinfra-blog-head.html"
EXTENDED: Final = "openinfra_blog_template"
_PROBE: Final = "openinfra-blog-probe"


def prints_metatags(
    builder: StandaloneHTMLBuilder, template: str, context: dict[str, Any]
) -> bool:
    """Tell whether a theme prints ``metatags``, by having it render a page.

    What its templates look at may depend on its options and on other extensions, so that they
    cannot be read instead.

    :param context: that of any page.
    """
    probe = {"body": "", "metatags": f'<meta name="{_PROBE}" />'}
    try:
        return _PROBE in builder.templates.render(template, context | probe)
    except Exception:  # noqa: BLE001 -- a template may raise anything, and will do so again
        return True
