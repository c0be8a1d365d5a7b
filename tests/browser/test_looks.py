"""How the blog looks in each theme: on a phone and a desktop, in the light and in the dark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from browsing import SITES, THEMES, complaints, pages_of, prefer, press_tab, resize, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from browsing import Site
    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser

#: What was found wrong on each page, by page, width and colour scheme.
Looks: TypeAlias = dict[tuple[str, int, str], dict[str, Any]]

WIDTHS = (390, 1280)
WITH_DARK_MODE = {"docs", "furo", "pydata_sphinx_theme", "sphinx_book_theme"}
MEASURES = "".join(
    (Path(__file__).parent / name).read_text(encoding="utf-8")
    for name in ("colours.js", "look.js")
)

#: One page of each kind; others of the same kind would only take time.
PAGES = (
    "archive",
    "cards",
    "titles",
    "table",
    "terms",
    "paged",
    "paged/page/2",
    "blog/index",  # has no source
    "blog/hard",
    "blog/interoperability-testing-of-infrastructure-as-code",
    "blog/category/news-announcements",
    "blog/category/nobody-wrote-anything-here",
    "blog/author",
    "blog/author/ada-lovelace",
    "blog/tag",
    "blog/tag/steamboats",
    "blog/year/2026",
)

#: The links of the blog's parts that a reader sees, remembered for FOCUSED; the focus is put just
#: before them. Those that show beside a heading when it is pointed at are the theme's.
LINKS = """
const links = document.querySelectorAll(':is([class^="blog-"], [class*=" blog-"]) a[href]');
window.linksOfBlog = [...links].filter(
    link => link.checkVisibility({visibilityProperty: true}) && !link.matches('.headerlink'));
const start = Object.assign(document.createElement('span'), {tabIndex: -1});
window.linksOfBlog[0].before(start);
start.focus();
return window.linksOfBlog.map(link => link.textContent.trim());
"""
#: Which of them has the focus, and whether that can be seen.
FOCUSED = """
const element = document.activeElement;
const { outlineStyle, boxShadow } = getComputedStyle(element);
return [window.linksOfBlog.indexOf(element), outlineStyle !== 'none' || boxShadow !== 'none'];
"""


#: Where the picture of each card is, or else its title, and how much wider the card is: in the
#: lists that have both, without leading cards.
TOPS_OF_CARDS = """
const found = [];
for (const card of document.querySelectorAll('.blog-cards:has(.blog-picture) > li')) {
    if (card.matches(':first-child:nth-last-child(odd)')) continue;
    const top = card.querySelector('.blog-picture') ?? card.querySelector('.blog-title');
    const [inner, outer] = [top, card].map(part => part.getBoundingClientRect());
    found.push([inner.top - outer.top, outer.width - inner.width, inner.width / inner.height]);
}
return found;
"""


@pytest.fixture(scope="session")
def look(served: dict[str, Site], browser: Chrome) -> Callable[[str], Looks]:
    """Return a function that looks at a site's pages, each once, for all tests."""
    known: dict[str, Looks] = {}

    def at(name: str) -> Looks:
        if name not in known:
            known[name] = _looks_of(served, browser, name)
        return known[name]

    return at


def _looks_of(served: dict[str, Site], browser: Chrome, name: str) -> Looks:
    pages = [served[name].url(page) for page in pages_of(served[name].folder)]
    if name != "docs":
        wanted = {served[name].url(f"{page}.html") for page in PAGES}
        assert wanted <= set(pages)
        pages = sorted(wanted)
    found: Looks = {}
    # What a theme says to every new visitor is its own: pydata_sphinx_theme does.
    show(browser, served[name].url("genindex.html"))
    usual = complaints(browser)
    for page in pages:
        prefer(browser, "light")
        show(browser, page, WIDTHS[0])
        path = page.removeprefix(served[name].address)
        # Colours do not depend on the width.
        for width, scheme in ((WIDTHS[0], "light"), (WIDTHS[1], "light"), (WIDTHS[1], "dark")):
            resize(browser, width)
            prefer(browser, scheme)
            measured = browser.execute_script(MEASURES)
            said = [message for message in complaints(browser) if message not in usual]
            found[path, width, scheme] = {**measured, "console": said}
    return found


def _those_with(looks: Looks, problem: str) -> dict[tuple[str, int, str], Any]:
    return {where: page[problem] for where, page in looks.items() if page[problem]}


@pytest.mark.parametrize("name", SITES)
def test_no_page_is_wider_than_the_window_because_of_the_blog(
    look: Callable[[str], Looks], name: str
) -> None:
    assert _those_with(look(name), "overflow") == {}


@pytest.mark.parametrize("name", SITES)
def test_nothing_sticks_out_of_the_column_or_card_it_is_in(
    look: Callable[[str], Looks], name: str
) -> None:
    looks = look(name)
    assert all(page["roots"] for page in looks.values())
    assert _those_with(looks, "outside") == {}


@pytest.mark.parametrize("name", SITES)
def test_cards_and_what_is_in_them_do_not_overlap(look: Callable[[str], Looks], name: str) -> None:
    assert _those_with(look(name), "overlapping") == {}


@pytest.mark.parametrize("name", THEMES)
def test_a_title_fills_the_place_of_a_picture_that_its_card_has_not(
    served: dict[str, Site], browser: Chrome, name: str
) -> None:
    show(browser, served[name].url("cards.html"), WIDTHS[1])
    cards = browser.execute_script(TOPS_OF_CARDS)
    assert len(cards) >= 2
    # A card has a border, and a long title takes more height.
    wrong = [card for card in cards if max(card[:2]) > 2.5 or card[2] > 16 / 9 + 0.05]
    assert wrong == []


@pytest.mark.parametrize("name", SITES)
def test_lists_of_posts_and_terms_have_no_bullets(look: Callable[[str], Looks], name: str) -> None:
    assert _those_with(look(name), "bullets") == {}


@pytest.mark.parametrize("name", SITES)
def test_each_post_in_a_list_is_an_article_with_a_heading_that_leads_to_it(
    look: Callable[[str], Looks], name: str
) -> None:
    assert _those_with(look(name), "unnamed") == {}


@pytest.mark.parametrize("name", SITES)
def test_the_console_is_silent(look: Callable[[str], Looks], name: str) -> None:
    assert _those_with(look(name), "console") == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SITES)
def test_titles_bylines_and_excerpts_stand_out_from_what_is_behind_them(
    look: Callable[[str], Looks], name: str, scheme: str
) -> None:
    looks = {where: page for where, page in look(name).items() if where[2] == scheme}
    assert sum(page["texts"] for page in looks.values()) > 100
    is_dark = scheme == "dark" and name in WITH_DARK_MODE
    assert {page["behind"] < 0.1 for page in looks.values()} == {is_dark}
    assert _those_with(looks, "pale") == {}


@pytest.mark.parametrize("page", ["cards", "terms", "blog/hard", "blog/author/ada-lovelace"])
@pytest.mark.parametrize("name", THEMES)
def test_links_are_reached_with_the_tab_key(
    served: dict[str, Site], browser: Chrome, name: str, page: str
) -> None:
    show(browser, served[name].url(f"{page}.html"))
    links = browser.execute_script(LINKS)
    assert len(links) >= 8
    reached = set()
    # Boxes that scroll get the focus too.
    for _step in range(len(links) + 30):
        press_tab(browser)
        number, has_ring = browser.execute_script(FOCUSED)
        if has_ring:
            reached.add(number)
    missed = [text for number, text in enumerate(links) if number not in reached]
    assert missed == []
