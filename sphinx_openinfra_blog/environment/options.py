"""Registers the options with Sphinx and reads their values."""

from __future__ import annotations

import os
import time
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from sphinx_openinfra_blog.config import OPTIONS, FromFile, Settings, base_url, unknown_options
from sphinx_openinfra_blog.model import slug_of

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.config import Config

    from sphinx_openinfra_blog.model import Problem


def register_options(config: Config) -> None:
    """Add every option to *config*.

    Sphinx's own type check would only warn; :func:`read_settings` raises an error.
    """
    for option in OPTIONS:
        config.add(option.full_name, option.default, option.rebuild, Any)


def read_settings(config: Config, confdir: Path, *, with_conf: bool = True) -> Settings:
    """Check and convert every option.

    :param confdir: the directory of conf.py.
    :param with_conf: whether the options come from a conf.py there.
    :raises ConfigError: naming every mistake.
    """
    values: dict[str, Any] = {}
    mistakes: list[str] = []
    conf_py = confdir / "conf.py"
    problems: list[Problem] = []
    if with_conf and conf_py.is_file():
        problems += unknown_options(conf_py.read_bytes(), str(conf_py))
    files: list[str] = []
    for item in fields(Settings):
        if option := item.metadata.get("option"):
            try:
                value = option.read(config[option.full_name], confdir)
                if isinstance(value, FromFile):
                    problems += value.problems
                    files += value.files
                    value = value.value
                values[item.name] = value
            except ValueError as error:
                mistakes.append(f"{option.full_name} {error}")
    root = ""
    try:
        root = base_url(config.html_baseurl)
    except ValueError as error:
        mistakes.append(f"html_baseurl {error}")
    if mistakes:
        raise ConfigError("\n".join(mistakes))
    categories = values.pop("categories")
    return Settings(
        **values,
        now=_now(),
        categories=tuple(
            replace(term, slug=slug_of(term.slug, values["slugs"]))
            for term, _profile in categories
        ),
        profiles={(term.taxonomy, term.key): profile for term, profile in categories if profile},
        author_files=tuple(files),
        root=root,
        copied=tuple(str(confdir / entry) for entry in config.html_extra_path),
        root_doc=config.root_doc,
        problems=tuple(problems),
    )


def _now() -> datetime:
    """Return the moment of the build (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch) if epoch.isdecimal() else time.time(), UTC)
