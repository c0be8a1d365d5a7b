"""The blog on paper: what a page of A4 holds, and what it leaves out."""

from __future__ import annotations

import base64
import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pytest
from browsing import ALL_THEMES, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browsing import Site
    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser

A4 = {"paperWidth": 8.27, "paperHeight": 11.69}
#: Pixels between the margins that Chromium leaves on A4.
WIDTH = 718

#: Makes the first list longer than a page, and puts a link at the top and the bottom of each post.
MARK = """
const list = document.querySelector(".blog-posts");
const posts = [...list.children];
for (let copy = 1; copy < 9; copy++) {
    list.append(...posts.map(post => post.cloneNode(true)));
}
[...list.children].forEach((post, number) => {
    post.style.position = "relative";
    for (const edge of ["top", "bottom"]) {
        const link = document.createElement("a");
        Object.assign(link, {href: `https://${edge}.example/${number}`, textContent: "x"});
        link.style.cssText = `position: absolute; ${edge}: 2px; font: 4px / 1 serif`;
        post.append(link);
    }
});
return list.children.length;
"""


class Place(NamedTuple):
    """Where something is in print; what comes later is greater."""

    page: int
    from_top: float


def _print(browser: Chrome) -> dict[str, Place]:
    """Print the page, and return where each link is, at last.

    Chromium compresses what is drawn, but not the objects that hold links.
    """
    printed = browser.execute_cdp_cmd("Page.printToPDF", A4)
    pdf = base64.b64decode(printed["data"]).decode("latin-1")
    objects = dict(re.findall(r"\n(\d+) 0 obj\n(<<.*?>>)\s(?:stream|endobj)", pdf, re.DOTALL))
    places: dict[str, Place] = {}
    page = 0
    for body in objects.values():
        if not re.search(r"/Type /Page\b", body):
            continue
        page += 1
        annotations = re.search(r"/Annots \[(.*?)\]", body, re.DOTALL)
        for number in re.findall(r"(\d+) 0 R", annotations[1] if annotations else ""):
            link = objects[number]
            address = re.search(r"/URI \((.*?)\)>>", link)
            box = re.search(r"/Rect \[\S+ (\S+) \S+ \S+\]", link)
            if address and box:
                places[address[1]] = Place(page, -float(box[1]))
    return places


@pytest.mark.parametrize("page", ["cards", "titles", "blog/index"])
@pytest.mark.parametrize("theme", ALL_THEMES)
def test_no_post_in_a_list_is_cut_by_the_end_of_a_page(
    served: dict[str, Site], browser: Chrome, theme: str, page: str
) -> None:
    show(browser, served[theme].url(f"{page}.html"))
    count = browser.execute_script(MARK)
    places = _print(browser)
    posts = [
        (places[top], places[bottom])
        for number in range(count)
        # The last lines of long pages are not printed by pydata_sphinx_theme.
        if (top := f"https://top.example/{number}") in places
        and (bottom := f"https://bottom.example/{number}") in places
    ]
    assert len(posts) > 0.9 * count
    assert {top.page for top, _bottom in posts} > {posts[0][0].page}
    assert [post for post in posts if post[0].page != post[1].page] == []
    # Nor is one printed over another.
    assert [(one, other) for one, other in pairwise(posts) if one[1] > other[0]] == []


#: How many ways on show, how names are underlined, and how many pixels of the text are cut off.
ON_PAPER = """
const select = chosen => [...document.querySelectorAll(chosen)];
const TEXT = ".blog-byline, .blog-content :is(p, li, pre):not(td *, th *)";
const column = document.querySelector("h1").parentElement;
const shown = element => element.checkVisibility({visibilityProperty: true});
return {
    ways_on: select(".blog-pager, .blog-feeds, .blog-more").filter(shown).length,
    names: select(".blog-byline a, .blog-chips a").filter(shown).map(
        link => [link.textContent, getComputedStyle(link).textDecorationLine]),
    text: select(TEXT).filter(shown).map(part => [
        part.textContent.slice(0, 40),
        Math.max(
            part.getBoundingClientRect().right - column.getBoundingClientRect().right,
            part.matches("pre") ? part.scrollWidth - part.clientWidth : 0,
        ),
    ]),
};
"""


@pytest.fixture
def on_paper(browser: Chrome) -> Iterator[Chrome]:
    """Return the browser while it lays pages out for A4."""
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    yield browser
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_paper_has_no_pager_and_no_underlined_names(
    served: dict[str, Site], on_paper: Chrome, theme: str
) -> None:
    for page in ("paged/page/2", "blog/interoperability-testing-of-infrastructure-as-code"):
        show(on_paper, served[theme].url(f"{page}.html"), WIDTH)
        found = on_paper.execute_script(ON_PAPER)
        assert found["ways_on"] == 0
        assert len(found["names"]) >= 4
        assert [name for name, line in found["names"] if line != "none"] == []


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_a_post_is_readable_on_paper(
    served: dict[str, Site], on_paper: Chrome, theme: str
) -> None:
    show(on_paper, served[theme].url("blog/hard.html"), WIDTH)
    text = on_paper.execute_script(ON_PAPER)["text"]
    assert len(text) >= 8
    assert [part for part in text if part[1] > 1] == []
