"""What posts name and the options do not, and what could be better."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_openinfra_blog.blog.consistency import LONGEST_DESCRIPTION, LONGEST_TITLE
from sphinx_openinfra_blog.blog.resolve import resolve
from sphinx_openinfra_blog.blog.visibility import Source
from sphinx_openinfra_blog.config.people import Person
from sphinx_openinfra_blog.config.settings import Settings
from sphinx_openinfra_blog.frontmatter.block import read
from sphinx_openinfra_blog.frontmatter.fields import read_fields
from sphinx_openinfra_blog.model.posts import Profile, Taxonomy, Term, Visibility
from sphinx_openinfra_blog.model.problems import Subtype

if TYPE_CHECKING:
    from sphinx_openinfra_blog.model.problems import Problem

NEWS = "category:\n  - value: n1\n    label: News"


def said(*yamls: str, hidden: bool = False, **changes: Any) -> list[tuple[str, str, int]]:
    """Return the kind, file and line of each problem of some posts."""
    return [
        (item.subtype.value, item.path, item.line) for item in problems(yamls, hidden, changes)
    ]


def problems(yamls: tuple[str, ...], hidden: bool, changes: dict[str, Any]) -> list[Problem]:
    labels = changes.pop("categories", {})
    values: dict[str, Any] = {
        "blog": "blog",
        "root": "",
        "pattern": "{slug}",
        "slugs": "slug",
        "timezone": UTC,
        "categories": tuple(
            Term(Taxonomy.CATEGORY, key, label, label.lower()) for key, label in labels.items()
        ),
        "profiles": {},
        "roster": {},
        "preview": False,
    }
    visibility = Visibility.UNLISTED if hidden else Visibility.PUBLISHED
    sources = []
    for number, yaml in enumerate(yamls, 1):
        title = "" if yaml.startswith("title:") else "title: T\n"
        matter = read(f"---\ndate: 2026-01-0{number}\n{title}{yaml}\n---\n")
        assert matter is not None
        fields, found = read_fields(matter, "", UTC)
        assert not found
        sources.append(Source(f"{number}.md", str(number), str(number), fields, visibility))
    return [*resolve(sources, Settings(**(values | changes))).problems]


def roster(**names: str) -> dict[str, Person]:
    return {ident: Person(name, "", Profile()) for ident, name in names.items()}


@pytest.mark.parametrize(
    ("yaml", "line"),
    [(NEWS, 5), ("category: News", 4), ("categories:\n- Other\n- News", 6)],
)
def test_a_category_is_unknown_only_where_some_are_known(yaml: str, line: int) -> None:
    assert said(yaml) == []
    assert ("unknown_category", "1.md", line) in said(yaml, categories={"n2": "Events"})
    known = {"n1": "News", "o": "Other"}
    assert said(yaml, categories=known) == []


def test_what_is_unknown_is_named_once_with_the_number_of_its_posts() -> None:
    yamls = ("category: A", "category: B", "category: A", "author: A", "author: A")
    options = {"categories": {"x": "X"}, "roster": roster(x="X")}
    found = problems(yamls, hidden=False, changes=options)
    assert [item.path for item in found] == ["1.md", "2.md", "4.md"]
    assert [str(item.message).endswith("(in 2 posts)") for item in found] == [True, False, True]


@pytest.mark.parametrize(
    ("mention", "hint"),
    [
        ("Anouncements", "; did you mean 'Announcements'?"),
        ("Something else", "categories)"),
    ],
)
def test_an_unknown_category_comes_with_what_may_be_meant(mention: str, hint: str) -> None:
    changes = {"categories": {"n1": "Announcements"}}
    *_others, problem = problems((f"category: {mention}",), hidden=False, changes=changes)
    assert str(problem.message).endswith(hint)


def test_a_label_that_is_not_shown_is_named_at_its_line() -> None:
    assert said(NEWS, categories={"n1": "Updates"}) == [("category", "1.md", 6)]
    assert said(NEWS, NEWS.replace("News", "Updates")) == []
    assert said(NEWS, categories={"n1": "Updates", "n2": "News"}) == []
    assert said(NEWS, NEWS) == []
    assert said("category: [{value: n1}]", categories={"n1": "Updates"}) == []


@pytest.mark.parametrize(
    ("yaml", "line"),
    [
        ("author: Jo Poe", 0),
        ("author: jo", 0),
        ("author: Ann Lee", 4),
        ("authors:\n  - Jo Poe\n  - name: Ann Lee", 6),
        ("author: >\n  Ann\n  Lee", 4),
    ],
)
def test_an_author_is_unknown_only_where_there_is_a_roster(yaml: str, line: int) -> None:
    assert said(yaml) == []
    expected = [("unknown_author", "1.md", line)] if line else []
    assert said(yaml, roster=roster(jo="Jo Poe")) == expected


def test_another_spelling_of_a_known_author_is_no_unknown_one() -> None:
    found = said("author: jo poe", roster=roster(jo="Jo Poe"))
    assert [kind for kind, _path, _line in found] == ["author"]


@pytest.mark.parametrize(
    ("url", "is_known"),
    [
        ("https://o.example/blog/x", True),
        ("https://O.EXAMPLE:443/blog/x", True),
        ("/blog/x", True),
        ("https://0.example/blog/x", False),
        ("https://o.example:8080/blog/x", False),
    ],
)
def test_a_host_is_unknown_only_where_hosts_are_named(url: str, is_known: bool) -> None:
    yaml = f"seo:\n  title: T\n  url: >-\n    {url}"
    assert said(yaml) == []
    expected = [] if is_known else [("host", "1.md", 6)]
    assert said(yaml, named_hosts=("o.example",)) == expected


def test_the_host_of_the_site_is_known_without_being_named() -> None:
    yaml = "seo: {url: 'https://new.example/blog/x', title: T}"
    assert said(yaml, named_hosts=("o.example",), root="https://new.example/") == []


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("", [("description", 1)]),
        ("seo:\n  url: /blog/x", [("description", 4)]),
        ("seo:\n  url: /blog/x\n  description:", [("description", 6)]),
        ("description: d", []),
        ("excerpt: d", []),
        (f"description: {'d' * LONGEST_DESCRIPTION}", []),
        (f"description: >\n  {'d' * LONGEST_DESCRIPTION}\n  d", [("description", 4)]),
        (f"summary: {'字' * 81}", [("description", 4)]),
        (f"description: d\nseo: {{title: {'t' * (LONGEST_TITLE + 1)}}}", [("title_length", 5)]),
        ("description: d\nseo: {twitterUsername: x.com/name}", [("handle", 5)]),
        ("description: d\nseo: {twitterUsername: '@name '}", []),
    ],
)
def test_lint_is_off_by_default(yaml: str, expected: list[tuple[str, int]]) -> None:
    assert said(yaml) == []
    assert [(kind, line) for kind, _path, line in said(yaml, lint=True)] == expected


def test_unlisted_posts_are_not_in_search_results() -> None:
    yaml = f"seo: {{title: {'t' * 99}, twitterUsername: name}}"
    assert said(yaml, hidden=True, lint=True) == [("handle", "1.md", 4)]


def test_a_shorter_title_for_search_results_is_enough() -> None:
    assert said("title: " + "t" * 99 + "\nseo: {title: T}\ndescription: d", lint=True) == []


def test_what_strangers_wrote_is_shortened() -> None:
    long = "x" * 9000
    yaml = f"category: {long}\nauthor: {long}\nseo: {{url: 'https://{long}/blog/x'}}"
    options = {"categories": {"a": "A"}, "roster": roster(a="A"), "named_hosts": ("a.org",)}
    found = problems((yaml,), hidden=False, changes=options)
    kinds = [item.subtype for item in found]
    assert kinds == [Subtype.UNKNOWN_CATEGORY, Subtype.UNKNOWN_AUTHOR, Subtype.HOST]
    assert all(len(str(item.message)) < 200 for item in found)
