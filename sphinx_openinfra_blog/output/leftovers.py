"""Find what earlier builds left in an output of which no manifest tells any more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_openinfra_blog.environment import has_generated_pages, page_file, project_of
from sphinx_openinfra_blog.model import may_be_generated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


def leftovers(app: Sphinx) -> Iterator[str]:
    """Yield files of the output that only a blog, or Sphinx from a source, can have made there.

    Whoever removes doctrees, or restores half of a cache, must not keep a withdrawn post in the
    output. A page is Sphinx's if the copy of its source lies beside it.
    """
    builder, project = app.builder, project_of(app)
    if not has_generated_pages(builder):
        return
    outdir, blog = Path(app.outdir), project.blog.path
    sources = outdir / "_sources"
    for path in (sources / blog).rglob("*.*"):
        copy = path.relative_to(sources).as_posix()
        name = copy.removesuffix(app.config.html_sourcelink_suffix)
        suffix = next((item for item in project.source_suffix if name.endswith(item)), "")
        yield f"_sources/{copy}"
        yield page_file(builder, name.removesuffix(suffix))
    for path in (outdir / blog).rglob("*.*"):
        file = path.relative_to(outdir)
        page = file.parent if path.name == "index.html" else file.with_suffix("")
        if any(may_be_generated(item.as_posix(), blog) for item in (page, file.parent)):
            yield file.as_posix()
