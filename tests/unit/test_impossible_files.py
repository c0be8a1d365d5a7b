"""Links that no file can be at, kept from MyST-Parser."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from myst_parser.config.main import MdParserConfig
from strategies import bodies

from sphinx_openinfra_blog.headings import block_parser
from sphinx_openinfra_blog.impossible_files import instead_of, with_possible_targets
from sphinx_openinfra_blog.link_rules import DEAD

PARSER = block_parser(MdParserConfig(enable_extensions={"colon_fence"}))
LONG = "a" * 256
instead = partial(
    instead_of, post_address="https://old.example/blog/x", root="", suffixes=(".md", ".rst")
)


def mended(text: str) -> tuple[str, list[tuple[int, str]]]:
    return with_possible_targets(text, PARSER, {"https", "http"}, instead)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (f"www.example.com/{LONG}", f"https://www.example.com/{LONG}"),
        (f"/{LONG}", f"https://old.example/{LONG}"),
        (f"/{'é' * 128}", f"https://old.example/{'é' * 128}"),
        (f"{LONG}.html#a", f"https://old.example/blog/{LONG}.html#a"),
        ("/a" * 501, f"https://old.example{'/a' * 501}"),
        (LONG, DEAD),
        ("a/" * 501, DEAD),
        ("a\0b.md", DEAD),
        ("/\0", DEAD),
        ("a" * 255, None),
        (f"a#{LONG}", None),
        ("a/b.md", None),
        ("", None),
    ],
)
def test_what_no_file_can_be_called_is_an_address_or_nothing(
    target: str, expected: str | None
) -> None:
    found = instead(target)
    assert (found and found.target) == expected


def test_a_path_without_a_host_to_lead_to_is_nothing() -> None:
    found = instead_of(f"/{LONG}", "", "", ())
    assert found
    assert found.target == DEAD


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"[a](/{LONG})", f"[a](<https://old.example/{LONG}>)"),
        (f'[a](</{LONG}> "t") b', f'[a](<https://old.example/{LONG}> "t") b'),
        (f"[a]({LONG}\n'a title')", f"[a](<{DEAD}>\n'a title')"),
        (f"[a]( {LONG} ) [b](c)", f"[a]( <{DEAD}> ) [b](c)"),
        (f"[a](data:text/plain,{LONG})", f"[a](<{DEAD}>)"),
        ("[a](b%00c)", f"[a](<{DEAD}>)"),
        (f"[a][r]\n\n[r]: /{LONG}\n", f"[a][r]\n\n[r]: <https://old.example/{LONG}>\n"),
        (f"[a][r]\n\n[r]:\n  {LONG}\n", f"[a][r]\n\n[r]:\n  <{DEAD}>\n"),
        (f"```{{note}}\n[a]({LONG})\n```", f"```{{note}}\n[a](<{DEAD}>)\n```"),
        (f"[a]({LONG}) and [b]({LONG})", f"[a](<{DEAD}>) and [b](<{DEAD}>)"),
        (f"[![i](b)]({LONG})", f"[![i](b)](<{DEAD}>)"),
        (f"`a` [a](a({LONG})b)", f"`a` [a](<{DEAD}>)"),
        (f"[a](</{LONG}\\>b>)", f"[a](<https://old.example/{LONG}%3Eb>)"),
    ],
)
def test_a_link_to_what_no_file_can_be_gets_another_target(text: str, expected: str) -> None:
    assert mended(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        f"[a](https://example.com/{LONG})",
        f"`[a]({LONG})`",
        f"```\n[a]({LONG})\n```",
        f"Text\n\n    [a]({LONG})\n",
        f"<div>[a]({LONG})</div>",
        f"{LONG} [a](b)",
        f"[a](b#{LONG})",
        f"[a](<{LONG}",
        f"a]: {LONG}",
        f"Text[^1].\n\n[^1]: {'注' * 100}\n",
        f"[note]: {'注' * 100} and more\n",
        f"[figure]({'图' * 100} and more)",
        f"[figure]({'图' * 100}",
        f"![a](data:image/png;base64,{LONG})",
        f"![][image1]\n\n[image1]: <data:image/png;base64,{LONG}>\n",
        f"[![a](/{LONG}.png)](b)",
        f"![a [b] \\] {'c ' * 200}](/{LONG}.png)",
    ],
)
def test_addresses_code_images_and_what_is_no_link_stay(text: str) -> None:
    assert mended(text) == (text, [])


def test_what_is_said_names_the_line() -> None:
    text = f"---\n{{}}\n---\n\n[a](b)\n[c]({LONG}) [d](e%00)\n"
    said = mended(text)[1]
    assert [line for line, _message in said] == [6, 6]
    assert "aaa…" in said[0][1]


@given(bodies)
def test_ordinary_bodies_are_not_touched(text: str) -> None:
    assert mended(text) == (text, [])
