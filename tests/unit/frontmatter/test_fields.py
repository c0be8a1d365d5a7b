"""Front matter -> what a post says of itself."""

from __future__ import annotations

import json
from datetime import UTC

import pytest
from hypothesis import given
from strategies import front_matter

from sphinx_openinfra_blog.frontmatter.block import read
from sphinx_openinfra_blog.frontmatter.entries import FrontMatterError
from sphinx_openinfra_blog.frontmatter.fields import Fields, read_fields
from sphinx_openinfra_blog.frontmatter.values import CategoryMention
from sphinx_openinfra_blog.model.posts import Visibility
from sphinx_openinfra_blog.model.problems import Problem, Subtype


def fields(yaml: str, *, publish_undated: bool = False) -> tuple[Fields, list[Problem]]:
    matter = read(f"---\ndate: 2026-01-02\n{yaml}\n---\n")
    assert matter is not None
    return read_fields(matter, "x.md", UTC, publish_undated=publish_undated)


def subtypes(yaml: str) -> list[tuple[Subtype, int]]:
    return [(problem.subtype, problem.line) for problem in fields(yaml)[1]]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("category: [{value: v, label: L}]", [("v", "L")]),
        ("category: [{id: v, label: L}, {label: M}]", [("v", "L"), ("", "M")]),
        ("category: One", [("", "One")]),
        ("categories: [One, ' Two ', One]", [("", "One"), ("", "Two")]),
        (
            "categories:\n- [Diary, Games]\n- [Diary, Films]\n- L",
            [("", "Diary"), ("", "Games"), ("", "Films"), ("", "L")],
        ),
        ("category: {label: L}", [("", "L")]),
        ("category: [{value: v}]", [("v", "")]),
        ("category: []", []),
        ("category: null", []),
        ("category: [{value: v, label: L}]\ncategories: [M]", [("v", "L"), ("", "M")]),
    ],
)
def test_categories_are_read_in_every_shape(yaml: str, expected: list[tuple[str, str]]) -> None:
    found, problems = fields(yaml)
    assert found.categories == [CategoryMention(*pair) for pair in expected]
    assert problems == []


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("author: ' Ann  Lee '", ["Ann Lee"]),
        ("author: Ann and Bob", ["Ann and Bob"]),
        ("authors: [Ann, {name: Bob}, Ann]", ["Ann", "Bob"]),
        ("author: Ann\nauthors: [Bob]", ["Ann", "Bob"]),
        ("author: 42", ["42"]),
        ("authors: [{key: ada}, {id: bob}, {cy: {name: Cy}}]", ["ada", "bob", "Cy"]),
        ("author: {display_name: Ada}", ["Ada"]),
        ("author: Ada Lovelace <ada@example.org>", ["Ada Lovelace"]),
        ("author: '\"Ada Lovelace\" <ada@example.org>'", ["Ada Lovelace"]),
        ("author: ada@example.org (Ada Lovelace)", ["Ada Lovelace"]),
        ("author: Ada Lovelace ada@example.org", ["Ada Lovelace"]),
        ("author: ada@example.org", ["ada"]),
        ("author: 'Ada <ada@example.org>, Bob <bob@example.org>'", ["Ada", "Bob"]),
        ("author: Ada <no mail>", ["Ada <no mail>"]),
        ("author: Ada (and Bob)", ["Ada (and Bob)"]),
        (
            "authors: {ada: {name: Ada}, bob: null, cy: {role: Editor, name: Cy}}",
            ["Ada", "bob", "Cy"],
        ),
        ("authors: [{username: ada}, {fullname: Bob}]", ["ada", "Bob"]),
        ("author: '[Ada Lovelace](https://example.org/ada)'", ["Ada Lovelace"]),
        ("author: false", []),
        ("author:", []),
    ],
)
def test_one_string_is_one_author(yaml: str, expected: list[str]) -> None:
    assert [item.text for item in fields(yaml)[0].authors] == expected


@pytest.mark.parametrize(
    ("yaml", "url"),
    [
        ("author: '[Ada](https://example.org/ada)'", "https://example.org/ada"),
        ("author: '[Ada](javascript:x)'", ""),
        ("author: {name: Ada, url: 'https://example.org/'}", "https://example.org/"),
        ("author: {name: Ada, url: /about}", ""),
        ("author: Ada <https://example.org/ada>", "https://example.org/ada"),
        ("author: Ada (https://example.org/ada)", "https://example.org/ada"),
        ("author: '[Ada](https://example.org/ada \"Her site\")'", "https://example.org/ada"),
        ("author: '<a href=\"https://example.org/ada\">Ada</a>'", "https://example.org/ada"),
        ("author: '<a href=\"javascript:x\">Ada</a>'", ""),
        ("author: Ada <ada@example.org>", ""),
    ],
)
def test_an_author_may_have_a_link(yaml: str, url: str) -> None:
    assert [(item.text, item.url) for item in fields(yaml)[0].authors] == [("Ada", url)]


def test_tags_may_be_mappings() -> None:
    found = fields("tags: [{tag: x}, {name: y}, z, {id: i}]")[0]
    assert [item.text for item in found.tags] == ["x", "y", "z", "i"]


@pytest.mark.parametrize(
    "yaml",
    [
        "taxonomies: {categories: [C], tags: [a, b], authors: [Ada]}",
        "taxonomies: {category: [C], tag: [a, b], author: [Ada]}",
        "taxonomy: {category: C, tag: [a, b], author: Ada}",
        "category: C\ntags: a, b\nextra: {author: Ada}",
        "category: C\ntags: a, b\nparams: {author: Ada}",
    ],
)
def test_terms_may_be_in_a_mapping_of_another_program(yaml: str) -> None:
    found, problems = fields(f"title: A\n{yaml}")
    assert [item.label for item in found.categories] == ["C"]
    assert [item.text for item in found.tags] == ["a", "b"]
    assert [item.text for item in found.authors] == ["Ada"]
    assert problems == []


@pytest.mark.parametrize("title", ["Yes", "1.10", "2024-01-01", "0777", "null and void"])
def test_a_title_is_text_as_it_was_written(title: str) -> None:
    found = fields(f"title: {title}")[0].title
    assert found is not None
    assert (found.text, found.line) == (title, 3)


@pytest.mark.parametrize(
    ("yaml", "flags"),
    [
        ("hidePost: true", (True, False, False)),
        ("hidePost: null", (False, False, False)),
        ("unlisted: yes", (True, False, False)),
        ("draft: 'TRUE'", (False, True, False)),
        ("hidePost: perhaps", (False, False, True)),
        ("draft: [x]", (False, False, True)),
        ("expires: soon", (False, False, True)),
        ("expires: 2099-01-01\nexpiryDate: soon", (False, False, True)),
        ("hidePost: false\nunlisted: true", (True, False, False)),
        ("expires: 9999-12-31", (False, False, False)),
    ],
)
def test_who_may_see_it(yaml: str, flags: tuple[bool, bool, bool]) -> None:
    found, _problems = fields(yaml)
    assert found.withheld == flags[2]
    unlisted, draft = (found.switch is item for item in (Visibility.UNLISTED, Visibility.DRAFT))
    assert (unlisted, draft) == flags[:2]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("hidepost: true", [(Subtype.KEY, 3)]),
        ("titel: x", [(Subtype.KEY, 3)]),
        ("featuredpost: x\nog_image: y\nsubtitle: z", []),
        ("title: [x]", [(Subtype.VALUE, 3)]),
        ("seo: x", [(Subtype.VALUE, 3)]),
        ("draft: 'no'", [(Subtype.VALUE, 3)]),
        ("draft: maybe", [(Subtype.VISIBILITY, 3)]),
        ("category: [[[x]]]", [(Subtype.VALUE, 3)]),
        ("updated: soon", [(Subtype.DATE, 3)]),
        ("title: a\ntitle: b", [(Subtype.KEY, 4)]),
        ("Draft: true", [(Subtype.KEY, 3)]),
        ("? [a]\n: b", [(Subtype.KEY, 3)]),
        ("seo:\n  title: t\n  twitterUserName: '@x'\n  keywords: k", [(Subtype.KEY, 5)]),
        ("seo: {title: t,\n  descripton: d}", [(Subtype.KEY, 4)]),
        ("description: >\n  one\n\n  two\nupdated: soon", [(Subtype.DATE, 7)]),
        ("description: 'one\n\n  two'\nupdated: soon", [(Subtype.DATE, 6)]),
        ("description: a\u2028b\x85c\nupdated: soon", [(Subtype.DATE, 4)]),
        ("category:\n  - A\n  - [[x]]", [(Subtype.VALUE, 5)]),
        ("other: &a\n  - [[x]]\ncategory: *a", [(Subtype.VALUE, 5)]),
        ("other: &a [[x]]\ncategory:\n  - A\n  - *a", [(Subtype.VALUE, 4)]),
        ("other: &a {url: [x]}\nseo: *a", [(Subtype.VALUE, 4)]),
    ],
)
def test_problems_are_at_the_line_of_their_key(
    yaml: str, expected: list[tuple[Subtype, int]]
) -> None:
    assert subtypes(yaml) == expected


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("updated: 2026-02-30", "nonexistent date for 'updated': '2026-02-30'"),
        (
            "lastmod: 30.2.2026",
            "invalid date for 'lastmod': '30.2.2026' (expected YYYY-MM-DD or ISO 8601)",
        ),
        (
            "expires: 5",
            "invalid date for 'expires': '5' (expected YYYY-MM-DD or ISO 8601);"
            " the post has no page",
        ),
        ("draft: 'no'", "quoted truth value for 'draft' (remove the quotes)"),
        ("pin: x", "invalid value for 'pin' (expected true or false); ignoring it"),
        ("seo: {url: [x]}", "invalid value for 'seo.url' (expected text)"),
        ("canonical: /x", "invalid URL for 'canonical': '/x' (expected https://...)"),
        ("date: {created: 2026-01-02, upated: 2026-01-03}", None),
    ],
)
def test_messages_say_what_is_wrong_and_what_to_write(yaml: str, message: str | None) -> None:
    problem = fields(yaml)[1][-1]
    misspelt = "unknown key 'date.upated'; did you mean 'date.updated'?"
    assert str(problem.message) == (message or misspelt)


@pytest.mark.parametrize("yaml", ["null", "false", "False", "[false, null]", "''"])
@pytest.mark.parametrize("key", ["excerpt", "authors", "tags", "category", "aliases", "image"])
def test_null_and_false_are_absent(key: str, yaml: str) -> None:
    if (yaml == "''" and key == "category") or (yaml.startswith("[") and key == "excerpt"):
        return
    assert fields(f"{key}: {yaml}") == fields("")


def test_categories_know_their_lines() -> None:
    yaml = "category:\n  - value: v\n    label: >\n      L\n  - M\n  - {label: N}\ncategories: O"
    lines = [(item.line, item.label_line) for item in fields(yaml)[0].categories]
    assert lines == [(4, 5), (7, 7), (8, 8), (9, 9)]


def test_a_date_may_be_a_mapping_and_has_synonyms() -> None:
    matter = read("---\ndate: {created: 2026-01-02, updated: 2026-01-03}\n---\n")
    assert matter is not None
    found, problems = read_fields(matter, "x.md", UTC)
    assert found.date is not None
    assert found.updated is not None
    assert (found.date.text[:10], found.updated.text[:10]) == ("2026-01-02", "2026-01-03")
    assert problems == []


@pytest.mark.parametrize("publish", [True, False])
def test_an_unreadable_date_withholds_unless_asked_not_to(publish: bool) -> None:
    matter = read("---\ndate: soon\n---\n")
    assert matter is not None
    found, problems = read_fields(matter, "x.md", UTC, publish_undated=publish)
    assert found.withheld is not publish
    assert [problem.subtype for problem in problems] == [Subtype.DATE]


@pytest.mark.parametrize(
    ("yaml", "is_post"),
    [("date: 2026-01-01", True), ("templateKey: blog-post", True), ("templateKey: tags", False)],
)
def test_what_is_a_post(yaml: str, is_post: bool) -> None:
    matter = read(f"---\n{yaml}\n---\n")
    assert matter is not None
    assert read_fields(matter, "x.md", UTC)[0].is_post is is_post


def test_what_is_not_the_blogs_is_kept_on_one_line() -> None:
    kept = fields('tocdepth: 2\nmyst: {html_meta: {a: "b\\nc"}}\nabstract: x\ntitle: y')[
        0
    ].passthrough
    assert "\n" not in kept
    assert json.loads(kept) == {"tocdepth": 2, "myst": {"html_meta": {"a": "b\nc"}}}


@given(front_matter)
def test_no_front_matter_makes_it_fail(text: str) -> None:
    try:
        matter = read(text)
    except FrontMatterError:
        return
    assert matter is not None
    found, problems = read_fields(matter, "x.md", UTC)
    assert "\n" not in found.passthrough
    assert all(1 <= problem.line <= text.count("\n") for problem in problems)
    assert found.withheld == any(problem.withholds for problem in problems)


def test_a_date_that_cannot_be_read_withholds_the_post_unless_the_future_is_published() -> None:
    for publish_undated in (False, True):
        found, problems = fields("date: soon", publish_undated=publish_undated)
        assert found.withheld == problems[-1].withholds == (not publish_undated)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("tags: [one, ' Two ', one]", [("one", 3), ("Two", 3)]),
        ("tags: one, two words , one,", [("one", 3), ("two words", 3)]),
        ("tags:\n- one\n- 2024", [("one", 4), ("2024", 5)]),
        ("tags: ''", []),
    ],
)
def test_tags_are_a_list_or_a_text_with_commas(yaml: str, expected: list[tuple[str, int]]) -> None:
    found, problems = fields(yaml)
    assert [(tag.text, tag.line) for tag in found.tags] == expected
    assert problems == []


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("excerpt: One\nsummary: Two", "One"),
        ("excerpt: ''\nsummary: >\n  Two\n  lines", "Two lines"),
        ("summary: null", ""),
    ],
)
def test_the_excerpt_goes_before_the_summary(yaml: str, expected: str) -> None:
    found = fields(yaml)[0].excerpt
    assert (found.text if found else "") == expected


@pytest.mark.parametrize(
    ("yaml", "pinned", "problems"),
    [
        ("featured: true", True, []),
        ("pin: yes\nfeatured: false", True, []),
        ("featured: 'true'", True, [(Subtype.VALUE, 3)]),
        ("featured: a.png", False, [(Subtype.VALUE, 3)]),
        ("", False, []),
    ],
)
def test_what_is_featured_is_pinned_and_never_hides_a_post(
    yaml: str, *, pinned: bool, problems: list[tuple[Subtype, int]]
) -> None:
    found = fields(yaml)[0]
    assert (found.pinned, found.withheld) == (pinned, False)
    assert subtypes(yaml) == problems


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("It&#8217;s &#x2014; caf&eacute;&hellip;", "It’s — café…"),
        ("It&amp;#8217;s", "It’s"),
        ("Vec&lt;T&gt;", "Vec<T>"),
        ("One&nbsp;two", "One\u00a0two"),
        ("&amp;lt;", "&lt;"),
        # What the title speaks of, and what is no entity.
        ("What is &nbsp;?", "What is &nbsp;?"),
        ("&shy; and &zwj;", "&shy; and &zwj;"),
        ("Use `&amp;` in HTML", "Use `&amp;` in HTML"),
        ("R&D; AT&T &notit; &#;", "R&D; AT&T &notit; &#;"),
    ],
)
def test_html_entities_are_decoded_with_a_warning(written: str, read_as: str) -> None:
    found, problems = fields(
        f"title: '{written}'\nseo: {{title: '{written}'}}\ncategory: [{{label: '{written}'}}]\n"
        f"tags: ['{written}']\nauthor: '{written}'\nimage: {{src: i.png, alt: '{written}'}}"
    )
    titles = [found.title, found.short_title, *found.tags, *found.authors]
    assert [item.text for item in titles if item] == [read_as] * 4
    assert [item.label for item in found.categories] == [read_as]
    assert found.head.image_alt == read_as
    lines = [3, 4, 5, 6, 7, 8] if written != read_as else []
    assert sorted(problem.line for problem in problems) == lines
    assert {problem.subtype for problem in problems} <= {Subtype.VALUE}
