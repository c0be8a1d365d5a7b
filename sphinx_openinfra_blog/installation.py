"""Puts the project with permalinks in the place of Sphinx's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .builders import has_generated_pages
from .project import BlogProject
from .settings import read_settings

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def install(app: Sphinx) -> None:
    """Put a :class:`BlogProject` in the place of Sphinx's own and scan (``builder-inited``).

    It is scanned at once, because ``sphinx-build OUT FILE`` asks for docnames before reading.
    """
    config = app.config
    project = BlogProject(
        app.srcdir,
        config.source_suffix,
        read_settings(config, Path(app.confdir)),
        config.source_encoding,
    )
    project.restore(app.project)
    project.has_generated_pages = has_generated_pages(app.builder)
    app.project = app.env.project = project
    exclude = [*config.exclude_patterns, *config.templates_path, *app.builder.get_asset_paths()]
    project.look(exclude, config.include_patterns)
