"""Translations of the texts on pages and of messages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError
from sphinx.locale import get_translation, get_translator, init_console

from sphinx_openinfra_blog.model import Message

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: The name of the message catalogues.
CATALOG: Final = "sphinx_openinfra_blog"

_ = get_translation(CATALOG)
_console = get_translation(CATALOG, "console")


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of a text on pages that goes with a number."""
    return get_translator(CATALOG).ngettext(singular, plural, number)


def translate(message: Message) -> str:
    """Return a message in the language of the console, with its arguments."""
    args = (translate(arg) if isinstance(arg, Message) else arg for arg in message.args)
    text = str(_console(message.template))
    return text % tuple(args) if message.args else text


def register_catalogs(app: Sphinx) -> None:
    """Register the message catalogues."""
    folder = str(Path(__file__).parents[1] / "locale")
    app.add_message_catalog(CATALOG, folder)
    init_console(folder, CATALOG)


@lru_cache(maxsize=16)
def locale_of(language: str) -> Locale:
    """Return Babel's locale for the site's language, or English for an unknown one."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
