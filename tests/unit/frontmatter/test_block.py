"""Text -> front matter."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from strategies import front_matter, texts

from sphinx_openinfra_blog.frontmatter.block import conflict_in, find, read
from sphinx_openinfra_blog.frontmatter.entries import MAX_CHARACTERS, FrontMatterError
from sphinx_openinfra_blog.model.text import clean

#: Each mapping holds the one before twice.
MERGES = "k0: &k0 {a: 1}\n" + "".join(
    f"k{n}: &k{n} {{a{n}: 1, <<: [*k{n - 1}, *k{n - 1}]}}\n" for n in range(1, 31)
)


def entries(yaml: str) -> dict[str, tuple[object, int]]:
    matter = read(f"---\n{yaml}\n---\nBody\n")
    assert matter is not None
    return {key: (entry.plain(), entry.line) for key, entry in matter.entries.items()}


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("title: A\ndate: 2026-13-45", {"title": ("A", 2), "date": ("2026-13-45", 3)}),
        ("title: >\n  folded\n  text\nnext: x", {"title": ("folded text\n", 2), "next": ("x", 5)}),
        (
            "a: yes\nb: 'yes'\nc: ~\nd:",
            {"a": (True, 2), "b": ("yes", 3), "c": (None, 4), "d": (None, 5)},
        ),
        ("a: [x, {b: 1}]", {"a": (["x", {"b": 1}], 2)}),
        ("a: .nan\nb: 12:30:45", {"a": (".nan", 2), "b": (45045, 3)}),
        (
            "x: &x {a: 1, b: 1}\ny: &y\n  b: 2\n  c: 2\nz:\n  <<: [*x, *y]\n  a: 3",
            {
                "x": ({"a": 1, "b": 1}, 2),
                "y": ({"b": 2, "c": 2}, 3),
                "z": ({"a": 3, "b": 1, "c": 2}, 6),
            },
        ),
        ("# comment\n\na: é\u202f’", {"a": ("é\u202f’", 4)}),
    ],
    ids=["dates", "folded", "types", "nested", "numbers", "merged", "comments"],
)
def test_values_keep_their_lines(yaml: str, expected: dict[str, tuple[object, int]]) -> None:
    assert entries(yaml) == expected


def test_a_scalar_is_known_as_it_was_written() -> None:
    matter = read("---\na: 1.10\nb: Yes\nc: 0777\n---\n")
    assert matter is not None
    assert [entry.text for entry in matter.entries.values()] == ["1.10", "Yes", "0777"]


@pytest.mark.parametrize(
    ("text", "height"),
    [
        ("---\na: b\n---\nx", 3),
        ("---- \n\na: b\n---   \n\n\nx", 4),
        ("---\n---\n", 2),
        ("x\n---\na: b\n---\n", 0),
        ("---\na: b\n...\nx", 3),
        ("", 0),
    ],
)
def test_the_block_ends_at_its_closing_line(text: str, height: int) -> None:
    block = find(text)
    assert (block.first, block.end) == (0, height) if block else height == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\na: b: c\n---\n", 2),
        ("---\na: 'b\n---\n", 2),
        ("---\n- a\n---\n", 2),
        ("---\ntitle: x\n\ntext\n", 1),
        ("---\na: b\nc: \x07\n---\n", 3),
        ("---\na: !!python/object/apply:os.system ['id']\n---\n", 2),
        ("---\na: &x [*x]\n---\n", 2),
        ("---\na: b\n<<: c\n---\n", 3),
        (f"---\n{MERGES}---\n", 12),
        ("---\na: " + "[" * 60_000 + "\n---\n", 2),
        ("---\na:\n" + "- " * 60_000 + "\n---\n", 3),
        ("---\na: " + "x" * MAX_CHARACTERS + "\n---\n", 1),
    ],
    ids=[
        "colon", "quote", "list", "unclosed", "control", "object", "itself", "merge", "merges",
        "deep flow", "deep block", "long",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_line(text: str, line: int) -> None:
    with pytest.raises(FrontMatterError) as caught:
        read(text)
    assert caught.value.line == line


def test_aliases_that_multiply_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    with pytest.raises(FrontMatterError, match="too many"):
        read("---\n" + "\n".join(lines) + "\n---\n")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert read("---\n\nJust text.\n") is None


def test_equal_keys_and_keys_that_are_no_text_are_noted() -> None:
    matter = read("---\na: 1\na: 2\n? [b]\n: 3\n---\n")
    assert matter is not None
    assert matter.entries["a"].data == 2
    assert [oddity.line for oddity in matter.oddities] == [3, 4]


def test_cleaned_text_is_one_line_that_can_be_printed() -> None:
    assert clean(" a\t\nb\x00\u202e c\u2066 \ud800") == "a b c"
    assert clean("a\ufffe\ufdd0b\uffff") == "ab"
    assert clean("a\u202fb\u00a0c") == "a\u202fb\u00a0c"


@given(front_matter | texts)
@example("---\n: \n---\n")
@example("---\n--- x\n---\n")
def test_any_text_is_read_or_refused(text: str) -> None:
    line = 1
    try:
        matter = read(text)
    except FrontMatterError as error:
        line = error.line
    else:
        assert (matter is None) == (find(text) is None)
    assert 1 <= line <= text.count("\n") + 1


CONFLICT = "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> other\n"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (CONFLICT, 0),
        (f"text\n\n{CONFLICT}", 2),
        (f"```\ncode\n```\n{CONFLICT}", 3),
        (f"````diff\n```\n{CONFLICT}````\n", None),
        (f"~~~\n{CONFLICT}", None),
        ("Title\n=======\n", None),
        ("<<<<<<< \n>>>>>>> quoted\n", None),
        ("    " + CONFLICT.replace("\n", "\n    "), None),
    ],
)
def test_conflicts_in_bodies_are_found_but_no_examples(body: str, line: int | None) -> None:
    assert conflict_in(body, 0) == line
