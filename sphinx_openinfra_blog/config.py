"""Registers and checks the options."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from .options import OPTIONS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def add_markdown(app: Sphinx, config: Config) -> None:
    """Let MyST parse ``.md`` if nothing does yet (``config-inited``).

    Not in ``setup()``: an extension that is set up later may bring a parser of its own.
    """
    suffixes = app.registry.source_suffix
    if isinstance(config.source_suffix, dict):
        suffixes = suffixes | config.source_suffix
    if suffixes.get(".md") not in app.registry.source_parsers:
        app.setup_extension("myst_parser")


def check_options(app: Sphinx, config: Config) -> None:
    """Check every option (``config-inited``).

    :raises ConfigError: naming every mistake.
    """
    mistakes = [
        f"{option.full_name} {mistake}"
        for option in OPTIONS
        if (mistake := option.check(config[option.full_name], Path(app.confdir)))
    ]
    if mistakes:
        raise ConfigError("\n".join(mistakes))


def register_options(app: Sphinx) -> None:
    """Tell Sphinx of every option; :func:`check_options` judges the values."""
    for option in OPTIONS:
        app.add_config_value(option.full_name, option.default, option.rebuild, types=Any)
