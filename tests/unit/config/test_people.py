"""Lists of authors and categories that others may edit: read, or refused in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_openinfra_blog.config.people import read_categories, read_roster
from sphinx_openinfra_blog.model.urls import is_remote
from sphinx_openinfra_blog.reading.link_rules import on_old_site

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/apply:os.system ['id']",
        "a: !!python/name:os.system",
        "[" * 50_000,
        "a: {name: 0x" + "F" * 5000 + "}",
        "a: {name: " + "9" * 5000 + "}",
        "a: {name: 1" + ":01" * 300 + ".5}",
        "a: !!int ''",
        "a: 2026-13-45",
        "a: x\x00",
        "? [a]\n: b",
        "a: {name: x, url: 'http://[::1'}",
        "a: {name: x, url: 'javascript:alert(1)'}",
        "a: {name: x, url: 'java\nscript:alert(1)'}",
        "a: {name: x, url: //elsewhere.example}",
        "a: {name: x, socials: {x: 'data:text/html,x'}}",
        "a: {name: x, socials: {github: ../../elsewhere}}",
        "a: {name: [x]}",
        "- x",
        "0x" + "F" * 900 + ": ''",
    ],
)
def test_a_roster_that_was_made_to_do_harm_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "authors.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"authors\.yaml"):
        read_roster("authors.yaml", tmp_path)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"categories": [{"text": ' + "9" * 5000 + "}]}", "[NaN]", "null", '["", 1]'],
)
def test_so_is_a_list_of_categories(tmp_path: Path, text: str) -> None:
    (tmp_path / "blog-config.json").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"blog-config\.json"):
        read_categories("blog-config.json", tmp_path)


def test_names_and_labels_are_one_line_that_can_be_printed(tmp_path: Path) -> None:
    roster = '"a\\u202e": {name: "A\\0\\nB\\e", bio: "x\\u2028y", url: "https://s.example/"}'
    (tmp_path / "authors.yaml").write_text(roster, encoding="utf-8")
    ((ident, person),) = read_roster("authors.yaml", tmp_path).items()
    assert (ident, person.name, person.profile.description) == ("a", "A B", "x y")
    (tmp_path / "c.json").write_text('["N\\u0000\\ud800\\n"]', encoding="utf-8")
    assert [term.label for term, _profile in read_categories("c.json", tmp_path)] == ["N"]


@pytest.mark.parametrize("address", ["http://[", "http://[::1/x", "https://[x]y/"])
def test_an_invalid_url_is_not_remote(address: str) -> None:
    assert not is_remote(address)
    assert on_old_site("/x", address, "") == "/x"
    assert on_old_site("//[x", "https://s.example/", "") == "//[x"


@pytest.mark.parametrize("name", ["none.json", "none.yaml"])
def test_a_missing_file_is_not_called_invalid(name: str, tmp_path: Path) -> None:
    read = read_categories if name.endswith("json") else read_roster
    with pytest.raises(ValueError, match=r"^cannot be read: .*No such file") as caught:
        read(name, tmp_path)
    assert "invalid" not in str(caught.value)
