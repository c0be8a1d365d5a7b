"""Escape titles for the templates of openstackdocstheme.

The theme strips the tags of a title and writes the rest into an attribute or a script. But
Jinja's filter for that resolves character references too, so that escaped text becomes markup
again. None of this is documented: it is what that theme's templates do.
"""

from __future__ import annotations

import json
from typing import Any, Final

from markupsafe import Markup

#: An option that only this theme has, and themes that are made from it.
_THEME: Final = "theme_display_global_toc_section"
_BUG_TITLE: Final = "bug_title"


class _Title(str):
    """HTML whose quotes stay escaped after the filter ``striptags``.

    The filter calls ``__html__``; a template that prints the title itself does not.
    """

    __slots__ = ()

    def __html__(self) -> str:
        text = self.replace("&quot;", '"').replace("&#34;", '"')
        return text.replace('"', "&amp;quot;")


def quote_titles(context: dict[str, Any], *, is_own: bool) -> None:
    """Escape the titles in a page's context for openstackdocstheme.

    :param is_own: whether the page is a post or a generated one.
    """
    if _THEME not in context:
        return
    for key in ("prev", "next"):
        if link := context.get(key):
            context[key] = {**link, "title": _Title(link["title"])}
    if is_own and context.get("bug_project") and not context.get(_BUG_TITLE):
        text = f"{Markup(context['title']).striptags()} in {context['project']}"  # noqa: S704
        context[_BUG_TITLE] = json.dumps(text)[1:-1].replace("<", "\\u003c")
