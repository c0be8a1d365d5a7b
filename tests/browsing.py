"""What the tests in a browser share: the themes, built sites, and how a page is opened."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

THEMES = (
    "furo",
    "pydata_sphinx_theme",
    "sphinx_book_theme",
    "sphinx_rtd_theme",
    "alabaster",
    "classic",
    "openstackdocs",
)
#: More of them, which are compared with their own plain pages only.
MORE_THEMES = (
    "shibuya",
    "sphinxawesome_theme",
    "sphinx_immaterial",
    "piccolo_theme",
    "sphinx_nefertiti",
)
ALL_THEMES = (*THEMES, *MORE_THEMES)
#: Themes that can be dark -> what a reader clicks for that, one after the other, in a wide window.
#: They remember it, and look at what the system prefers before that.
SWITCHES = {
    "furo": (".theme-toggle",),
    "pydata_sphinx_theme": (".theme-switch-button", "[data-mode=dark]"),
    "sphinx_book_theme": (".theme-switch-button", "[data-mode=dark]"),
    "shibuya": (".theme-switch", ".theme-switch"),
    "sphinxawesome_theme": (r"[\@click^=darkMode]",),
    "sphinx_immaterial": ("[for^=__palette]",),
    "piccolo_theme": ("#mode_toggle",),
    "sphinx_nefertiti": ("#snftt-luz", "[data-snftt-luz=dark]"),
}
#: The documentation, and a small site in each theme.
SITES = ("docs", *THEMES)
CSS = "css selector"

_AFTER_ALL_POSTS = "1795392000"  # 2026-11-23
_OF_THE_BLOG = re.compile(r'class="[^"]*\bblog-(?:archive|generated|post)\b')


class Site(NamedTuple):
    """A built site: its folder, and the address it is served at."""

    folder: Path
    address: str

    def url(self, name: str) -> str:
        """Return the address of a page."""
        return f"{self.address}/{name}"


def build(source: Path, output: Path, theme: str = "", language: str = "en") -> None:
    """Build a site, every warning being a failure.

    :param theme: the theme; without one, what conf.py says.
    """
    arguments = ["-q", "-d", f"{output}.doctrees", "-D", f"language={language}"]
    if theme:
        own = {"openstackdocs": ",openstackdocstheme", "sphinx_immaterial": ",sphinx_immaterial"}
        extensions = f"extensions=sphinx_openinfra_blog{own.get(theme, '')}"
        arguments += ["-D", f"html_theme={theme}", "-D", extensions]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *arguments, str(source), str(output)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": _AFTER_ALL_POSTS},
    )
    assert done.returncode == 0, done.stderr
    lines = done.stderr.splitlines()
    # That theme asks git for the commit; a source archive has none.
    assert [
        line for line in lines if "WARNING" in line and "[openstackdocstheme]" not in line
    ] == []


def pages_of(folder: Path) -> list[str]:
    """Return the names of all pages that show something of the blog."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.html")
        if _OF_THE_BLOG.search(path.read_text(encoding="utf-8"))
    )


def show(browser: Chrome, address: str, width: int = 1280) -> None:
    """Open a page in a window of some width, with an empty console."""
    resize(browser, width)
    console(browser)
    browser.get(address)


def resize(browser: Chrome, width: int) -> None:
    """Give the window some width; a narrow one is a phone's."""
    narrow = width < 600
    metrics = {"width": width, "height": 844 if narrow else 900, "deviceScaleFactor": 1}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {**metrics, "mobile": narrow})


def press_tab(browser: Chrome) -> None:
    """Press the key that leads to the next link; from then on the focus is seen."""
    key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
    for kind in ("keyDown", "keyUp"):
        browser.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": kind, **key})


def prefer(browser: Chrome, wish: str, feature: str = "prefers-color-scheme") -> None:
    """Let the system prefer a colour scheme, or another feature, and scripts learn of it."""
    features = [{"name": feature, "value": wish}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    # The next frame tells scripts, or the one after it.
    frames = "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0])))"
    browser.execute_async_script(frames)


def console(browser: Chrome) -> list[dict[str, str]]:
    """Return what the console has got since it was last asked."""
    entries: list[dict[str, str]] = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return entries


def complaints(browser: Chrome) -> list[str]:
    """Return what the console says of the site; other hosts cannot be reached, by design."""
    host = urlsplit(browser.current_url).netloc
    return [
        entry["message"]
        for entry in console(browser)
        if entry["level"] in {"WARNING", "SEVERE"}
        and urlsplit(entry["message"].partition(" ")[0]).netloc in {host, ""}
        and "favicon.ico" not in entry["message"]
    ]


def article(browser: Chrome) -> WebElement:
    """Return the document's own body, without what the theme puts around it."""
    return browser.find_element(CSS, "[role=main], article, .docs-body, main")
