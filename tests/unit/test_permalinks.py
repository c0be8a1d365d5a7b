"""Slugs, paths and docnames."""

from __future__ import annotations

import string
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify
from strategies import addresses

from sphinx_openinfra_blog.permalinks import (
    SLUG_STYLES,
    PathError,
    checked,
    free,
    from_file_name,
    host_of,
    may_be_generated,
    path_of,
    permalink,
    slug_of,
)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://o.example/blog/foo/?x=1#y", ("blog/foo", None)),
        ("http://other.example/blog/Foo+Bar", ("blog/Foo+Bar", None)),
        ("https://o.example/blog/o.example/blog/foo", ("blog/o.example/blog/foo", None)),
        ("o.example/blog/foo", ("blog/foo", None)),
        ("/blog//a///b/", ("blog/a/b", None)),
        ("root-path", ("blog/root-path", "root-path")),
        ("https://o.example/news/a", ("blog/news/a", "news/a")),
        ("https://o.example/blog/a%20b", ("blog/a b", None)),
        ("https://o.example/blog/foo.html", ("blog/foo", "blog/foo.html")),
        ("https://o.example/blog/foo/index.html", ("blog/foo", "blog/foo/index.html")),
        ("https://o.example/BLOG/foo", ("blog/foo", "BLOG/foo")),
        ("https://o.example/blog/a:b%25c", ("blog/a-b-c", "blog/a:b%c")),
        ("https://o.example/blog/C:/x", ("blog/C-/x", None)),
        ("https://o.example/site/blog/foo", ("blog/foo", None)),
    ],
)
def test_the_path_is_the_identity(address: str, expected: tuple[str, str | None]) -> None:
    path = path_of(address, "blog", "https://o.example/site/")
    assert permalink(path, "blog") == expected


@pytest.mark.parametrize(
    "address",
    [
        "", "/", "https://o.example", "https://o.example/blog/", "/blog/index", "javascript:x",
        "/blog/../x", "/blog/%2e%2e/x", "/blog/a%2fb", "/blog/a%5cb", "/blog/a\\b", "/blog/./x",
        "/blog/a*", "/blog/a\x00b", "/blog/con", "/blog/_static/x", "/blog/category/x",
        "/blog/page/2", "/blog/atom.xml", "/blog/a.html/b", "/blog/.hidden", "http://[",
        "/blog/" + "x" * 300, "/blog/" + "x/" * 600, "/blog/%ff", "/blog/a\u202eb",
    ],
)  # fmt: skip
def test_addresses_that_no_page_can_have(address: str) -> None:
    with pytest.raises(PathError):
        permalink(path_of(address, "blog"), "blog")


@given(addresses)
def test_no_address_leaves_the_blog(address: str) -> None:
    try:
        docname, alias = permalink(path_of(address, "blog"), "blog")
    except PathError:
        return
    assert checked(docname) == docname
    assert docname.startswith("blog/")
    assert not {"..", ".", ""} & set(docname.split("/"))
    if alias is not None:
        assert checked(alias) == alias


@given(st.text(min_size=1, max_size=300))
def test_every_file_name_gives_a_docname(name: str) -> None:
    docname = from_file_name(name.strip("/") or "x", "blog")
    assert checked(docname) == docname
    assert docname.startswith("blog/")


@pytest.mark.parametrize(
    ("stem", "docname"),
    [
        ("15-years’-—-x", "blog/15-years’-—-x"),
        ("2024/Deep/post", "blog/2024/Deep/post"),
        ("bundle/index", "blog/bundle"),
        ("cafe\u0301", "blog/caf\u00e9"),
        ("category/x", "blog/category-post/x"),
        ("con", "blog/con-post"),
        ("a:b#c%", "blog/a-b-c-"),
    ],
)
def test_a_file_name_is_kept_as_it_is_where_it_can_be(stem: str, docname: str) -> None:
    assert from_file_name(stem, "blog") == docname


@pytest.mark.parametrize(
    ("label", "slugs"),
    [
        ("OpenStack", ("openstack", "openstack", "open-stack")),
        ("Jimmy McArthur", ("jimmy-mcarthur", "jimmy-mcarthur", "jimmy-mc-arthur")),
        ("Özgür Bal", ("ozgur-bal", "özgür-bal", "ozgur-bal")),
        ("News & Announcements", ("news-announcements",) * 3),
        ("StarlingX", ("starlingx", "starlingx", "starling-x")),
        ("AI4All HTTPServer", ("ai4all-httpserver", "ai4all-httpserver", "ai-4-all-http-server")),
    ],
)
def test_slugs_in_three_styles(label: str, slugs: tuple[str, str, str]) -> None:
    assert tuple(slug_of(label, style) for style in SLUG_STYLES) == slugs


@pytest.mark.parametrize("style", SLUG_STYLES)
@given(label=st.text(max_size=60))
def test_a_slug_is_never_empty_and_always_a_name(style: str, label: str) -> None:
    slug = slug_of(label, style)
    assert checked(f"blog/{slug}")
    assert "/" not in slug
    assert slug == slug_of(label, style)


@given(st.lists(st.text(string.ascii_letters + string.digits, min_size=1), min_size=1))
def test_words_that_are_plain_have_the_slug_that_the_library_makes(words: list[str]) -> None:
    label = " ".join(words)[:150].strip()
    for style in ("slug", "unicode"):
        slug = slugify(label, allow_unicode=style == "unicode")
        assert slug_of(label, style) in {slug, f"{slug}-term"}


def test_a_build_with_plain_labels_loads_no_tables() -> None:
    code = (
        "import sys; from sphinx_openinfra_blog.permalinks import slug_of;"
        "slug_of('Open Infra', 'slug'), slug_of('openInfra 2', 'kebab');"
        "sys.exit('text_unidecode' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_labels_without_letters_get_a_slug_of_their_own() -> None:
    slugs = [slug_of(label, "slug") for label in ("!!!", "???", "")]
    assert all(slug.startswith("term-") and len(slug) == 13 for slug in slugs)
    assert len(set(slugs)) == 3


def test_names_are_freed_case_aside() -> None:
    assert free("Foo", {"foo", "foo-2"}) == "Foo-3"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://O.Example/x", "o.example"),
        ("https://o.example:443/", "o.example"),
        ("http://o.example:443/", "o.example:443"),
        ("https://user@o.example/", "o.example"),
        ("/x", ""),
        ("http://[", ""),
        ("http://x:port/", ""),
    ],
)
def test_the_host_of_an_address(address: str, host: str) -> None:
    assert host_of(address) == host


def test_names_that_generated_pages_could_have() -> None:
    could = {
        "b/index",
        "b/tag",
        "b/author/x",
        "b/year/2025/page/2",
        "b/page/2",
        "page/2",
        "x/page/9",
    }
    others = {
        "b",
        "b/x",
        "b/tags",
        "tag",
        "b/x/page",
        "b/page",
        "x/pages/2",
        "b/page/two",
        "index",
    }
    assert {name for name in could | others if may_be_generated(name, "b")} == could
