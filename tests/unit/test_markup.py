"""HTML cut as browsers cut it."""

from __future__ import annotations

from html5lib._tokenizer import HTMLTokenizer
from html5lib.constants import tokenTypes
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.markup import after_other, attributes_of, tag_at

PIECES = (
    *"<>/='\"&;!?- \n\t\fab",
    *"<a </a <!-- --> --!> <! <? href= = title=' x=\" /> &copy &copy= &#x6a &not &notit;".split(),
    *"&amp;=1 &#0; &#x80; &lt &gt; &#106".split(),
)


def tags(text: str) -> list[tuple[bool, str, dict[str, str]]]:
    """Return every tag with its attributes, of which the first of a name counts."""
    found, at = [], 0
    while (begin := text.find("<", at)) >= 0:
        if (tag := tag_at(text, begin)) is not None:
            at = tag.after
            if tag.name:
                attributes = {} if tag.closing else attributes_by_name(tag.attributes)
                found.append((tag.closing, tag.name, attributes))
        elif (at := after_other(text, begin)) == begin:
            at = begin + 1
    return found


def attributes_by_name(text: str) -> dict[str, str]:
    return {item.name: item.value for item in reversed(attributes_of(text))}


def tags_of_html5lib(text: str) -> list[tuple[bool, str, dict[str, str]]]:
    kinds = {tokenTypes["StartTag"], tokenTypes["EndTag"]}
    return [
        (token["type"] == tokenTypes["EndTag"], token["name"], dict(token["data"]))
        for token in HTMLTokenizer(text)
        if token["type"] in kinds
    ]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_tags_and_attributes_are_those_of_another_parser(text: str) -> None:
    assert tags(text) == [
        (closing, name, {} if closing else data) for closing, name, data in tags_of_html5lib(text)
    ]


def test_a_reference_in_an_attribute_may_be_a_part_of_an_address() -> None:
    (found,) = attributes_of(" href='?a&copy=1&copyx&copy;=2&#38;&amp'")
    assert found.value == "?a&copy=1&copyx©=2&&"


def test_numbers_that_no_character_has_are_no_trouble() -> None:
    (found,) = attributes_of(f" a='&#{'9' * 9999};&#x{'f' * 9999};&#xd800;&#{'0' * 9999}65;'")
    assert found.value == "\ufffd\ufffd\ufffdA"
