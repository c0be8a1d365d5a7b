"""Fixtures: sites made of strings, built in this process."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers import Site
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

#: A moment after every date in these tests, unless one says otherwise.
NOW = "1794000000"  # 2026-11-06T21:20:00Z


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Site]:
    """Return a function that lays out a site from ``{path: text}`` and conf.py values."""

    def make(files: dict[str, str], **conf: object) -> Site:
        number = len(list(tmp_path.iterdir()))
        return Site(tmp_path / f"site{number}", files, conf)

    return make


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real posts; without it the test is skipped and counted as such."""
    named = os.environ.get("OPENINFRA_BLOG_CORPUS")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("the real posts are not here (OPENINFRA_BLOG_CORPUS names their folder)")
    return folder


# The same examples everywhere, and no deadline: the machine may be busy with another build.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=200)
settings.load_profile("steady")
