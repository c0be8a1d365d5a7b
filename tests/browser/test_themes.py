"""In every theme, no page of the blog has a defect that a plain page of the same site has not."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from browsing import ALL_THEMES, complaints, resize, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from browsing import Site
    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser

#: Two pages without anything of the blog; one is short, and has a page below it.
PLAIN = ("guide/plain", "guide/index")
PAGES = (
    "archive",
    "cards",
    "titles",
    "table",
    "terms",
    "paged/page/2",
    "blog/index",
    "blog/hard",
    "blog/interoperability-testing-of-infrastructure-as-code",
    "blog/category/news-announcements",
    "blog/author",
    "blog/author/ada-lovelace",
    "blog/tag/steamboats",
    "blog/year/2026",
)
WIDTHS = (390, 768, 1440)
#: The rest would only take time: rules see little of the width, and colours nothing.
WITH_RULES = {(390, "light"), (1440, "dark")}

#: Breaches of WCAG 2.2 up to AA and good practice, each with whether it is in a part of the blog.
#: The text of a post is its author's. Browsers put boxes that scroll into the keyboard's order by
#: themselves, which axe does not know; code, and what themes put around tables, are such boxes.
AXE = """
const done = arguments[arguments.length - 1];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
axe.run(document, {resultTypes: ["violations"], runOnly: {type: "tag", values: tags}}).then(
    ({violations}) => done(violations.flatMap(({id, nodes}) => nodes.filter(({target}) =>
        id !== "scrollable-region-focusable"
        || !document.querySelector(target[0])?.matches(".blog-content :not(.blog-scroll)")).map(
        ({target}) => [id, String(target), Boolean(document.querySelector(target[0])?.closest(
            ':is([class^="blog-"], [class*=" blog-"]):not(.blog-post)'))]))));
"""
#: The colours of links and notes are the theme's. Those that the blog mixes itself are measured in
#: test_looks.py.
OF_COLOURS = {"color-contrast", "link-in-text-block"}
MEASURES = """
return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    hosts: performance.getEntriesByType("resource").map(entry => new URL(entry.name).host),
    searches: [...document.querySelectorAll('input[name="q"], [role="search"]')].length,
};
"""


class Seen(NamedTuple):
    """What was found on a page of a theme, in one width and colour scheme."""

    overflow: int
    hosts: set[str]
    searches: int
    console: set[str]
    #: Rule -> the elements that break it.
    broken: dict[str, list[str]]
    #: The rules that parts of the blog break.
    own: set[str]


@pytest.fixture(scope="session")
def seen(
    served: dict[str, Site], browser: Chrome
) -> Callable[[str], dict[tuple[str, int, str], Seen]]:
    """Return a function that looks at the pages of a theme, once for all tests."""
    known: dict[str, dict[tuple[str, int, str], Seen]] = {}
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def at(theme: str) -> dict[tuple[str, int, str], Seen]:
        if theme not in known:
            known[theme] = {
                (page, width, scheme): seen_page
                for scheme in ("light", "dark")
                for page in (*PLAIN, *PAGES)
                for width, seen_page in _look(browser, served[theme], page, scheme, axe)
            }
        return known[theme]

    return at


def _look(
    browser: Chrome, site: Site, page: str, scheme: str, axe: str
) -> Iterable[tuple[int, Seen]]:
    """Look at a page in all widths, as somebody who prefers a colour scheme."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    show(browser, site.url(f"{page}.html"), WIDTHS[0])
    own_host = urlsplit(site.address).netloc
    for width in WIDTHS:
        resize(browser, width)
        found: list[tuple[str, str, bool]] = []
        if (width, scheme) in WITH_RULES:
            browser.execute_script(axe)
            found = browser.execute_async_script(AXE)
        measured: dict[str, Any] = browser.execute_script(MEASURES)
        broken: dict[str, list[str]] = {}
        for rule, target, _is_own in found:
            broken.setdefault(rule, []).append(target)
        yield (
            width,
            Seen(
                overflow=measured["overflow"],
                hosts=set(measured["hosts"]) - {own_host, ""},
                searches=measured["searches"],
                console={message.partition(" ")[2] for message in complaints(browser)},
                broken=broken,
                own={rule for rule, _target, is_own in found if is_own},
            ),
        )


def _against(
    looks: dict[tuple[str, int, str], Seen], judge: Callable[[Seen, Seen], Any]
) -> dict[tuple[str, int, str], Any]:
    """Return what each page has that no plain page of the same width and scheme has."""
    found = {
        (page, width, scheme): judge(item, _plain(looks, width, scheme))
        for (page, width, scheme), item in looks.items()
    }
    return {where: problem for where, problem in found.items() if problem}


def _plain(looks: dict[tuple[str, int, str], Seen], width: int, scheme: str) -> Seen:
    """Return what either of the plain pages has."""
    one, other = (looks[page, width, scheme] for page in PLAIN)
    return Seen(
        overflow=max(one.overflow, other.overflow),
        hosts=one.hosts | other.hosts,
        searches=one.searches,
        console=one.console | other.console,
        broken=one.broken | other.broken,
        own=set(),
    )


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_no_page_is_wider_than_its_window(seen: Callable[..., Any], theme: str) -> None:
    assert _against(seen(theme), lambda page, plain: page.overflow > max(plain.overflow, 1)) == {}


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_no_other_host_is_asked(seen: Callable[..., Any], theme: str) -> None:
    assert _against(seen(theme), lambda page, plain: page.hosts - plain.hosts) == {}


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_the_console_says_nothing_new(seen: Callable[..., Any], theme: str) -> None:
    assert _against(seen(theme), lambda page, plain: page.console - plain.console) == {}


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_the_search_is_where_it_was(seen: Callable[..., Any], theme: str) -> None:
    assert _against(seen(theme), lambda page, plain: page.searches != plain.searches) == {}


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_readers_with_a_screen_reader_or_a_keyboard_meet_no_new_obstacle(
    seen: Callable[..., Any], theme: str
) -> None:
    def new(page: Seen, plain: Seen) -> dict[str, list[str]]:
        rules = ((page.broken.keys() - plain.broken.keys()) | page.own) - OF_COLOURS
        return {rule: page.broken[rule][:3] for rule in rules}

    assert _against(seen(theme), new) == {}
