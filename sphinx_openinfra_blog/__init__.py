"""A blog inside a Sphinx documentation site."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"
__all__ = ["setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    # Not at the top: the command line passes here too, and needs next to nothing of it.
    from . import extension  # noqa: PLC0415

    extension.setup(app)

    return {
        "version": __version__,
        "env_version": 3,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
