"""Titles in templates that take them for text, though they are HTML.

openstackdocstheme strips the tags of a title and writes the rest into an attribute, or into a
script. But Jinja's filter for that resolves character references too, so that what was quoted is
markup again. What is met below is documented nowhere: it is what that theme's templates ask for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from .builders import has_redirects
from .domain import domain_of
from .stylesheet import GENERATED

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

#: An option that only this theme has, and themes that are made from it.
_THEME: Final = "theme_display_global_toc_section"
_BUG_TITLE: Final = "bug_title"


class _Title(str):
    """HTML whose quotes stay quoted when the filter ``striptags`` has had it.

    The filter asks for ``__html__``; a template that writes the title as it is does not.
    """

    __slots__ = ()

    def __html__(self) -> str:
        text = self.replace("&quot;", '"').replace("&#34;", '"')
        return text.replace('"', "&amp;quot;")


def quote_titles(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Quote titles for openstackdocstheme (``html-page-context``, after all others).

    Runs in worker processes too: it changes nothing but the context.
    """
    del templatename, doctree
    if _THEME not in context or not has_redirects(app.builder):
        return
    for key in ("prev", "next"):
        if link := context.get(key):
            context[key] = {**link, "title": _Title(link["title"])}
    own = pagename in domain_of(app.env).project.posts or context.get(GENERATED)
    if own and context.get("bug_project") and not context.get(_BUG_TITLE):
        text = f"{Markup(context['title']).striptags()} in {context['project']}"  # noqa: S704
        context[_BUG_TITLE] = json.dumps(text)[1:-1].replace("<", "\\u003c")
