"""What a person sees who opens a feed in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import CSS, complaints, show

if TYPE_CHECKING:
    from browsing import Site
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

pytestmark = pytest.mark.browser


def shown(elements: list[WebElement]) -> list[str]:
    return [element.text for element in elements if element.is_displayed()]


@pytest.mark.parametrize("width", [600, 1280])
@pytest.mark.parametrize(
    ("feed", "entry", "content"),
    [("blog/rss.xml", "item", "item > *|encoded"), ("blog/atom.xml", "entry", "content")],
)
def test_a_feed_can_be_read(
    served: dict[str, Site], browser: Chrome, feed: str, entry: str, content: str, width: int
) -> None:
    show(browser, served["furo"].url(feed), width)
    entries = browser.find_elements(CSS, entry)
    assert len(entries) > 3
    titles = shown(browser.find_elements(CSS, f"{entry} > title"))
    assert len(titles) == len(entries)
    assert all(titles)
    assert shown(browser.find_elements(CSS, content)) == []
    # What is said of it before its entries comes from the style sheet.
    said = browser.execute_script(
        "return getComputedStyle(document.querySelector('channel, feed'), '::before').content"
    )
    assert "feed reader" in said
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= width
    assert complaints(browser) == []
