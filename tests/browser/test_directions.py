"""Arabic and Hebrew: where lines begin, and in which order their words are read."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from browsing import show

if TYPE_CHECKING:
    from browsing import Site
    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser

#: Texts that the blog writes itself, or puts together: none depends on what is around it.
PARTS = (
    ".blog-byline > *:not(.blog-avatars)",
    ".blog-byline time",
    ".blog-titles time",
    ".blog-table td p",
    ".blog-title bdi",
    ":is(.blog-year, .blog-month) bdi",
    ".blog-chips > li",
    ".blog-pages > li",
)
#: The words of each part that has several, in their order, with the script of each, which numbers
#: have not, and its place; and the places of the parts of each byline, with its direction.
WORDS = r"""
const placed = range => {
    const rects = [...range.getClientRects()].filter(({width}) => width);
    const {top, bottom} = rects[0];
    return {
        left: Math.min(...rects.map(({left}) => left)),
        right: Math.max(...rects.map(({right}) => right)),
        middle: (top + bottom) / 2,
        height: Math.max(...rects.map(rect => rect.bottom)) - top,
    };
};
const scriptOf = word => /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(word) ? "from right to left"
    : /\p{L}/u.test(word) ? "from left to right" : "";
const ISOLATED = "bdi, [dir]";
const isolates = [...document.querySelectorAll(ISOLATED)];
const wordsOf = part => {
    const words = [];
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
        for (const {0: word, index} of texts.currentNode.data.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
            range.setStart(texts.currentNode, index);
            range.setEnd(texts.currentNode, index + word.length);
            const box = texts.currentNode.parentElement.closest(ISOLATED);
            const isolate = isolates.indexOf(box);
            words.push({word, script: scriptOf(word), isolate, ...placed(range)});
        }
    }
    return words;
};
const placeOf = part => {
    const range = document.createRange();
    range.selectNodeContents(part);
    return {word: part.textContent, ...placed(range)};
};
const directionOf = element => getComputedStyle(element).direction;
const select = chosen =>
    [...document.querySelectorAll(chosen)].filter(part => part.checkVisibility());
return {
    parts: select(arguments[0]).map(
        part => [directionOf(part), part.textContent.includes("\u200f"), wordsOf(part)]),
    bylines: select(".blog-byline").map(byline => [
        directionOf(byline),
        [...byline.children].filter(part => part.tagName === "BDI").map(placeOf),
    ]),
};
"""

#: The right edges of boxes that are as wide as the column, by what they are.
EDGES = """
return Object.fromEntries(arguments[0].flatMap(chosen =>
    [...document.querySelectorAll(chosen)].map(element => [
        `${chosen} ${element.textContent.slice(0, 20)}`,
        element.getBoundingClientRect().right,
    ])));
"""
AT_THE_EDGE = {
    "cards": ["h1", "h2", ".blog-archive", ".blog-cards"],
    "titles": ["h1", ".blog-archive", ".blog-titles", ".blog-compact > li > article"],
    "table": ["h1", ".blog-archive", ".blog-scroll", ".blog-table"],
    "blog/index": ["h1", ".blog-terms", ".blog-rows > li > article > .blog-title", ".blog-feeds"],
    "blog/author/ada-lovelace": ["h1", ".blog-profile", ".blog-rows > li > article"],
    "blog/hard": ["h1", ".blog-content > p", ".blog-foot", ".blog-foot > *"],
    "paged/page/2": ["h1", ".blog-cards", ".blog-pager"],
}


def test_lists_profiles_and_posts_begin_at_the_right_where_the_page_does(
    served: dict[str, Site], browser: Chrome
) -> None:
    """Of the twelve themes, this one tells the direction."""
    for page, chosen in AT_THE_EDGE.items():
        show(browser, served["sphinx_immaterial.ar"].url(f"{page}.html"))
        edges = browser.execute_script(EDGES, chosen)
        heading = next(edge for what, edge in edges.items() if what.startswith("h1 "))
        assert {what.split()[0] for what in edges} == {what.split()[0] for what in chosen}
        assert {what: edge for what, edge in edges.items() if abs(edge - heading) > 1} == {}


def _are_in_order(one: dict[str, Any], other: dict[str, Any], *, to_the_right: bool) -> bool:
    """Tell whether what follows is on the side where it is looked for, or on another line."""
    if max(one["height"], other["height"]) > 1.7 * min(one["height"], other["height"]):
        return True  # one of them is broken into lines
    if abs(one["middle"] - other["middle"]) > one["height"] / 2:
        return True
    first, second = (one, other) if to_the_right else (other, one)
    return bool(first["right"] <= second["left"] + 1)


@pytest.mark.parametrize(
    ("theme", "language"),
    [
        ("furo", "ar"),
        ("furo", "he"),
        ("pydata_sphinx_theme", "ar"),
        ("sphinx_rtd_theme", "he"),
        ("sphinx_immaterial", "ar"),
        ("sphinx_immaterial", "he"),
    ],
)
def test_words_are_read_in_their_order_whether_or_not_the_theme_tells_the_direction(
    served: dict[str, Site], browser: Chrome, theme: str, language: str
) -> None:
    from_the_right = 0
    for page in ("blog/hard", "cards", "titles", "table", "terms", "paged/page/2"):
        show(browser, served[f"{theme}.{language}"].url(f"{page}.html"))
        found = browser.execute_script(WORDS, ", ".join(PARTS))
        for direction, is_marked, words in found["parts"]:
            # An Arabic date in numbers has marks between them.
            is_arabic = is_marked or "from right to left" in {word["script"] for word in words}
            for one, other in pairwise(words):
                to_the_right = not is_arabic
                if one["isolate"] == other["isolate"]:
                    latin = one["script"] == other["script"] == "from left to right"
                    to_the_right = to_the_right or latin
                elif not is_arabic:
                    to_the_right = direction == "ltr"
                from_the_right += not to_the_right
                assert _are_in_order(one, other, to_the_right=to_the_right), (page, words)
        for direction, parts in found["bylines"]:
            assert (direction == "rtl") == (theme == "sphinx_immaterial")
            for one, other in pairwise(parts):
                assert _are_in_order(one, other, to_the_right=direction == "ltr"), parts
    assert from_the_right > 40
