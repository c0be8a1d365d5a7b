"""The words the extension itself says on a page, and their translations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.locale import get_translation

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: The name of the message catalogues.
CATALOG: Final = "sphinx_openinfra_blog"

_ = get_translation(CATALOG)


def register_catalogs(app: Sphinx) -> None:
    """Tell Sphinx where the message catalogues are."""
    app.add_message_catalog(CATALOG, str(Path(__file__).parent / "locale"))
