"""What only a browser can tell: pages as they are laid out, run and clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

import pytest
from browsing import CSS, SITES, THEMES, article, pages_of, show
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from browsing import Site
    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser


def exists(address: str) -> bool:
    """Tell whether the server has a page."""
    with urlopen(address.partition("#")[0]) as answer:  # noqa: S310
        return bool(answer.status == 200)


@pytest.mark.parametrize("name", ["docs", "furo"])
def test_every_page_has_one_heading_of_the_first_level(served: dict[str, Site], name: str) -> None:
    folder = served[name].folder
    for page in pages_of(folder):
        soup = BeautifulSoup((folder / page).read_text(encoding="utf-8"), "html.parser")
        assert len(soup.select("article h1")) == 1, page


@pytest.mark.parametrize("width", [390, 1280])
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
    show(browser, site.url("archive.html"))
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
    show(browser, site.url("blog/hard.html"))
    chain = [browser.current_url]
    while following := browser.find_elements(CSS, "head link[rel=next]"):
        address = following[0].get_attribute("href")
        assert address is not None
        assert exists(address)
        show(browser, address)
        chain.append(browser.current_url)
    assert len(chain) == 4
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

    def follow(link: str) -> None:
        element = browser.find_element(CSS, f".related-pages {link}")
        # Its page scrolls smoothly, and a click does not wait for that.
        browser.execute_script("arguments[0].scrollIntoView({behavior: 'instant'})", element)
        element.click()

    show(browser, site.url("blog/third.html"))
    follow(".prev-page")
    follow(".prev-page")
    assert browser.current_url == site.url("blog/first.html")
    follow(".next-page")
    follow(".next-page")
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
