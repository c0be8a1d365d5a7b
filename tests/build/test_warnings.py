"""Problems are named at their file and line, and harm nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers import Site, post, tree
from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

ORPHAN = "---\norphan: true\n---\n\n"
BROKEN = {
    "yaml": ("---\ntitle: A: b\n---\n", 2, "front_matter"),
    "unclosed": ("---\ntitle: A\n\nText\n", 1, "front_matter"),
    "no mapping": ("---\n- a\n---\n", 2, "front_matter"),
    "date": (post("T", date="2026-02-30"), 4, "date"),
    "flag": (post("T", hidePost="maybe"), 5, "visibility"),
    "expires": (post("T", expires="later"), 5, "visibility"),
    "bytes": ("---\ntitle: T\ndate: 2026-01-01\n---\n\n\udcff\n", 6, "front_matter"),
}


def test_broken_posts_are_named_and_left_out_and_harm_nothing(site: Callable[..., Site]) -> None:
    others = {"blog/y.md": post("Y", author="Ann"), "blog/z.rst": ":orphan:\n\nZ\n=\n"}
    clean = site(others).build()
    made = site(others)
    for name, (text, _line, _subtype) in BROKEN.items():
        (made.src / f"blog/{name}.md").write_bytes(text.encode("utf-8", "surrogateescape"))
    built = made.build()
    assert sorted((item.file, item.line, item.type) for item in built.warnings) == sorted(
        (f"blog/{name}.md", line, f"openinfra_blog.{subtype}")
        for name, (_text, line, subtype) in BROKEN.items()
    )
    assert tree(built.out) == tree(clean.out)


#: Front matter -> the line that is named, and the type; the post is there all the same.
DOUBTFUL: list[tuple[dict[str, str], int, str]] = [
    ({"title": "[a]"}, 3, "value"),
    ({"titel": "x"}, 0, ""),
    ({"hidepost": "true"}, 5, "key"),
    ({"draft": "'false'"}, 5, "value"),
    ({"category": "[{value: ''}]"}, 5, "value"),
    ({"seo": "text"}, 5, "value"),
    ({"permalink": "../up"}, 5, "address"),
    ({"seo": "\n  title: >\n    folded\n    text\n  url: https://o.example/"}, 9, "address"),
    ({"seo": "{url: 'javascript:alert(1)'}"}, 5, "address"),
    ({"date": ""}, 1, "date"),
    ({"title": ""}, 1, "title"),
]


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with a post for each."""
    files = {f"blog/x{n}.md": post(**keys) for n, (keys, _line, _type) in enumerate(DOUBTFUL)}
    return Site(tmp_path_factory.mktemp("doubtful") / "site", files).build()


@pytest.mark.parametrize("number", range(len(DOUBTFUL)))
def test_a_doubtful_value_is_named_at_its_line_and_the_post_is_there(
    doubtful: Built, number: int
) -> None:
    _keys, line, subtype = DOUBTFUL[number]
    found = [item for item in doubtful.warnings if item.file == f"blog/x{number}.md"]
    first = [(line, f"openinfra_blog.{subtype}")] if subtype else []
    assert [(item.line, item.type) for item in found][:1] == first
    assert (doubtful.out / f"blog/x{number}.html").is_file()


def test_of_two_posts_with_one_address_both_are_named(site: Callable[..., Site]) -> None:
    files = {
        "blog/a.md": post("A", date="2025-01-02", seo="{url: /blog/x}"),
        "blog/b.md": post("B", date="2025-01-01", seo="{url: /blog/X}"),
        "blog/c.md": post("C", date="2024-01-01", seo="{url: /blog/x}", hidePost="true"),
    }
    built = site(files).build()
    titles = [built.body(name).h1.get_text() for name in ("blog/X", "blog/x-2", "blog/x-3")]
    assert titles == ["B¶", "A¶", "C¶"]
    assert built.types() == ["openinfra_blog.duplicate"] * 2
    assert "blog/b.md" in built.warnings[0].text


def test_a_post_does_not_take_the_place_of_an_ordinary_page(site: Callable[..., Site]) -> None:
    files = {"blog/mine.md": ORPHAN + "# Mine\n", "blog/a.md": post("A", permalink="/blog/mine")}
    built = site(files).build()
    assert built.body("blog/mine").h1.get_text() == "Mine¶"
    assert built.body("blog/mine-2").h1.get_text() == "A¶"
    assert [item.file for item in built.warnings] == ["blog/a.md"]
    assert built.types() == ["openinfra_blog.duplicate"]
    assert "'blog/mine.md'" in built.warnings[0].text


def test_all_mistakes_in_conf_py_are_named_at_once(site: Callable[..., Site]) -> None:
    with pytest.raises(ConfigError) as caught:
        site({}).build(
            openinfra_blog_path="../x",
            openinfra_blog_timezone="Mars/Olympus",
            openinfra_blog_slugs="fancy",
            openinfra_blog_media={"img": "nowhere"},
            openinfra_blog_categories="missing.json",
        )
    message = str(caught.value)
    for name in ("path", "timezone", "slugs", "media", "categories"):
        assert f"openinfra_blog_{name}" in message


def test_posts_in_a_globbed_toctree_are_warned_of(site: Callable[..., Site]) -> None:
    index = "# S\n\n```{toctree}\n:glob:\n\nblog/*\n```\n"
    built = site({"index.md": index, "blog/a.md": post("A")}).build()
    assert [(item.file, item.type) for item in built.warnings] == [
        ("index.md", "openinfra_blog.toctree")
    ]


def test_the_bodys_own_warnings_are_those_of_plain_sphinx(site: Callable[..., Site]) -> None:
    body = (
        "Text [^1].\n\n```nolexer\nx\n```\n\n{unknown}`role`\n\n[^2]: unused\n\n"
        "---\n\n[l](no-label)\n"
    )
    plain = site({"page.md": f"{ORPHAN}# T\n\n{body}"}).build()
    blog = site({"blog/x.md": post("T", body)}).build()
    expected = [(item.text, item.type) for item in plain.warnings]
    assert [(item.text, item.type) for item in blog.warnings] == expected
    assert len(expected) >= 4
