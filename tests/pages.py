"""Reading the code blocks of the documentation's pages, and checking what is in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import yaml

from sphinx_openinfra_blog.config.option import PREFIX
from sphinx_openinfra_blog.config.settings import OPTIONS
from sphinx_openinfra_blog.frontmatter.block import read
from sphinx_openinfra_blog.frontmatter.fields import read_fields
from sphinx_openinfra_blog.frontmatter.keys import KNOWN_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_OPTIONS = {option.full_name: option for option in OPTIONS}
# What a post must have besides the lines of a fragment.
REST_OF_A_POST = {"templateKey": "blog-post", "title": "A post", "date": "2026-11-05"}

_BLOCK = re.compile(
    r"^(?P<indent> *)(?P<fence>(`{3,}))(?P<head>.*)\n(?P<text>(?:.*\n)*?)(?P=indent)(?P=fence)$",
    re.MULTILINE,
)
_RST_BLOCK = re.compile(
    r"^\.\. code-block:: (?P<language>\w+)\n\n(?P<text>(?:   .*\n|\n)+)", re.MULTILINE
)
_CAPTION = re.compile(r":caption: (?P<path>\S+)\n\n")


@dataclass(frozen=True)
class Block:
    """A block of code on a page.

    :ivar language: as written for the highlighter.
    :ivar path: the file in the repository that it is, or an empty string for a fragment.
    """

    language: str
    path: str
    text: str


def blocks(text: str) -> Iterator[Block]:
    """Return the blocks of a Markdown page that are code."""
    for match in _BLOCK.finditer(text):
        head, body = match["head"].strip(), dedent(match["text"])
        if not head.startswith("{"):
            yield Block(head, "", body)
        elif head.startswith("{code-block} "):
            caption = _CAPTION.match(body)
            assert caption, f"a block without a caption: {body[:60]!r}"
            language = head.partition(" ")[2]
            yield Block(language, caption["path"], body[caption.end() :])


def blocks_of(path: Path) -> list[Block]:
    """Return the blocks of a page that are code, in either syntax."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return list(blocks(text))
    found = _RST_BLOCK.finditer(text)
    return [Block(match["language"], "", dedent(match["text"]).rstrip() + "\n") for match in found]


def executed(text: str) -> dict[str, Any]:
    """Return the settings that the text of a conf.py makes."""
    settings: dict[str, Any] = {}
    exec(compile(text, "conf.py", "exec"), settings)  # noqa: S102 -- it is our own page
    return {name: value for name, value in settings.items() if not name.startswith("_")}


def problems_of(text: str) -> list[str]:
    """Return what the extension finds wrong with the front matter of a text."""
    matter = read(text)
    assert matter is not None, text
    fields, problems = read_fields(matter, "a.md", ZoneInfo("UTC"))
    assert fields.is_post, text
    unknown = matter.entries.keys() - KNOWN_KEYS
    return [str(problem.message) for problem in problems] + [f"unknown: {key}" for key in unknown]


def is_post(text: str) -> bool:
    return re.match(r"(?s)---\n(.*\n)?(date:|templateKey: blog-post\n)", text) is not None


def post_with(keys: str) -> str:
    """Return a post whose front matter has these lines."""
    missing = REST_OF_A_POST.keys() - yaml.safe_load(keys).keys()
    rest = "".join(f"{key}: {REST_OF_A_POST[key]}\n" for key in sorted(missing))
    return f"---\n{rest}{keys}---\n"


def mistakes_of(settings: Iterable[tuple[str, object]], folder: Path) -> list[str]:
    """Return what the extension finds wrong with its options among settings.

    :param folder: where the files are that they name.
    """
    mistakes = []
    for name, value in settings:
        if name.startswith(PREFIX):
            try:
                _OPTIONS[name].read(value, folder)
            except ValueError as error:
                mistakes.append(f"{name} {error}")
    return mistakes
