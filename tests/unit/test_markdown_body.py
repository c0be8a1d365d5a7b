"""The links and images of Markdown, as MyST-Parser takes them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from myst_parser.config.main import MdParserConfig

from sphinx_openinfra_blog.markdown_body import BodyParser, Element, Kind
from sphinx_openinfra_blog.permalinks import host_of

CONFIG = MdParserConfig(enable_extensions={"deflist", "dollarmath", "attrs_inline"})
PARSER = BodyParser(CONFIG)
#: One that parses everything.
THOROUGH = BodyParser(CONFIG)
THOROUGH._is_plain = False
HOSTS = {"own.example.org"}


def found(text: str, title: str = "", parser: BodyParser = THOROUGH) -> list[Element]:
    return list(parser.doubtful(text, title, HOSTS, lambda _: True))


def is_wrong(element: Element) -> bool:
    """Judge as the rules do: links to other hosts are right whatever they are."""
    target = element.target
    if element.kind is Kind.REFERENCE:
        return host_of(target) in HOSTS or target in {"#", ""}
    if element.kind is Kind.IMAGE:
        return "x" in target or element.is_silent
    return "y" in target


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("[a](https://own.example.org/b)", Kind.REFERENCE, "https://own.example.org/b"),
        ("<https://own.example.org/b>", Kind.REFERENCE, "https://own.example.org/b"),
        ("[a](#b)", Kind.REFERENCE, "#b"),
        ("[a](b.md)", Kind.UNKNOWN, "b.md"),
        ("[a](b%20c.md)", Kind.UNKNOWN, "b c.md"),
        ("[a](b.md){.external}", Kind.REFERENCE, "b.md"),
        ("[a]()", Kind.UNKNOWN, ""),
        ("[a](path:b.md)", Kind.DOWNLOAD, "b.md"),
        ("![a](b.png)", Kind.IMAGE, "b.png"),
        ("![a](<b c.png>)", Kind.IMAGE, "b%20c.png"),
        ("[a][b]\n\n[b]: c.md", Kind.UNKNOWN, "c.md"),
        ("[a]\n\n> [a]: c.md", Kind.UNKNOWN, "c.md"),
    ],
)
def test_what_a_link_is_decides_myst(text: str, kind: Kind, target: str) -> None:
    assert found(f"Text.\n\n{text}\n") == [Element(kind, target, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "`[a](b.md)`", "```\n[a](b.md)\n```", "    [a](b.md)", "<p>\n[a](b.md)\n</p>",
        "\\[a](b.md)", "[a](javascript:b)", "[a](inv:b)", "[a](project:b.md)", "$[a](b.md)$",
    ],
)  # fmt: skip
def test_what_is_no_link_is_not_found(text: str) -> None:
    assert found(text) == []


def test_what_is_in_a_link_or_an_image_is_found_too() -> None:
    kinds = [element.kind for element in found("[![a](x.png)](b.md) ![[a](c.md)](x.png)")]
    assert kinds == [Kind.UNKNOWN, Kind.IMAGE, Kind.IMAGE]


def test_the_first_heading_is_not_shown_if_it_repeats_the_title() -> None:
    text = "# A *Title*![](x.png)\n\n# A Title [](b.md)\n"
    assert [element.line for element in found(text, "a title!")] == [3]
    assert [element.line for element in found(text, "Another")] == [1, 3]
    assert [element.line for element in found(f"> {text}", "A title")] == [1]


def test_the_options_of_myst_count() -> None:
    external = BodyParser(MdParserConfig(all_links_external=True))
    assert found("[a](b.md)", parser=external) == [Element(Kind.REFERENCE, "b.md", 1)]
    linkify = BodyParser(MdParserConfig(enable_extensions={"linkify"}))
    assert [item.kind for item in found("www.own.org", parser=linkify)] == [Kind.REFERENCE]
    schemes = BodyParser(
        MdParserConfig(url_schemes={"https": None, "wiki": {"url": "https://w.example/{{path}}"}})
    )
    assert found("[a](wiki:b)", parser=schemes) == []
    assert [item.kind for item in found("[a](http://own.example.org)", parser=schemes)] == [
        Kind.UNKNOWN
    ]


_pieces = st.sampled_from(
    [
        "[", "]", "(", ")", "![", "](", "][", "]:", "<", ">", "`", "$", "\\", "!", "\n", "\n\n",
        "> ", " ", "{", "}", "*", "&amp;", "%41", '"', "'", "#", "a", "y.md", "x.png", "y", "x",
        "https://own.example.org/y", "https://other.example/x", "http://Own.Example.org",
        "https://own.example.org:443/", "https:", "//own.example.org", "path:y.md", "mailto:x@y.z",
        "[a](y.md)", "![a](x.png)", "[a]: y.md", "<https://own.example.org>", "{.external}",
        "<b t='[", "\t", "é", "\u2028", "~~~", "- ", "[^1]",
    ]
)  # fmt: skip


@given(st.lists(_pieces, max_size=14).map("".join))
@example("![<b t='['> c](x.png)")
@example("![`[` c](x.png)")
@example("![a \\[ b](x.png)")
@example("\\![a](y.md)")
@example("\\\\![a](x.png)")
@example("[a]\n\n> [a]: y.md")
@example("[a](https://own&period;example.org/)")
@example("[a](https://other.example@own.example.org)")
@example("[a](\nhttps://own.example.org)")
@example("[a](y.md 'a title')")
@example("![`a`](https://other.example/a.png)")
@example("![<b>](https://other.example/a.png)")
def test_what_is_not_parsed_has_no_problem(text: str) -> None:
    wrong = {element for element in found(text) if is_wrong(element)}
    assert wrong <= set(PARSER.doubtful(text, "", HOSTS, is_wrong))


def test_brackets_without_end_cost_no_time() -> None:
    for text in ("](" * 100_000, "[" * 5_000, "](x" * 30_000):
        list(PARSER.doubtful(text, "", HOSTS, is_wrong))
