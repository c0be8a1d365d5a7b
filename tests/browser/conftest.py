"""Sites built once, served on the loopback interface, and a browser to look at them."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome

ROOT = Path(__file__).resolve().parents[2]
THEMES = ("furo", "alabaster", "openstackdocs")
AFTER_ALL_POSTS = "1795392000"  # 2026-11-23
CATEGORIES = [{"id": "news", "label": "News & Announcements"}, {"id": "c2", "label": "Community"}]

INDEX = """\
# A site

Its first page.

```{toctree}
blog/index
```
"""

BLOG = """\
# Blog

```{blog}
```
"""

POSTS = {
    "first": """\
---
templateKey: blog-post
title: "The first: <b>plain</b> & *simple*"
author: Ada Lovelace
date: 2026-11-02T09:30:00.250Z
category:
  - value: news
    label: News & Announcements
tags: [engine, notes]
---
## Where it begins

Some text.
""",
    "second": """\
---
templateKey: blog-post
title: "Interoperability testing of infrastructure-as-code in the Donaudampfschifffahrt: a very
  long title, as announcements have them, that has to be broken into several lines"
authors:
  - The Interoperability Working Group of the Österreichische Donaudampfschifffahrt
  - Ada Lovelace
  - Charles Babbage
date: 2026-11-05
category:
  - value: news
    label: News & Announcements
  - value: c2
    label: Community
tags: [interoperability, infrastructure-as-code, continuous-integration, steamboats, "1840s"]
seo:
  url: https://example.org/blog/interoperability-testing-of-infrastructure-as-code
---
# A heading of the body

It links to [the first](https://example.org/blog/first).
""",
    "third": """\
---
templateKey: blog-post
title: The third
author: Charles Babbage
date: 2026-11-09T18:00:00Z
category:
  - value: c2
    label: Community
---
Text without any heading.
""",
}


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class Site:
    """A built site: its folder, and the address it is served at."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address

    def url(self, name: str) -> str:
        """Return the address of a page."""
        return f"{self.address}/{name}"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Site]]:
    """Build the documentation and a small site in each theme, and serve them."""
    folder = tmp_path_factory.mktemp("sites")
    sources = {"docs": ROOT / "docs"}
    for theme in THEMES:
        sources[theme] = folder / "source" / theme
        write_site(sources[theme], theme)
    for name, source in sources.items():
        build(source, folder / "html" / name, folder / "doctrees" / name)
    handler = functools.partial(_QuietHandler, directory=str(folder / "html"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        yield {name: Site(folder / "html" / name, f"{address}/{name}") for name in sources}
        server.shutdown()
        thread.join()


def write_site(source: Path, theme: str) -> None:
    """Write the source of a small site with a blog."""
    extensions = ["sphinx_openinfra_blog"]
    if theme == "openstackdocs":
        extensions.append("openstackdocstheme")
    conf = f"""\
extensions = {extensions!r}
html_theme = {theme!r}
project = "A site"
openinfra_blog_categories = {CATEGORIES!r}
openinfra_blog_hosts = ["example.org"]
openstackdocs_auto_name = False
openstackdocs_auto_version = False
"""
    (source / "blog").mkdir(parents=True)
    (source / "conf.py").write_text(conf, encoding="utf-8")
    (source / "index.md").write_text(INDEX, encoding="utf-8")
    (source / "blog" / "index.md").write_text(BLOG, encoding="utf-8")
    for name, text in POSTS.items():
        (source / "blog" / f"{name}.md").write_text(text, encoding="utf-8")


def build(source: Path, output: Path, doctrees: Path) -> None:
    """Build a site, every warning of the blog being a failure."""
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-d", str(doctrees), str(source), str(output)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": AFTER_ALL_POSTS},
    )
    assert done.returncode == 0, done.stderr
    assert "openinfra_blog" not in done.stderr, done.stderr


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
