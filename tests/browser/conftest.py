"""Sites built once, served on the loopback interface, and a browser to look at them."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import MORE_THEMES, SITES, Site, build
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome
    from xdist.remote import Producer

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


class _BySite(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Lets one process look at all of a site, so that no other has to build it.

    The mark ``xdist_group`` would say the same, but has no effect with pytest 9.2 and xdist 3.8.
    """

    def _split_scope(self, nodeid: str) -> str:
        values = nodeid.partition("[")[2].rstrip("]").split("-")
        return next((name for name in (*SITES, *MORE_THEMES) if name in values), "furo")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _BySite:
    """Share the tests out by sites, if they are this folder's alone (``-n 2 tests/browser``)."""
    return _BySite(config, log)


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class _Served(dict[str, Site]):
    """The documentation, and a small site in each theme: built when they are first asked for.

    A dot and a language may follow the name of a theme.
    """

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address

    def __missing__(self, name: str) -> Site:
        theme, _dot, language = name.partition(".")
        source, theme = (ROOT / "docs", "") if name == "docs" else (HERE / "site", theme)
        self[name] = site = Site(self.folder / name, f"{self.address}/{name}")
        build(source, site.folder, theme, language or "en")
        return site


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Site]]:
    """Serve the sites."""
    folder = tmp_path_factory.mktemp("sites")
    handler = functools.partial(_QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield _Served(folder, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Return a headless Chromium that reaches the loopback interface and nothing else."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if chromium is None or driver is None:
        message = "needs Chromium and its driver (Debian: chromium, chromium-driver)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    # Imported here, so that the other tests do not need it.
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in (
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--force-prefers-reduced-motion",  # no smooth scrolling while a test clicks
        "--no-proxy-server",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):
        options.add_argument(argument)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium has none for root
    chrome = Chrome(options=options, service=ChromeService(executable_path=driver))
    chrome.set_page_load_timeout(60)
    yield chrome
    chrome.quit()
