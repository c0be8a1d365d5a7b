"""Paths and docnames."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import addresses

from sphinx_openinfra_blog.model.paths import (
    PathError,
    checked,
    free,
    from_file_name,
    may_be_generated,
    path_of,
    permalink,
)
from sphinx_openinfra_blog.model.urls import host_of


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


def test_a_folder_called_index_is_not_the_blog_itself() -> None:
    assert from_file_name("index/index", "blog") == "blog/index-post"
