"""In every theme, no page of the blog has a defect that a plain page of the same site has not."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from browsing import ALL_THEMES, CSS, SWITCHES, complaints, prefer, resize, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
#: The rest would only take time: rules see little of the width.
WITH_RULES = {(390, "light"), (1440, "light"), (1440, "dark")}

#: Breaches of WCAG 2.2 up to AA and good practice, each with whether the blog is to blame.
#: The colours of links, tables and notes are the theme's; the text of a post is its author's.
#: Browsers let the keyboard reach boxes that scroll, which axe does not know: code is in such
#: boxes, and so are tables in some themes.
AXE = """
const done = arguments[arguments.length - 1];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const colours = ["color-contrast", "link-in-text-block"];
const parts = ':is([class^="blog-"], [class*=" blog-"]):not(.blog-post)';
const coloured = ["title", "excerpt", "byline", "chips", "pager", "role", "empty"]
    .map(name => `.blog-${name}`).join();
const isBox = element => element?.matches(".blog-content :not(.blog-scroll)");
axe.run(document, {resultTypes: ["violations"], runOnly: {type: "tag", values: tags}}).then(
    ({violations}) => done(violations.flatMap(({id, nodes}) => nodes
        .map(({target}) => [String(target), document.querySelector(target[0])])
        .filter(([, element]) => id !== "scrollable-region-focusable" || !isBox(element))
        .map(([target, element]) =>
            [id, target, Boolean(element?.closest(colours.includes(id) ? coloured : parts))]))));
"""
#: There may be more links and notes on pages of the blog, in colours of the theme.
OF_COLOURS = {"color-contrast", "link-in-text-block"}
MEASURES = (
    (Path(__file__).parent / "colours.js").read_text(encoding="utf-8")
    + """
return {
    behind: luminance(backgroundOf(document.querySelector(":is([role=main], article, main) h1"))),
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    hosts: performance.getEntriesByType("resource").map(entry => new URL(entry.name).host),
    searches: [...document.querySelectorAll('input[name="q"], [role="search"]')].length,
};
"""
)


class Seen(NamedTuple):
    """What was found on a page of a theme, in one width and colour scheme."""

    #: How light what is behind the text is, from 0 to 1.
    behind: float
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
            prefer(browser, "light")
            known[theme] = {
                (page, width, scheme): seen_page
                for scheme in _schemes(browser, served[theme], theme)
                for page in (*PLAIN, *PAGES)
                for width, seen_page in _look(browser, served[theme], page, scheme, axe)
            }
            browser.execute_script("localStorage.clear()")
        return known[theme]

    return at


def _schemes(browser: Chrome, site: Site, theme: str) -> Iterator[str]:
    """Name the colour schemes of a theme, and let each be the one that a reader has chosen."""
    yield "light"
    if theme in SWITCHES:
        show(browser, site.url(f"{PLAIN[0]}.html"), WIDTHS[-1])
        for selector in SWITCHES[theme]:
            found = browser.find_elements(CSS, selector)
            next(element for element in found if element.is_displayed()).click()
        yield "dark"


def _look(
    browser: Chrome, site: Site, page: str, scheme: str, axe: str
) -> Iterable[tuple[int, Seen]]:
    """Look at a page in all widths, in the colour scheme that is chosen."""
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
                behind=measured["behind"],
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
        behind=one.behind,
        overflow=max(one.overflow, other.overflow),
        hosts=one.hosts | other.hosts,
        searches=one.searches,
        console=one.console | other.console,
        broken=one.broken | other.broken,
        own=set(),
    )


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_pages_are_dark_once_the_theme_s_own_switch_is_clicked(
    seen: Callable[..., Any], theme: str
) -> None:
    behind: dict[str, set[bool]] = {}
    for (_page, _width, scheme), item in seen(theme).items():
        behind.setdefault(scheme, set()).add(item.behind < 0.1)
    assert behind == {"light": {False}} | ({"dark": {True}} if theme in SWITCHES else {})


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
        rules = (page.broken.keys() - plain.broken.keys() - OF_COLOURS) | page.own
        return {rule: page.broken[rule][:3] for rule in rules}

    assert _against(seen(theme), new) == {}
