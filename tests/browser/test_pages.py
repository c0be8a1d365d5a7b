"""What only a browser can tell: pages as they are laid out, run and clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

    from .conftest import Site

pytestmark = pytest.mark.browser

WIDTHS = (390, 1280)
THEMES = ("furo", "alabaster", "openstackdocs")
SITES = ("docs", *THEMES)
CSS = "css selector"

#: Elements of the blog, and everything in them, that reach out of the window on its right.
#: What is not shown, or lies in a box of its own that scrolls, does no harm.
OVERFLOWING = """
const width = document.documentElement.clientWidth;
const scrolls = element => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
        if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(box).overflowX)) return true;
    }
    return false;
};
const found = document.querySelectorAll('[class^="blog-"], [class*=" blog-"]');
const all = [...found].flatMap(element => [element, ...element.querySelectorAll('*')]);
return all
    .filter(element => getComputedStyle(element).visibility === 'visible')
    .filter(element => element.getBoundingClientRect().right > width + 1 && !scrolls(element))
    .map(element => `${element.tagName}.${element.className}: ${element.textContent.trim()}`);
"""


def pages_of(folder: Path) -> list[str]:
    """Return the names of all pages of the blog that a site has, redirects aside."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in (folder / "blog").rglob("*.html")
        if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")
    )


def console(browser: Chrome) -> list[dict[str, str]]:
    """Return what the console has got since it was last asked."""
    entries: list[dict[str, str]] = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return entries


def show(browser: Chrome, address: str, width: int = 1280) -> None:
    """Open a page in a window of some width, with an empty console."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    console(browser)
    browser.get(address)


def complaints(browser: Chrome, address: str) -> list[str]:
    """Return what the console says of the site; other hosts cannot be reached, by design."""
    host = urlsplit(address).netloc
    return [
        entry["message"]
        for entry in console(browser)
        if entry["level"] in {"WARNING", "SEVERE"}
        and host in entry["message"].partition(" ")[0]
        and "favicon.ico" not in entry["message"]
    ]


def exists(address: str) -> bool:
    """Tell whether the server has a page."""
    with urlopen(address.partition("#")[0]) as answer:  # noqa: S310
        return bool(answer.status == 200)


def article(browser: Chrome) -> WebElement:
    """Return the document's own body, without what the theme puts around it."""
    return browser.find_element(CSS, "[role=main], article, .docs-body, main")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", SITES)
def test_nothing_of_the_blog_is_wider_than_the_window(
    served: dict[str, Site], browser: Chrome, name: str, width: int
) -> None:
    site = served[name]
    pages = pages_of(site.folder)
    assert len(pages) >= 8
    found = {}
    for page in pages:
        show(browser, site.url(page), width)
        if overflowing := browser.execute_script(OVERFLOWING):
            found[page] = overflowing
    assert found == {}


@pytest.mark.parametrize("name", SITES)
def test_the_console_is_silent(served: dict[str, Site], browser: Chrome, name: str) -> None:
    site = served[name]
    found = {}
    for page in pages_of(site.folder):
        show(browser, site.url(page))
        if messages := complaints(browser, site.address):
            found[page] = messages
    assert found == {}


@pytest.mark.parametrize("name", ["docs", "furo"])
def test_every_page_has_one_heading_of_the_first_level(
    served: dict[str, Site], browser: Chrome, name: str
) -> None:
    site = served[name]
    for page in pages_of(site.folder):
        show(browser, site.url(page))
        headings = browser.find_elements(CSS, "article h1")
        assert len(headings) == 1, page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", THEMES)
def test_title_and_byline_of_a_post_are_seen(
    served: dict[str, Site], browser: Chrome, name: str, width: int
) -> None:
    site = served[name]
    show(browser, site.url("blog/first.html"), width)
    titles = [heading for heading in browser.find_elements(CSS, "h1") if heading.is_displayed()]
    assert any("The first: <b>plain</b> & *simple*" in title.text for title in titles)
    (published,) = article(browser).find_elements(CSS, "time")
    assert published.is_displayed()
    assert published.text == "November 2, 2026"
    assert published.get_attribute("datetime") == "2026-11-02T09:30:00.250Z"


@pytest.mark.parametrize("name", THEMES)
def test_the_byline_leads_to_a_page_with_the_author_s_posts(
    served: dict[str, Site], browser: Chrome, name: str
) -> None:
    site = served[name]
    show(browser, site.url("blog/first.html"))
    article(browser).find_element("link text", "Ada Lovelace").click()
    assert browser.current_url.partition("#")[0] == site.url("blog/author/ada-lovelace.html")
    body = article(browser)
    assert body.find_elements("partial link text", "The first")
    assert not body.find_elements("partial link text", "The third")


@pytest.mark.parametrize("name", THEMES)
def test_the_archive_leads_to_the_pages_of_categories(
    served: dict[str, Site], browser: Chrome, name: str
) -> None:
    site = served[name]
    show(browser, site.url("blog/index.html"))
    article(browser).find_element("link text", "News & Announcements").click()
    assert browser.current_url.partition("#")[0] == site.url(
        "blog/category/news-announcements.html"
    )
    assert article(browser).find_elements("partial link text", "The first")


@pytest.mark.parametrize("name", THEMES)
def test_a_link_to_the_old_site_leads_to_the_page_here(
    served: dict[str, Site], browser: Chrome, name: str
) -> None:
    site = served[name]
    show(browser, site.url("blog/third.html"))
    show(browser, str(browser.find_element(CSS, "head link[rel=prev]").get_attribute("href")))
    article(browser).find_element("link text", "the first").click()
    assert browser.current_url == site.url("blog/first.html")


@pytest.mark.parametrize("name", THEMES)
def test_posts_lead_to_their_neighbours_in_time(
    served: dict[str, Site], browser: Chrome, name: str
) -> None:
    site = served[name]
    show(browser, site.url("blog/first.html"))
    chain = [browser.current_url]
    while following := browser.find_elements(CSS, "head link[rel=next]"):
        address = following[0].get_attribute("href")
        assert address is not None
        assert exists(address)
        show(browser, address)
        chain.append(browser.current_url)
    assert len(chain) == 3
    assert chain[-1] == site.url("blog/third.html")
    back = []
    while True:
        back.append(browser.current_url)
        previous = browser.find_elements(CSS, "head link[rel=prev]")
        if not previous:
            break
        show(browser, str(previous[0].get_attribute("href")))
    assert back == chain[::-1]


def test_the_theme_shows_the_neighbours_where_it_has_a_place_for_them(
    served: dict[str, Site], browser: Chrome
) -> None:
    site = served["furo"]
    show(browser, site.url("blog/third.html"))
    browser.find_element(CSS, ".related-pages .prev-page").click()
    browser.find_element(CSS, ".related-pages .prev-page").click()
    assert browser.current_url == site.url("blog/first.html")
    browser.find_element(CSS, ".related-pages .next-page").click()
    browser.find_element(CSS, ".related-pages .next-page").click()
    assert browser.current_url == site.url("blog/third.html")


@pytest.mark.parametrize("name", SITES)
def test_every_link_of_the_blog_leads_somewhere(served: dict[str, Site], name: str) -> None:
    site = served[name]
    broken = []
    for page in pages_of(site.folder):
        path = site.folder / page
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for link in soup.find_all("a", href=True):
            parts = urlsplit(str(link["href"]))
            if parts.scheme or parts.netloc or not parts.path:
                continue
            if not (path.parent / unquote(parts.path)).exists():
                broken.append((page, parts.path))
    assert broken == []
