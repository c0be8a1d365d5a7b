"""Old addresses lead to the pages that took their place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from helpers import parsed, post, tree
from hypothesis import given
from hypothesis import strategies as st
from rich_site import BASE

from sphinx_openinfra_blog.model.paths import PathError, checked, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from helpers import Built, Site


def target(built: Built, file: str) -> str:
    """Return where a redirect leads, as a path below the site's root."""
    soup = parsed(built.out / file)
    refresh = soup.find("meta", attrs={"http-equiv": "refresh"})
    delay, _, address = refresh["content"].partition("; url=")
    assert delay == "0"
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert soup.find("a")["href"] == address
    absolute = urljoin(f"https://x.example/{file}", address)
    return str(absolute.removeprefix("https://x.example/"))


def redirects(built: Built) -> dict[str, str]:
    """Return every redirect of the output."""
    return {
        path.relative_to(built.out).as_posix(): target(
            built, path.relative_to(built.out).as_posix()
        )
        for path in sorted(built.out.rglob("*.htm*"))
        if b'<meta http-equiv="refresh"' in path.read_bytes()
        if b"noscript" not in path.read_bytes()
    }


def test_aliases_lead_to_their_post(rich_either: Built) -> None:
    html = rich_either.app.builder.name == "html"
    own, many = (
        ("blog/aliased.html", "blog/Many.html") if html else ("blog/aliased/", "blog/Many/")
    )
    found = redirects(rich_either)
    assert {name for name, to in found.items() if to == own} == {
        "old/path/index.html",
        "top.html",
        "sp ace/index.html",
        "from.php/index.html",
    }
    # An address written in several ways is one.
    assert {name for name, to in found.items() if to == many} == {
        "way/index.html",
        "blog/many/index.html" if html else "Blog/Many.html",
    }


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_what_only_looks_like_a_file_is_an_address_below_the_blog(
    site: Callable[..., Site], builder: str
) -> None:
    files = {
        "blog/a.md": post(seo="{url: 'https://old.example/blog/node.js'}"),
        "blog/b.md": post(
            "B", aliases="[/blog/vue.js, /old.js, /sitemap.xml, /robots.txt, /blog/rss.xml]"
        ),
    }
    built = site(files).build(builder)
    assert len(built.warnings) == 4
    assert all("is the name of a file" in item.text for item in built.warnings)
    own = {"blog/node.js/index.html"} if builder == "html" else set()
    assert set(redirects(built)) == own | {"blog/vue.js/index.html"}


BAD = {
    "../x": "'..'",
    "/a/../../b": "'..'",
    "/a%2fb": "percent",
    "C:\\x": "scheme",
    "javascript:alert(1)": "scheme",
    "/": "missing path",
    "/a*b": "'*'",
    "/_static/x": "reserved",
    "/" + "x" * 2000: "too long",
}


def each_on_a_line(aliases: Iterable[str]) -> str:
    """Return a list in YAML; the first entry is on line 6 of a post."""
    return "".join(f"\n  - {json.dumps(alias)}" for alias in aliases)


def test_an_alias_that_no_page_can_have_is_warned_of(site: Callable[..., Site]) -> None:
    built = site({"blog/a.md": post(aliases=each_on_a_line(BAD))}).build()
    assert [(item.file, item.line, item.type) for item in built.warnings] == [
        ("blog/a.md", line, "openinfra_blog.alias") for line in range(6, 6 + len(BAD))
    ]
    for says, item in zip(BAD.values(), built.warnings, strict=True):
        assert says in item.text
    assert redirects(built) == {}


TAKEN = (
    "/index.html",
    "/page",
    "/page/",
    "/PAGE",
    "/search",
    "/genindex/",
    "/searchindex.js",
    "/objects.inv/x",
    "/blog/b",
    "/blog/B/",
    "/blog",
    "/blog/category/news",
    "/blog/atom.xml",
    "/blog/category/news/atom.xml/",
    "/extra.html",
    "/folder",
    "/extra.txt/below",
    "/own/",
    "/top.html",
)


def test_an_alias_never_takes_the_place_of_anything(site: Callable[..., Site]) -> None:
    made = site(
        {
            "page.md": "---\norphan: true\n---\n# Page\n",
            "top.html.md": "---\norphan: true\n---\n# A folder under dirhtml\n",
            **{f"blog/x{number}.md": post(f"X{number}") for number in range(len(TAKEN))},
            "blog/b.md": post("B", category="News"),
            "extra/extra.html": "mine",
            "extra/extra.txt": "mine",
            "extra/folder/index.html": "mine",
        },
        html_extra_path=["extra"],
        exclude_patterns=["extra"],
        html_additional_pages={"own": "page.html"},
        html_baseurl=BASE,
    )
    before = tree(made.build("dirhtml").out)
    rivals = {
        f"blog/x{number}.md": post(f"X{number}", aliases=json.dumps([alias]))
        for number, alias in enumerate(TAKEN)
    }
    made.write(rivals)
    built = made.build("dirhtml")
    assert sorted((item.file, item.line, item.type) for item in built.warnings) == sorted(
        (file, 5, "openinfra_blog.alias") for file in rivals
    )
    after = tree(built.out)
    for name in rivals:
        assert after.pop(f"_sources/{name}.txt") != before.pop(f"_sources/{name}.txt")
    assert after == before


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_an_alias_never_is_the_address_of_another_page(
    site: Callable[..., Site], builder: str
) -> None:
    aliases = ["/blog/b", "/Blog/B/", "/blog/b.html", "/blog/category/news", "/blog/tag"]
    # Under dirhtml the page for searching is search/index.html.
    aliases += ["/search.html"] if builder == "html" else ["/search/"]
    files = {"blog/b.md": post("B", category="News", tags="[one]")}
    rivals = {f"blog/x{number}.md": post(aliases=f"[{a}]") for number, a in enumerate(aliases)}
    built = site(files | rivals).build(builder)
    assert sorted((item.file, item.line, item.type) for item in built.warnings) == [
        (file, 5, "openinfra_blog.alias") for file in rivals
    ]
    assert redirects(built) == {}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_an_alias_never_takes_the_place_of_another_extensions_page(
    site: Callable[..., Site], builder: str
) -> None:
    alias = "/404.html" if builder == "html" else "/404"
    made = site(
        {"blog/a.md": post(aliases=f"[{alias}]"), "blog/b.md": post("B")},
        extensions=["sphinx_openinfra_blog", "notfound.extension"],
    )
    for _build in range(2):
        built = made.build(builder)
        assert [(item.file, item.line) for item in built.warnings] == [("blog/a.md", 5)]
        assert "already used by another extension" in built.text
        assert redirects(built) == {}
    made.write({"blog/a.md": post()})
    assert made.build(builder).path("404").is_file()


def test_of_those_that_claim_an_alias_the_visible_and_earliest_has_it(rich: Built) -> None:
    assert target(rich, "claimed/index.html") == "blog/middle.html"
    found = [item for item in rich.warnings if item.file in {"blog/early.md", "blog/late.md"}]
    assert len(found) == 2
    assert all("already used by 'blog/middle.md'" in item.text for item in found)


@pytest.mark.parametrize(
    ("old", "expected"),
    [("top.html", f"{BASE}blog/aliased.html"), ("older/index.html", "https://first.example/b")],
)
def test_a_redirect_names_the_address_that_counts(rich: Built, old: str, expected: str) -> None:
    soup: Any = parsed(rich.out / old)
    assert soup.find("link", rel="canonical")["href"] == expected


def test_a_redirect_shows_the_title_as_readers_see_it(site: Callable[..., Site]) -> None:
    catalog = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalog += 'msgid "A title"\nmsgstr "<b>Ein & $Titel</b>"\n'
    files = {
        "blog/a.md": post("A title", aliases="[/old]"),
        "locales/de/LC_MESSAGES/blog.po": catalog,
    }
    built = site(files, locale_dirs=["locales"]).build(language="de")
    soup: Any = parsed(built.out / "old/index.html")
    assert soup.title.get_text() == soup.a.get_text() == "<b>Ein & $Titel</b>"
    assert soup.html["lang"] == "de"


MOVED = {
    "blog/a.md": post(
        author="Jimmy McArthur",
        category="OpenStack",
        seo="{url: 'https://old.example/blog/kept'}",
    )
}


@pytest.mark.parametrize("slugs", ["slug", "kebab"])
def test_a_moved_blogs_terms_are_where_they_were(site: Callable[..., Site], slugs: str) -> None:
    made = site(MOVED, openinfra_blog_slugs=slugs)
    names = {"slug": ("openstack", "jimmy-mcarthur"), "kebab": ("open-stack", "jimmy-mc-arthur")}
    category, author = names[slugs]
    found = redirects(made.build())
    for old in names.values():
        if slugs == "slug" or old == names["kebab"]:
            assert found[f"blog/category/{old[0]}/index.html"] == f"blog/category/{category}.html"
            assert found[f"blog/author/{old[1]}/index.html"] == f"blog/author/{author}.html"
    in_folders = redirects(made.build("dirhtml"))
    assert set(in_folders) == (
        {"blog/category/open-stack/index.html", "blog/author/jimmy-mc-arthur/index.html"}
        if slugs == "slug"
        else set()
    )


def test_a_blog_that_was_nowhere_leaves_no_such_redirects(site: Callable[..., Site]) -> None:
    built = site({"blog/a.md": post(author="Jimmy McArthur", category="OpenStack")}).build()
    assert redirects(built) == {}


def test_the_content_systems_author_pages_lead_to_the_authors(site: Callable[..., Site]) -> None:
    made = site(
        {
            **MOVED,
            "authors/jimmy-mcarthur-1.md": "---\nauthorName: Jimmy McArthur\n---\n",
            "authors/özgür.md": "---\nauthorName: Jimmy McArthur\n---\n",
            "authors/nobody.md": "---\nauthorName: Nobody\n---\n",
            "author/taken.md": "---\norphan: true\n---\n# T\n",
            "authors/taken.md": "---\nauthorName: Jimmy McArthur\n---\n",
            # Her page is not that of an author whose name is the same as her file's.
            "authors/jimmy-mcarthur.md": "---\nauthorName: Jane McArthur\n---\n",
        },
        openinfra_blog_authors="authors",
        exclude_patterns=["authors"],
    )
    built = made.build("dirhtml")
    assert built.text == ""
    found = {name: to for name, to in redirects(built).items() if name.startswith("author/")}
    assert found == {
        "author/jimmy-mcarthur-1/index.html": "blog/author/jimmy-mcarthur/",
        "author/özgür/index.html": "blog/author/jimmy-mcarthur/",
    }
    assert "<h1>T" in (built.out / "author/taken/index.html").read_text(encoding="utf-8")


REDIRECTED = {
    "blog/a.md": post(aliases="[/old, /sp ace]", seo="{url: 'https://old.example/blog/kept'}"),
    "blog/hidden.md": post(hidePost="true", aliases="[/secret]"),
    "blog/draft.md": post(draft="true", aliases="[/later]"),
}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_servers_get_a_map_of_what_the_world_may_know(
    site: Callable[..., Site], builder: str
) -> None:
    made = site(REDIRECTED, html_baseurl=BASE)
    built = made.build(builder, openinfra_blog_redirect_map="maps/r.json")
    own = "/docs/blog/kept.html" if builder == "html" else "/docs/blog/kept/"
    expected = {"/docs/old": own, "/docs/sp%20ace": own}
    expected |= {"/docs/blog/kept": own} if builder == "html" else {}
    assert json.loads((built.out / "maps/r.json").read_bytes()) == expected
    # Cloudflare redirects from x.html to x by itself.
    expected.pop("/docs/blog/kept", None)
    lines = made.build(builder, openinfra_blog_redirect_map="_redirects").out / "_redirects"
    assert lines.read_text(encoding="utf-8") == "".join(
        f"{old} {new} 301\n" for old, new in sorted(expected.items())
    )
    assert not (built.out / "maps").exists()
    assert target(built, "secret/index.html") == own.removeprefix("/docs/").replace(
        "kept", "hidden"
    )


QUERIES = {
    "blog/five.md": post(
        "Five", "[x](/index.php?p=6)", aliases="[/index.php?p=5, '/?p=5&lang=en']"
    ),
    "blog/six.md": post("Six", aliases="[/index.php?p=6, /?p=6, /index.php]"),
}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_aliases_with_a_query_are_in_the_map_only(site: Callable[..., Site], builder: str) -> None:
    made = site(QUERIES)
    end = ".html" if builder == "html" else "/"
    built = made.build(builder, openinfra_blog_redirect_map="r.json")
    assert built.warnings == []
    assert json.loads((built.out / "r.json").read_bytes()) == {
        "/?lang=en&p=5": f"/blog/five{end}",
        "/?p=6": f"/blog/six{end}",
        "/index.php": f"/blog/six{end}",
        "/index.php?p=5": f"/blog/five{end}",
        "/index.php?p=6": f"/blog/six{end}",
    }
    assert {path.name for path in built.out.glob("index.php*")} == {"index.php"}
    assert "<h1>Site" in (built.out / "index.html").read_text(encoding="utf-8")
    link = built.body("blog/five").select_one(".blog-content > p a")
    assert link["href"].strip("./") == f"six{end}".strip("/")
    lines = made.build(builder, openinfra_blog_redirect_map="_redirects").out / "_redirects"
    assert lines.read_text(encoding="utf-8").splitlines() == [
        f"/ lang=en p=5 /blog/five{end} 301",
        f"/ p=6 /blog/six{end} 301",
        f"/index.php p=5 /blog/five{end} 301",
        f"/index.php p=6 /blog/six{end} 301",
        f"/index.php /blog/six{end} 301",
    ]


def test_two_posts_with_one_query_are_told_of(site: Callable[..., Site]) -> None:
    built = site({f"blog/{name}.md": post(name, aliases="/?p=5") for name in "ab"}).build()
    (warning,) = built.warnings
    assert warning.type == "openinfra_blog.alias"
    assert warning.text.startswith("cannot redirect from '/?p=5': already used by")


def test_a_map_takes_the_place_of_nothing(site: Callable[..., Site]) -> None:
    made = site(
        {**REDIRECTED, "extra/_redirects": "mine"},
        html_extra_path=["extra"],
        exclude_patterns=["extra"],
        openinfra_blog_redirect_map="_redirects",
        openinfra_blog_schedule="index.html",
    )
    built = made.build()
    assert built.types() == ["openinfra_blog.output", "openinfra_blog.output"]
    assert (built.out / "_redirects").read_text(encoding="utf-8") == "mine"
    assert "<h1>Site" in (built.out / "index.html").read_text(encoding="utf-8")


def test_files_that_options_ask_for_are_written_where_they_are_true(
    site: Callable[..., Site],
) -> None:
    names = {"openinfra_blog_redirect_map": "r.json", "openinfra_blog_schedule": "when.json"}
    made = site(REDIRECTED, **names)
    built = made.build("json")
    assert built.text == ""
    assert (built.out / "when.json").is_file()
    assert not (built.out / "r.json").exists()
    built = made.build(openinfra_blog_redirect_map="when.json")
    assert built.types() == ["openinfra_blog.output"]
    assert json.loads((built.out / "when.json").read_bytes()) == {"next": None}


@pytest.mark.parametrize("first", ["sphinx_openinfra_blog", "sphinx_reredirects"])
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_sphinx_reredirects_goes_first(
    site: Callable[..., Site], first: str, builder: str
) -> None:
    both = {"sphinx_openinfra_blog", "sphinx_reredirects"}
    made = site(
        {"blog/a.md": post(aliases="[/old, /other]"), "blog/b.md": post("B")},
        extensions=[first, *(both - {first})],
        redirects={"old": "https://theirs.example/", "blog/b": "https://theirs.example/b"},
    )
    for _build in range(2):
        built = made.build(builder)
        old = "old.html" if builder == "html" else "old/index.html"
        assert "theirs.example" in (built.out / old).read_text(encoding="utf-8")
        found = {(item.file, item.line) for item in built.warnings}
        # Under html theirs is old.html and ours would be old/index.html.
        assert ("blog/b.md", 0) in found
        assert (("blog/a.md", 5) in found) == (builder == "dirhtml")
        assert "other/index.html" in redirects(built)


def test_names_in_the_other_extensions_option_are_read_as_it_reads_them(
    site: Callable[..., Site],
) -> None:
    theirs = {"old": "one", "older/": "two", "oldest/index.html": "three", "blog/b*": "four"}
    built = site(
        {
            "blog/a.md": post(aliases=each_on_a_line(["/old", "/older", "/oldest"])),
            "blog/b1.md": post("B"),
            "blog/b2.md": post("B"),
        },
        extensions=["sphinx_openinfra_blog", "sphinx_reredirects"],
        redirects={key: f"https://theirs.example/{name}" for key, name in theirs.items()},
    ).build("dirhtml")
    for old, name in (("old", "one"), ("older", "two"), ("oldest", "three")):
        page = (built.out / old / "index.html").read_text(encoding="utf-8")
        assert f"theirs.example/{name}" in page
    found = {(item.file, item.line, item.type) for item in built.warnings}
    places = [
        ("blog/a.md", 6),
        ("blog/a.md", 7),
        ("blog/a.md", 8),
        ("blog/b1.md", 0),
        ("blog/b2.md", 0),
    ]
    assert found == {(*place, "openinfra_blog.alias") for place in places}


def test_the_option_of_an_extension_that_is_not_loaded_does_not_count(
    site: Callable[..., Site],
) -> None:
    made = site(
        {"blog/a.md": post(aliases="[/old]")}, redirects={"old": "https://theirs.example/"}
    )
    assert set(redirects(made.build("dirhtml"))) == {"old/index.html"}


@given(st.text(alphabet=st.sampled_from("ab./\\%2eEfF:\x00 ?#~éC"), max_size=30))
def test_no_alias_leaves_the_output(text: str) -> None:
    try:
        path = checked(path_of(text, "blog"))
    except PathError:
        return
    assert not path.startswith("/")
    assert not {"..", ".", ""} & set(path.split("/"))
    assert "\\" not in path
