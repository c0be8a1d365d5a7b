"""What posts were read from, and whether that is the same by content.

A fresh checkout gives every file a new time, and Sphinx, which goes by times, would read all of
them again although the doctrees of the same sources were kept.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_openinfra_blog.model import Reading, digest_of

from .domain import domain_of
from .project import project_of
from .scan import content_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_openinfra_blog.model import Post

    from .project import BlogProject


def toolchain(app: Sphinx) -> str:
    """Return a digest of the programs that make pages of sources: what is installed and conf.py.

    What conf.py sets is Sphinx's business; this is about what its functions do.
    """
    # Their names hold the versions, and reading the metadata of all packages takes longer.
    installed = {item.name for path in sys.path for item in Path(path).glob("*.dist-info")}
    modules = {getattr(item.module, "__file__", None) for item in app.extensions.values()}
    modules.add(str(app.confdir / "conf.py"))
    code = sorted((path, content_of(Path(path))) for path in modules if path)
    return digest_of((sys.version, sorted(installed), code))


def is_same_reading(project: BlogProject, post: Post, reading: Reading | None) -> bool:
    """Tell whether a post was read from what its own file is now, with the same front matter."""
    if reading is None or post.path != reading.path or post.digest() != reading.front_matter:
        return False
    return project.stamps[post.path].content == reading.content


def note_reading(env: BuildEnvironment, post: Post) -> None:
    """Note what a post is being read from, when its dependencies are known."""
    domain = domain_of(env)
    project = domain.project
    domain.readings[post.docname] = Reading(
        path=post.path,
        content=project.stamps[post.path].content,
        front_matter=post.digest(),
        dependencies=tuple(_contents(env, post.docname)),
        toolchain=project.toolchain,
        time_ns=time.time_ns(),
    )


def keep_unchanged(app: Sphinx) -> None:
    """Tell Sphinx that posts are as they were, whatever the times of their files say.

    What is compared with those times, the time of the last reading, becomes the time of the
    newest of the files, for posts that would be read from the same (``builder-inited``).
    """
    env, project = app.env, project_of(app)
    project.toolchain = toolchain(app)
    project.scan()
    readings = domain_of(env).readings
    for docname, post in project.blog.posts.items():
        reading = readings.get(docname)
        if docname not in env.all_docs or not is_same_reading(project, post, reading):
            continue
        assert reading is not None
        # Times before contents: what is edited in between is then newer.
        files = (Path(app.srcdir, name) for name in env.dependencies.get(docname, ()))
        times = [project.stamps[post.path].mtime_ns, *_times(files)]
        newest = in_sphinx(max(times))
        is_newer = newest > env.all_docs[docname] and reading.toolchain == project.toolchain
        if is_newer and tuple(_contents(env, docname)) == reading.dependencies:
            env.all_docs[docname] = newest


def in_sphinx(mtime_ns: int) -> int:
    """Return a file's time as Sphinx has it: in microseconds, rounded up."""
    return -(mtime_ns // -1000)


def _times(files: Iterable[Path]) -> Iterator[int]:
    for file in files:
        try:
            yield file.stat().st_mtime_ns
        except OSError:  # Sphinx reads the document again.
            continue


def _contents(env: BuildEnvironment, docname: str) -> Iterator[tuple[str, str]]:
    """Return the files that a document depends on, with digests of their contents."""
    for name in sorted(map(str, env.dependencies.get(docname, ()))):
        yield name, content_of(Path(env.srcdir, name))
