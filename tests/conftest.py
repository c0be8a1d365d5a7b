"""Fixtures: sites made of strings, built in this process."""

from __future__ import annotations

import logging
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pypandoc  # type: ignore[import-untyped]
import pytest
from helpers import Site
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from jinja2.sandbox import SandboxedEnvironment
from rich_site import rich_site
from sphinx import jinja2glue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from helpers import Built

#: A moment after every date in these tests, unless one says otherwise.
NOW = "1794000000"  # 2026-11-06T21:20:00Z


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process waits for it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("walk") is None)


@pytest.fixture(scope="session", autouse=True)
def _fixed_clock() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", NOW)
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_sphinx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compile each template of a theme once, not in every build, and log no debugging notes.

    That halves the time of a small build and changes nothing of its output.
    """
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    environment = partial(SandboxedEnvironment, bytecode_cache=cache)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2glue, "SandboxedEnvironment", environment)
        logging.disable(logging.DEBUG)
        yield
        logging.disable(logging.NOTSET)


@pytest.fixture
def with_pandoc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the program that nbsphinx needs into the path."""
    folder = Path(pypandoc.get_pandoc_path()).parent
    monkeypatch.setenv("PATH", os.pathsep.join([str(folder), os.environ["PATH"]]))


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Site]:
    """Return a function that lays out a site from ``{path: text}`` and conf.py values."""

    def make(files: dict[str, str], **conf: object) -> Site:
        number = len(list(tmp_path.iterdir()))
        return Site(tmp_path / f"site{number}", files, conf)

    return make


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory, _quick_sphinx: None) -> Built:
    """Return the site that has something of everything, built once; for looking only."""
    return rich_site(tmp_path_factory.mktemp("rich") / "site").build()


@pytest.fixture(scope="session")
def rich_dirhtml(tmp_path_factory: pytest.TempPathFactory, _quick_sphinx: None) -> Built:
    """Return the same site with a folder for each page."""
    return rich_site(tmp_path_factory.mktemp("rich") / "site").build("dirhtml")


@pytest.fixture(params=["html", "dirhtml"])
def rich_either(request: pytest.FixtureRequest) -> Built:
    """Return the same site as each of both."""
    built: Built = request.getfixturevalue("rich" if request.param == "html" else "rich_dirhtml")
    return built


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real posts; without it the test is skipped and counted as such."""
    named = os.environ.get("OPENINFRA_BLOG_CORPUS")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("the real posts are not here (OPENINFRA_BLOG_CORPUS names their folder)")
    return folder


# The same examples everywhere, and no deadline: the machine may be busy with another build.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("steady")
