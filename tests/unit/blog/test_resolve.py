"""Posts among one another: rival addresses, shared slugs, order and groups."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from sphinx_openinfra_blog.blog.order import newest_first
from sphinx_openinfra_blog.blog.resolve import resolve
from sphinx_openinfra_blog.blog.visibility import Source, Where, may_show, visibility_of
from sphinx_openinfra_blog.config.people import Person
from sphinx_openinfra_blog.config.settings import Settings
from sphinx_openinfra_blog.frontmatter.fields import Fields
from sphinx_openinfra_blog.frontmatter.values import CategoryMention, Located
from sphinx_openinfra_blog.model.posts import Moment, Profile, Taxonomy, Term, Visibility
from sphinx_openinfra_blog.model.problems import Subtype
from sphinx_openinfra_blog.model.slugs import slug_of

if TYPE_CHECKING:
    from sphinx_openinfra_blog.blog.blog import Blog


def rules(*categories: tuple[str, str], **changes: Any) -> Settings:
    values: dict[str, Any] = {
        "blog": "blog",
        "root": "",
        "pattern": "{slug}",
        "slugs": "slug",
        "timezone": UTC,
        "categories": tuple(
            Term(Taxonomy.CATEGORY, key, label, slug_of(label, "slug"))
            for key, label in categories
        ),
        "profiles": {},
        "roster": {},
        "preview": False,
    }
    return Settings(**(values | changes))


def source(name: str, day: int = 1, *, url: str = "", hidden: bool = False, **keys: Any) -> Source:
    instant = datetime(2025, 1, day, tzinfo=UTC)
    fields = Fields(
        is_post=True,
        title=Located(name.upper(), 2),
        date=Moment(instant, instant.isoformat()),
        source_url=Located(url, 7) if url else None,
        **keys,
    )
    visibility = Visibility.UNLISTED if hidden else Visibility.PUBLISHED
    return Source(f"blog/{name}.md", name, f"blog/{name}", fields, visibility)


def pages(resolved: Blog, taxonomy: Taxonomy) -> dict[str, str]:
    """Return the label and slug of each term with a page."""
    return {term.label: term.slug for term in resolved.terms.pages[taxonomy]}


def where(resolved: Blog) -> dict[str, str]:
    return {post.path: post.docname for post in resolved.posts.values()}


def test_the_visible_then_the_earliest_keeps_an_address() -> None:
    url = "https://o.example/blog/x"
    sources = [
        source("late", 3, url=url),
        source("early", 2, url=url.upper().replace("HTTPS://O.EXAMPLE", "https://o.example")),
        source("hidden", 1, url=url, hidden=True),
    ]
    resolved = resolve(sources, rules(), {})
    assert where(resolved) == {
        "blog/early.md": "blog/X",
        "blog/late.md": "blog/X-2".replace("X", "x"),
        "blog/hidden.md": "blog/x-3",
    }
    problems = [(item.subtype, item.path, item.line) for item in resolved.problems]
    assert problems == [
        (Subtype.ADDRESS, "blog/early.md", 7),
        (Subtype.DUPLICATE, "blog/late.md", 7),
        (Subtype.DUPLICATE, "blog/hidden.md", 7),
    ]
    others = [item.other for item in resolved.problems[1:]]
    assert others == ["blog/early.md", "blog/early.md"]


@pytest.mark.parametrize(
    "written",
    [
        "/blog/{{ page.fileSlug }}/",
        "/:year/:title/",
        "/blog/:slug",
        "{% if x %}y{% endif %}",
        "/blog/${title}/",
        "/blog/[slug]/",
        "/blog/<slug>/",
        "/blog/{slug}/",
        "/%year%/%postname%/",
        "pretty",
    ],
)
def test_a_template_of_another_program_is_no_permalink(written: str) -> None:
    resolved = resolve([source("a", permalink=Located(written, 4))], rules(), {})
    assert [*resolved.posts] == ["blog/a"]
    (problem,) = resolved.problems
    assert (problem.subtype, problem.line) == (Subtype.ADDRESS, 4)


def test_an_ordinary_page_keeps_its_place() -> None:
    resolved = resolve(
        [source("x"), source("y")],
        rules(),
        {"blog/X": "blog/X.md", "blog/y/index": "blog/y/index.rst"},
    )
    assert sorted(where(resolved).values()) == ["blog/x-2", "blog/y-2"]


def test_the_order_of_the_files_does_not_matter() -> None:
    sources = [
        source(f"p{n}", n % 5 + 1, url=f"/blog/{n % 3}", hidden=n % 4 == 0,
               categories=[CategoryMention("", f"c{n % 3}"), CategoryMention("i", f"l{n % 2}")],
               authors=[Located(("Ann", "ANN")[n % 2], 3)])
        for n in range(12)
    ]  # fmt: skip
    expected = resolve(sources, rules(), {})
    for seed in range(20):
        shuffled = random.Random(seed).sample(sources, len(sources))  # noqa: S311
        assert resolve(shuffled, rules(), {}) == expected
    assert len(set(where(expected).values())) == 12


@pytest.mark.parametrize(
    ("mention", "key"),
    [
        (("i1", "Anything"), "i1"),
        (("", "One"), "i1"),
        (("other", "One"), "i1"),
        (("i1", "plain"), "Plain"),
        (("", "i1"), "i1"),
        (("other", "Plain"), "Plain"),
        (("", "New"), "New"),
    ],
)
def test_a_category_is_known_by_its_label_else_by_its_id(
    mention: tuple[str, str], key: str
) -> None:
    posts = resolve(
        [source("a", categories=[CategoryMention(*mention)])],
        rules(("i1", "One"), ("Plain", "Plain")),
        {},
    ).posts
    assert [category.key for category in posts["blog/a"].categories] == [key]


def test_different_categories_with_one_slug_are_told_apart() -> None:
    mentions = [CategoryMention("", label) for label in ("C", "C#", "C++")]
    resolved = resolve([source("a", categories=mentions)], rules(), {})
    slugs = {"C": "c", "C#": "c-2", "C++": "c-3"}
    assert pages(resolved, Taxonomy.CATEGORY) == slugs
    assert [item.subtype for item in resolved.problems] == [Subtype.CATEGORY] * 2


def test_a_hidden_posts_own_category_has_no_page() -> None:
    resolved = resolve(
        [source("a", hidden=True, categories=[CategoryMention("", "Secret")])], rules(), {}
    )
    assert pages(resolved, Taxonomy.CATEGORY) == {}
    assert next(iter(resolved.posts.values())).categories[0].slug == ""


def test_two_spellings_of_an_author_share_a_page() -> None:
    sources = [
        source(name, authors=[Located(author, 3)])
        for name, author in (("a", "Jo Öl"), ("b", "Jo Ol"), ("c", "Jo Öl"))
    ]
    resolved = resolve(sources, rules(), {})
    assert pages(resolved, Taxonomy.AUTHOR) == {"Jo Öl": "jo-ol"}
    assert [(item.subtype, item.path) for item in resolved.problems] == [
        (Subtype.AUTHOR, "blog/b.md")
    ]
    listed = resolve(sources, rules(roster={"jo": Person("Jo Ol", "", Profile())}), {})
    assert pages(listed, Taxonomy.AUTHOR) == {"Jo Ol": "jo-ol"}


def test_different_tags_with_one_slug_are_told_apart() -> None:
    sources = [source("a", tags=[Located("C++", 5), Located("C", 6)]), source("b", 2)]
    resolved = resolve(sources, rules(), {})
    assert pages(resolved, Taxonomy.TAG) == {"C": "c", "C++": "c-2"}
    assert [tag.slug for tag in [*resolved.posts.values()][1].tags] == ["c-2", "c"]
    assert [(item.subtype, item.line) for item in resolved.problems] == [(Subtype.TAG, 5)]


def test_a_year_is_that_of_the_blogs_time_zone() -> None:
    silvester = Moment(datetime(2024, 12, 31, 23, 30, tzinfo=UTC), "")
    sources = [source("a", hidden=True), source("b")]
    sources[1].fields.date = silvester
    assert pages(resolve(sources, rules(), {}), Taxonomy.YEAR) == {"2024": "2024"}
    there = rules(timezone=ZoneInfo("Europe/Berlin"))
    assert pages(resolve(sources, there, {}), Taxonomy.YEAR) == {"2025": "2025"}


def test_authors_are_known_by_id_name_and_the_slug_that_the_roster_gives() -> None:
    ann = Person("Ann Lee", "ann", Profile(role="Editor"))
    sources = [source("a", authors=[Located("al", 3), Located("Ann Lee", 4), Located("Abe", 5)])]
    resolved = resolve(
        sources, rules(roster={"al": ann, "editor": Person("Ann Lee", "ann", Profile())}), {}
    )
    assert pages(resolved, Taxonomy.AUTHOR) == {"Abe": "abe", "Ann Lee": "ann"}
    assert len(next(iter(resolved.posts.values())).authors) == 2
    assert resolved.terms.profiles == {(Taxonomy.AUTHOR, "ann"): ann.profile}
    for name in ("al", "editor", "ann", "Ann Lee", "ann lee"):
        assert [term.slug for term in resolved.terms.find(Taxonomy.AUTHOR, name)] == ["ann"]


def test_a_name_may_mean_several_terms_until_case_tells_them_apart() -> None:
    mentions = [CategoryMention("", "C!"), CategoryMention("", "C"), CategoryMention("x", "Other")]
    terms = resolve([source("a", categories=mentions)], rules(), {}).terms

    def found(name: str) -> list[str]:
        return sorted(term.key for term in terms.find(Taxonomy.CATEGORY, name))

    assert found("C") == ["C"]
    assert found("c") == ["C"]
    assert found("c-2") == ["C!"]
    assert found("x") == ["Other"]
    assert found("nothing") == []


@pytest.mark.parametrize(
    "mentions",
    [
        [("v", "X"), ("", "X"), ("w", " X"), ("v", "")],
        [("", "Dask"), ("", "dask"), ("", "Dask"), ("", "DASK")],
        [("", "Cafe\u0301"), ("", "Caf\u00e9")],
    ],
)
def test_one_label_is_one_category_whatever_its_shape(mentions: list[tuple[str, str]]) -> None:
    sources = [
        source(f"p{number}", number, categories=[CategoryMention(*mention)])
        for number, mention in enumerate(mentions, 1)
    ]
    resolved = resolve(sources, rules(), {})
    (category,) = resolved.terms.pages[Taxonomy.CATEGORY]
    assert category.label == {"v": "X", "": mentions[0][1]}[mentions[0][0]]
    assert len(resolved.under[Taxonomy.CATEGORY, category.key]) == len(mentions)


def test_terms_stand_in_the_order_of_the_alphabet_whatever_their_accents() -> None:
    sources = [
        source(f"p{number}", number, tags=[Located(tag, 1)])
        for number, tag in enumerate(("Zen", "zebra", "Özgür", "edge", "Olm", "Édouard"), start=1)
    ]
    found = resolve(sources, rules(), {}).terms.pages[Taxonomy.TAG]
    names = [term.label for term in found]
    assert names == ["edge", "Édouard", "Olm", "Özgür", "zebra", "Zen"]


def test_tags_that_differ_in_case_are_one_with_a_warning() -> None:
    sources = [
        source("a", 1, tags=[Located("dask", 4)]),
        source("b", 2, tags=[Located("Dask", 5), Located("C++", 6)]),
        source("c", 3, tags=[Located("Dask", 7), Located("C", 8)]),
    ]
    resolved = resolve(sources, rules(), {})
    assert sorted(pages(resolved, Taxonomy.TAG)) == ["C", "C++", "Dask"]
    said = [(item.path, item.line) for item in resolved.problems if "one tag" in str(item.message)]
    assert said == [("blog/a.md", 4)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Visibility.PUBLISHED),
        ({"switch": Visibility.UNLISTED}, Visibility.UNLISTED),
        ({"switch": Visibility.DRAFT}, Visibility.DRAFT),
        ({"release": Moment(datetime(2099, 1, 1, tzinfo=UTC), "")}, Visibility.SCHEDULED),
        ({"date": Moment(datetime(2099, 1, 1, tzinfo=UTC), "")}, Visibility.SCHEDULED),
        ({"expires": Moment(datetime(2026, 1, 1, tzinfo=UTC), "")}, Visibility.EXPIRED),
        ({"expires": Moment(datetime(2027, 1, 1, tzinfo=UTC), "")}, Visibility.PUBLISHED),
    ],
)
def test_visibility(changes: dict[str, Any], expected: Visibility) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    assert visibility_of(Fields(**changes), rules(now=now)) is expected


SHOWN = {
    Where.PAGE: "published unlisted",
    Where.LISTING: "published",
    Where.FEED: "published",
    Where.SITEMAP: "published",
    Where.ENGINES: "published",
    Where.INVENTORY: "published",
    Where.SEARCH: "published",
    Where.REDIRECT: "published unlisted",
}


@pytest.mark.parametrize("where", Where)
def test_one_rule_decides_where_a_post_is_shown(where: Where) -> None:
    def shown(**changes: Any) -> list[str]:
        return [item.value for item in Visibility if may_show(item, where, rules(**changes))]

    public = SHOWN[where].split()
    previewed = [] if where is Where.REDIRECT else ["draft", "scheduled", "expired"]
    in_preview = where in {Where.PAGE, Where.LISTING, Where.SEARCH}
    assert shown() == public
    assert shown(preview=True) == public + (previewed if in_preview else [])
    in_feed = ["unlisted"] if where is Where.FEED else []
    assert shown(feed_unlisted=True) == public + in_feed


def test_newest_first_equal_instants_by_docname_undated_last() -> None:
    sources = [source("b", 2), source("a", 2), source("c", 3), source("d", 1)]
    sources[3].fields.date = None
    blog = resolve(sources, rules(), {})
    posts = [*blog.posts.values()]
    assert [post.docname[-1] for post in posts] == ["c", "a", "b", "d"]
    assert newest_first(reversed(posts)) == posts
    around = blog.neighbours["blog/a"]
    assert (around.newer, around.older) == (posts[0], posts[2])


def test_published_addresses_are_found_by_any_slug_and_case() -> None:
    made = rules(("i", "OpenStack"))
    resolved = resolve([source("a", url="/old", authors=[Located("Jo McA", 3)])], made, {})
    found = resolved.paths.find
    assert found("blog/OLD") == "blog/old"
    assert found("old") == "blog/old"
    assert found("blog/category/open-stack") == "blog/category/openstack"
    assert found("blog/author/jo-mc-a") == "blog/author/jo-mca"
    assert found("blog/nothing") is None


def test_an_alias_leads_to_the_first_that_claims_it_and_never_to_a_page_in_its_place() -> None:
    claims = [Located("/old", 5), Located("/blog/c", 5), Located("/blog/category/news", 5)]
    sources = [
        source("a", 1, hidden=True, aliases=claims),
        source("b", 2, aliases=claims),
        source("c", 3, aliases=claims),
    ]
    made = rules(("i", "News"))
    find = resolve(sources, made, {}).paths.find
    assert find("OLD") == "blog/b"
    assert find("blog/c") == "blog/c"
    assert find("blog/category/news") == "blog/category/news"


@pytest.mark.parametrize(
    ("pattern", "name", "docname"),
    [
        ("{year}/{month}/{slug}", "a", "blog/2025/01/a"),
        ("{year}{month}{day}-{slug}", "deep/a", "blog/20250101-deep/a"),
        ("file", "deep/a", "blog/deep/a"),
        ("{slug}-{year}", "a-{year}", "blog/a-{year}-2025"),
    ],
)
def test_the_option_permalink_makes_addresses(pattern: str, name: str, docname: str) -> None:
    resolved = resolve([source(name)], rules(pattern=pattern), {})
    assert [post.docname for post in resolved.posts.values()] == [docname]
