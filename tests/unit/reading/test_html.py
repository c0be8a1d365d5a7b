"""The URLs in raw HTML, found as browsers find them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.model import srcset_images
from sphinx_openinfra_blog.reading.html import UrlKind, url_attributes

#: HTML -> the values of the attributes that hold URLs.
FOUND = {
    "": [],
    '<img src="a.png">': ["a.png"],
    "<IMG SRC='a.png'/>": ["a.png"],
    "<img src=a.png>": ["a.png"],
    "<img src=a/>": ["a/"],
    "<img\n  alt = 'x>y'\n  src\n=\n'a b.png' />": ["a b.png"],
    '<img src=" a.png&amp;b ">': ["a.png&b"],
    '<img src="">': [],
    "<img src>": [],
    '<img src="a" SRC="b">': ["a"],
    '<img data-src="a">': [],
    '<img alt="src=a">': [],
    '<img/src="a"/alt="b">': ["a"],
    "<img =src=a>": [],
    '<img"src="a">': [],
    '<a href="x">y</a href="z">': ["x"],
    '<video src="v" poster="p"><source src="s"><track src="t"></video>': ["v", "p", "s", "t"],
    '<picture><source srcset="a 1x"><img src="b"></picture>': ["a 1x", "b"],
    '<script src="a"></script><link href="b"><form action="c">': [],
    # What is no tag.
    '<!-- <img src="a"> --><img src="b">': ["b"],
    '<!--><img src="a">': ["a"],
    '<!-- <img src="a">': [],
    '<![if x><img src="a">': ["a"],
    '<?php "<img src=a>" ?><img src="b">': ["b"],
    '</ <img src="a"><img src="b">': ["b"],
    '1 < 2 <3 <img src="a">': ["a"],
    "<script>'<img src=a>'</script><img src='b'>": ["b"],
    "<STYLE><img src='a'></Style ><img src='b'>": ["b"],
    "<textarea><img src='a'></textareas></textarea><img src='b'>": ["b"],
    "<template><img src='a'></template><img src='b'>": ["b"],
    # Tags all the same.
    "<pre><code><img src='a'></code></pre><noscript><img src='b'></noscript>": ["a", "b"],
    # A tag without end is none, nor is what comes after it.
    '<img src="a': [],
    '<img src="a" <img src="b"': [],
}


@pytest.mark.parametrize(("html", "values"), FOUND.items(), ids=FOUND)
def test_urls_are_found_where_browsers_read_them(html: str, values: list[str]) -> None:
    found, _inside = url_attributes(html)
    assert [item.value for item in found] == values


@pytest.mark.parametrize(
    ("html", "alt"),
    [
        ('<img src="a">', None),
        ('<img src="a" alt>', ""),
        ('<img ALT="b &lt; c" src="a">', "b < c"),
        ('<video poster="a">', ""),
    ],
)
def test_the_alternative_text_of_an_image_comes_with_it(html: str, alt: str | None) -> None:
    [item] = url_attributes(html)[0]
    assert (item.kind, item.alt) == (UrlKind.IMAGE, alt)


def test_an_element_that_holds_text_may_end_in_a_later_part() -> None:
    found, inside = url_attributes("<p><script>'")
    assert (found, inside) == ([], "script")
    found, inside = url_attributes("<img src=a>", inside)
    assert (found, inside) == ([], "script")
    found, inside = url_attributes("'</script><img src=b>", inside)
    assert ([item.value for item in found], inside) == (["b"], "")


@pytest.mark.parametrize(
    "html", ["<a href=x b='c'>", '<img alt="" src="y" id=z>', "<video src='v'\nposter=p >"]
)
def test_an_attribute_is_cut_out_with_its_quotation_marks_and_nothing_else(html: str) -> None:
    found, _inside = url_attributes(html)
    assert found
    for item in found:
        whole = html[item.start : item.end]
        assert whole.partition("=")[0] == item.name
        assert whole.partition("=")[2].strip("\"'") == item.value


@given(st.text(st.sampled_from("<>/=!-'\" \nabscripthrefimg"), max_size=80))
def test_whatever_is_written_the_attributes_stand_in_order_and_apart(html: str) -> None:
    end = 0
    for item in url_attributes(html)[0]:
        assert end <= item.start < item.end <= len(html)
        end = item.end


@pytest.mark.parametrize(
    ("srcset", "images"),
    [
        ("a 1x, b 2x", [("a", " 1x"), ("b", " 2x")]),
        ("a,b", [("a,b", "")]),
        ("a, b  300w ,", [("a", ""), ("b", "  300w")]),
        ("", []),
    ],
)
def test_a_set_of_images_is_taken_apart_as_browsers_do(
    srcset: str, images: list[tuple[str, str]]
) -> None:
    assert srcset_images(srcset) == images
