"""Front matter that is not the blog's, and what of it is left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.frontmatter.block import read
from sphinx_openinfra_blog.frontmatter.entries import FrontMatterError
from sphinx_openinfra_blog.frontmatter.passthrough import passthrough

if TYPE_CHECKING:
    from sphinx_openinfra_blog.model.problems import Message


def kept(text: str) -> tuple[dict[str, Any], list[tuple[Message, int]]]:
    """Return what is kept of some YAML, as MyST reads it, and what is left out."""
    matter = read(f"---\n{text}\n---\n")
    assert matter is not None
    line, left_out = passthrough(matter.entries)
    assert yaml.safe_load(line) == json.loads(line)
    return json.loads(line), left_out


@pytest.mark.parametrize(
    "text",
    [
        "tocdepth: 2",
        "orphan: true",
        "myst: {html_meta: {description: 'a <b>', 'property=og:title': x, 'lang=en x=y': z}}",
        "myst: {enable_extensions: [deflist], substitutions: {a: b}, words_per_minute: 300}",
        "og:title: '<b>'",
        "html_theme.sidebar_secondary.remove: ''",
        "github_url: https://git.example/x?a=b",
        "two words: [1, 2.5, null, {a: b}]",
        "ключ: 🎉 é",
    ],
)
def test_what_harms_nobody_is_kept_as_it_is(text: str) -> None:
    assert kept(text) == (yaml.safe_load(text), [])


@pytest.mark.parametrize(
    "text",
    [
        "myst: {disable_syntax: []}",
        "myst: {commonmark_only: true}",
        "myst: {gfm_only: true}",
        "myst: {url_schemes: {x: 'javascript:alert(1)//{{path}}'}}",
        "myst: {heading_slug_func: os.system}",
        "myst: {suppress_warnings: [all]}",
        "myst: {what_comes_later: 1}",
        "myst: {enable_extensions: {substitution: 1}}",
        "myst: {words_per_minute: 0}",
        "myst: {html_meta: {http-equiv=refresh: '0;url=//evil.example'}}",
        "myst: {html_meta: {'x HTTP-EQUIV=refresh': y}}",
        "myst: {html_meta: {'a=\"><script>': y}}",
        "html_meta: {'a><script>=b': y}",
        "'og:\"><script>': x",
        "a&b: x",
        "github_url: javascript:alert(1)",
        "gitlab_url: '\"><script>alert(1)</script>'",
        "bitbucket_url: [x]",
        "tocdepth: abc",
        "tocdepth: [1]",
        "html_theme.show_nav_level: 999999999999",
        f"? {'k' * 2000}\n: x",
    ],
)
def test_what_would_allow_a_post_more_than_conf_py_is_left_out(text: str) -> None:
    found, left_out = kept(text)
    assert [line for _message, line in left_out] == [2]
    # Nothing is left but the empty mappings around it.
    assert {"myst": {"html_meta": {}}, "html_meta": {}} | found in [
        {"myst": {"html_meta": {}}, "html_meta": {}},
        {"myst": {}, "html_meta": {}},
    ]


def test_templates_stay_off_and_other_extensions_of_markdown_are_switched_on() -> None:
    found, left_out = kept("myst:\n  enable_extensions: [deflist, substitution, substitution]")
    assert found == {"myst": {"enable_extensions": ["deflist"]}}
    assert [line for _message, line in left_out] == [3]
    assert "substitution" in str(left_out[0][0])


@given(st.dictionaries(st.text(max_size=30), st.text(max_size=30), max_size=5))
def test_whatever_the_texts_it_is_one_line_that_is_read_back(texts: dict[str, str]) -> None:
    text = json.dumps(texts)[1:-1]
    try:
        matter = read(f"---\n{{{text}}}\n---\n")
    except FrontMatterError:
        return  # half a surrogate pair
    assert matter is not None
    line, _left_out = passthrough(matter.entries)
    assert len(line.splitlines()) == 1
    assert yaml.safe_load(line) == json.loads(line)
