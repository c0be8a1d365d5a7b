"""Lists of authors and categories that others may edit: what is wrong stops no build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_openinfra_blog.config.people import Person, read_categories, read_roster
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
        "a: x\x00",
        "- x",
        "a: {name: [x]}",
        "a: {url: /about}",
        "a: {name: x, url: 'http://[::1'}",
        "a: {name: x, url: 'javascript:alert(1)'}",
        "a: {name: x, url: 'java\nscript:alert(1)'}",
        "a: {name: x, url: //elsewhere.example}",
        "a: {name: x, socials: {x: 'data:text/html,x'}}",
        "a: {name: x, socials: {github: ../../elsewhere}}",
        "a: {name: x, socials: {nowhere: handle}}",
        "a: {name: x, socials: [github]}",
        "a: {name: x, bio: [y]}",
    ],
)
def test_a_mistake_in_a_roster_is_a_problem_of_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "authors.yaml").write_text(text, encoding="utf-8")
    found = read_roster("authors.yaml", tmp_path)
    problem = found.problems[0]
    assert (problem.path, problem.line) == (str(tmp_path / "authors.yaml"), 1)
    assert all(
        url.startswith("http") for person in found.value.values() for _, url in links(person)
    )


def links(person: Person) -> tuple[tuple[str, str], ...]:
    return person.profile.links


@pytest.mark.parametrize(
    "text",
    [
        "a: {name: 0x" + "F" * 5000 + "}",
        "a: {name: " + "9" * 5000 + "}",
        "a: {name: 1" + ":01" * 300 + ".5}",
        "a: !!int ''",
        "a: 2026-13-45",
        "0x" + "F" * 900 + ": x",
    ],
)
def test_numbers_and_dates_are_names(tmp_path: Path, text: str) -> None:
    (tmp_path / "authors.yaml").write_text(text, encoding="utf-8")
    assert len(read_roster("authors.yaml", tmp_path).value) == 1


def test_the_rest_of_a_roster_is_used(tmp_path: Path) -> None:
    (tmp_path / "authors.yaml").write_text(
        "ann:\n  name: Ann\n  url: /about\n  socials:\n    github: ann\n    myspace: ann\n"
        "bob:\n  bio: Writes.\ncy: [x]\ndan: Dan\n",
        encoding="utf-8",
    )
    found = read_roster("authors.yaml", tmp_path)
    assert [(item.line, str(item.message)) for item in found.problems] == [
        (3, "invalid URL '/about' (expected https://...); ignoring it"),
        (6, "unknown service 'myspace' (write the whole URL instead of 'ann'); ignoring it"),
        (7, "author 'bob' has no name; using the id"),
        (9, "invalid value for 'name' (expected text); ignoring it"),
        (9, "author 'cy' has no name; using the id"),
    ]
    assert [person.name for person in found.value.values()] == ["Ann", "bob", "cy", "Dan"]
    assert links(found.value["ann"]) == (("GitHub", "https://github.com/ann"),)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[" * 100_000, 1),
        ('{"categories":\n[NaN\n', 3),
        ("null", 1),
        ('["", 1]', 1),
        ('{"categories":\n[{"text": "A"},\n{"text": "A"}]}', 3),
    ],
)
def test_so_is_one_in_a_list_of_categories(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "blog-config.json").write_text(text, encoding="utf-8")
    found = read_categories("blog-config.json", tmp_path)
    assert [problem.line for problem in found.problems] == [line]


def test_names_and_labels_are_one_line_that_can_be_printed(tmp_path: Path) -> None:
    roster = '"a\\u202e": {name: "A\\0\\nB\\e", bio: "x\\u2028y", url: "https://s.example/"}'
    (tmp_path / "authors.yaml").write_text(roster, encoding="utf-8")
    ((ident, person),) = read_roster("authors.yaml", tmp_path).value.items()
    assert (ident, person.name, person.profile.description) == ("a", "A B", "x y")
    (tmp_path / "c.json").write_text('["N\\u0000\\ud800\\n"]', encoding="utf-8")
    assert [term.label for term, _profile in read_categories("c.json", tmp_path).value] == ["N"]


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
