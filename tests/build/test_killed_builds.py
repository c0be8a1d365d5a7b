"""Whenever a build is killed, the next one ends in the output of a clean one."""

from __future__ import annotations

import os
import pickle
import signal
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from edited import CONF, EDITS, FILES
from helpers import tree
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from sphinx_openinfra_blog.environment.output_files import write_output
from sphinx_openinfra_blog.feeds import files as feed_files
from sphinx_openinfra_blog.feeds.files import FeedFiles
from sphinx_openinfra_blog.output import build as outputs
from sphinx_openinfra_blog.output import manifest
from sphinx_openinfra_blog.reading.source import SourceReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Site
    from sphinx.application import Sphinx


def die() -> None:
    """End this process as a crash does: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def dying_half_way(write: Callable[..., Any], when: str) -> Callable[..., Any]:
    """Return a function that is killed when half of a file is written."""

    def half(app: Sphinx, file: str, data: bytes) -> Any:
        if file == when:
            path = app.outdir / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data[: len(data) // 2])
            die()
        return write(app, file, data)

    return half


def dying_after_page(name: str) -> Callable[..., None]:
    """Return a function that is killed when a page is half written."""
    write = StandaloneHTMLBuilder.handle_page

    def half(builder: StandaloneHTMLBuilder, pagename: str, *args: Any, **keys: Any) -> None:
        write(builder, pagename, *args, **keys)
        if pagename == name:
            os.truncate(builder.get_outfilename(pagename), 200)
            die()

    return half


def dying_while_pickling(kind: type) -> Callable[..., None]:
    """Return a function that is killed when half of a value is written."""
    dump = pickle.dump

    def half(value: object, file: Any, *args: Any) -> None:
        if not isinstance(value, kind):
            dump(value, file, *args)
            return
        file.write(pickle.dumps(value, *args)[:1000])
        file.flush()
        die()

    return half


def at_once(*_args: object, **_keys: object) -> None:
    die()


def at_last(feeds: FeedFiles, *args: Any) -> None:
    write_feeds(feeds, *args)
    die()


write_feeds = FeedFiles.write

#: When the build is killed: what to replace, and by what.
MOMENTS: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "reading": (SourceReader, "clear_front_matter", at_once),
    "read": (manifest, "write_journal", at_once),
    "doctree": (pickle, "dump", dying_while_pickling(nodes.document)),
    "environment": (pickle, "dump", dying_while_pickling(BuildEnvironment)),
    "post": (StandaloneHTMLBuilder, "handle_page", dying_after_page("blog/n")),
    "listing": (StandaloneHTMLBuilder, "handle_page", dying_after_page("blog/index")),
    "generated": (StandaloneHTMLBuilder, "handle_page", dying_after_page("blog/author/ann")),
    "redirect": (outputs, "write_output", dying_half_way(write_output, "other/index.html")),
    "map": (outputs, "write_output", dying_half_way(write_output, "map.json")),
    "feed": (feed_files, "write_output", dying_half_way(write_output, "blog/atom.xml")),
    "end": (FeedFiles, "write", at_last),
}
FEW = {"listing", "feed"}
moments = pytest.mark.parametrize(
    "moment",
    [pytest.param(name, marks=[] if name in FEW else pytest.mark.matrix) for name in MOMENTS],
)


def kill(made: Site, moment: str, **conf: object) -> None:
    """Build a site in a process that does not come to its end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pytest-xdist has threads
        process = os.fork()
    if not process:
        target, name, value = MOMENTS[moment]
        setattr(target, name, value)
        try:
            made.build(**conf)  # type: ignore[arg-type]
        finally:
            os._exit(0)
    _process, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


@pytest.fixture
def clean(site: Callable[..., Site]) -> Callable[[dict[str, str]], dict[str, bytes]]:
    """Return a function that builds files for the first time."""
    return lambda files: tree(site(files, **CONF).build().out)


@moments
def test_the_build_after_a_killed_one_ends_what_that_began(
    site: Callable[..., Site], clean: Callable[..., dict[str, bytes]], moment: str
) -> None:
    made = site(FILES, **CONF)
    made.build()
    made.write(EDITS)
    kill(made, moment)
    built = made.build()
    assert tree(built.out) == clean(FILES | EDITS)
    assert built.text == ""
    assert made.build().written == set()


@moments
def test_what_a_killed_build_began_can_be_undone(
    site: Callable[..., Site], clean: Callable[..., dict[str, bytes]], moment: str
) -> None:
    made = site(FILES, **CONF)
    made.build()
    before = (made.src / "blog/b.md").stat()
    made.write(EDITS)
    kill(made, moment)
    made.write({"blog/b.md": FILES["blog/b.md"]})
    os.utime(made.src / "blog/b.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    made.remove("blog/n.md")
    assert tree(made.build().out) == clean(FILES)


@moments
def test_a_first_build_that_was_killed_leaves_nothing_of_what_goes(
    site: Callable[..., Site], clean: Callable[..., dict[str, bytes]], moment: str
) -> None:
    made = site(FILES | EDITS, **CONF)
    kill(made, moment)
    made.write({"blog/n.md": EDITS["blog/n.md"].replace("title", "draft: true\ntitle")})
    made.write({"blog/b.md": FILES["blog/b.md"]})
    assert tree(made.build().out) == clean(FILES)
