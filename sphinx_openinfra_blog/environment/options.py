"""Registers the options with Sphinx and reads their values."""

from __future__ import annotations

import os
import time
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from sphinx_openinfra_blog.config import OPTIONS, Settings
from sphinx_openinfra_blog.model import slug_of

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.config import Config


def add_markdown(app: Sphinx, config: Config) -> None:
    """Let MyST parse ``.md`` if nothing else does (``config-inited``).

    After extensions that are set up later, or register suffixes in listeners of their own, and
    before Sphinx itself collects the suffixes (800).
    """
    suffixes = app.registry.source_suffix
    if isinstance(config.source_suffix, dict):
        suffixes = suffixes | config.source_suffix
    if suffixes.get(".md") not in app.registry.source_parsers:
        app.setup_extension("myst_parser")


def register_options(config: Config) -> None:
    """Add every option to *config*.

    Sphinx's own type check would only warn; :func:`read_settings` raises an error.
    """
    for option in OPTIONS:
        config.add(option.full_name, option.default, option.rebuild, Any)


def read_settings(config: Config, confdir: Path) -> Settings:
    """Check and convert every option.

    :param confdir: the directory of conf.py.
    :raises ConfigError: naming every mistake.
    """
    values: dict[str, Any] = {}
    mistakes = []
    for item in fields(Settings):
        if option := item.metadata.get("option"):
            try:
                values[item.name] = option.read(config[option.full_name], confdir)
            except ValueError as error:
                mistakes.append(f"{option.full_name} {error}")
    if mistakes:
        raise ConfigError("\n".join(mistakes))
    categories = values.pop("categories")
    authors = config.openinfra_blog_authors
    return Settings(
        **values,
        now=_now(),
        categories=tuple(
            replace(term, slug=slug_of(term.slug, values["slugs"]))
            for term, _profile in categories
        ),
        profiles={(term.taxonomy, term.key): profile for term, profile in categories if profile},
        author_files=isinstance(authors, str) and (confdir / authors).is_dir(),
        root=config.html_baseurl or "",
        copied=tuple(str(confdir / entry) for entry in config.html_extra_path),
        root_doc=config.root_doc,
    )


def _now() -> datetime:
    """Return the moment of the build (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch) if epoch.isdecimal() else time.time(), UTC)
