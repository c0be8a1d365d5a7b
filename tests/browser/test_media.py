"""The blog for readers who force their own colours upon pages, or want nothing to move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import ALL_THEMES, prefer, press_tab, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browsing import Site
    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser

#: What is told apart by the colour behind it, or by a line, and on which page there is one of it.
BOXES = {
    ".blog-item > .blog-chips > li > *": "cards",
    ".blog-cards > li > *": "cards",
    ".blog-rows > li": "blog/index",
    ".blog-titles": "titles",
    ".blog-terms > li > *": "terms",
    ".blog-empty": "terms",
    ".blog-pager a": "paged/page/2",
    ".blog-foot": "blog/hard",
    ".blog-foot .blog-tags > li > *": "blog/hard",
}
#: For each side of an element that has a line to be seen: how thick it is.
LINES = """
return [...document.querySelectorAll(arguments[0])].map(element => {
    const style = getComputedStyle(element);
    return Math.max(...["top", "bottom", "inline-start"].map(side => {
        const [width, line, colour] = ["width", "style", "color"].map(
            name => style.getPropertyValue(`border-${side}-${name}`));
        return colour.startsWith("rgba") || line === "none" ? 0 : parseFloat(width);
    }));
});
"""
#: The links that the keyboard can reach while nothing shows it, and how many there are.
UNSEEN = """
const links = [...document.querySelectorAll(
    ':is([class^="blog-"], [class*=" blog-"]):not(.blog-post) a[href]:not(.headerlink)',
)].filter(link => link.textContent.trim() && link.checkVisibility({visibilityProperty: true}));
const ring = element => {
    const {outlineStyle, outlineWidth} = getComputedStyle(element);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
};
return [links.length, links.filter(link => {
    link.focus();
    return !ring(link) && !(link.closest(".blog-title") && ring(link.closest(".blog-item")));
}).map(link => `${link.parentElement.className}: ${link.textContent}`)];
"""


@pytest.fixture
def forced(browser: Chrome) -> Iterator[Chrome]:
    """Return the browser with few colours, all of them the reader's."""
    prefer(browser, "active", "forced-colors")
    yield browser
    prefer(browser, "none", "forced-colors")


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_boxes_have_lines_where_colours_are_forced(
    served: dict[str, Site], forced: Chrome, theme: str
) -> None:
    for page in dict.fromkeys(BOXES.values()):
        show(forced, served[theme].url(f"{page}.html"))
        for box in (box for box in BOXES if BOXES[box] == page):
            lines = forced.execute_script(LINES, box)
            assert lines, box
            assert min(lines) >= 1, box
    show(forced, served[theme].url("paged/page/2.html"))
    (current,) = forced.execute_script(LINES, ".blog-pager [aria-current]")
    assert current >= 3


@pytest.mark.parametrize("page", ["cards", "terms", "paged/page/2", "blog/hard"])
@pytest.mark.parametrize("theme", ALL_THEMES)
def test_the_focus_is_seen_where_colours_are_forced(
    served: dict[str, Site], forced: Chrome, theme: str, page: str
) -> None:
    show(forced, served[theme].url(f"{page}.html"))
    press_tab(forced)
    count, unseen = forced.execute_script(UNSEEN)
    assert count >= 8
    assert unseen == []


@pytest.mark.parametrize(("wish", "moves"), [("no-preference", True), ("reduce", False)])
def test_nothing_moves_for_those_who_prefer_it(
    served: dict[str, Site], browser: Chrome, wish: str, *, moves: bool
) -> None:
    prefer(browser, wish, "prefers-reduced-motion")
    show(browser, served["furo"].url("cards.html"))
    moving = browser.execute_script("""
        return [...document.querySelectorAll(".blog-archive *")].filter(element => {
            const {transitionDuration, animationName} = getComputedStyle(element);
            return parseFloat(transitionDuration) > 0 || animationName !== "none";
        }).length""")
    assert (moving > 0) == moves
    prefer(browser, "reduce", "prefers-reduced-motion")
