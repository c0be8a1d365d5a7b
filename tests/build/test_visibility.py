"""Who sees which post: the states, their changes, and the preview."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from helpers import post

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built, Site


STATES = {
    "draft": {"draft": "true"},
    "scheduled": {"date": "2099-01-01"},
    "expired": {"expires": "2026-02-01"},
    "unreadable date": {"date": "soon"},
    "unreadable flag": {"hidePost": "perhaps"},
}
WORD = "Xylophonist"


def traces(built: Built) -> list[str]:
    """Return the files of the output that hold the post's words or name."""
    found = []
    for path in built.out.rglob("*"):
        if path.is_file() and ".doctrees" not in path.parts:
            text = path.read_bytes().decode("utf-8", "replace").casefold()
            name = path.relative_to(built.out).as_posix()
            if WORD.casefold() in text or WORD.casefold() in name.casefold():
                found.append(name)
    return found


def hidden_post(**keys: str) -> str:
    return post(WORD, WORD, author=WORD, category=WORD, **keys)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_post_without_a_page_leaves_nothing(
    site: Callable[..., Site], state: str, builder: str
) -> None:
    made = site({f"blog/{WORD}.md": hidden_post(**STATES[state]), "blog/y.md": post("Y")})
    assert traces(made.build(builder)) == []


@pytest.mark.parametrize("state", STATES)
def test_a_withdrawn_post_leaves_nothing_of_an_earlier_build(
    site: Callable[..., Site], state: str
) -> None:
    made = site({f"blog/{WORD}.md": hidden_post(), "blog/y.md": post("Y")})
    assert traces(made.build()) != []
    made.write({f"blog/{WORD}.md": hidden_post(**STATES[state])})
    # Sphinx's search index forgets the page, but not every word of it (an empty list stays).
    assert [name for name in traces(made.build()) if name != "searchindex.js"] == []


def test_an_unlisted_post_has_its_page_and_its_authors_only(site: Callable[..., Site]) -> None:
    made = site({f"blog/{WORD}.md": hidden_post(hidePost="true"), "blog/y.md": post("Y")})
    assert sorted(traces(made.build())) == [
        f"_sources/blog/{WORD}.md.txt",
        f"blog/{WORD}.html",
        f"blog/author/{WORD.casefold()}.html",
        "searchindex.js",
    ]
    index = (made.root / "html/searchindex.js").read_text(encoding="utf-8")
    assert len(re.findall(WORD, index, re.IGNORECASE)) == 2  # docname and file name


def test_a_preview_shows_what_waits_and_says_so(site: Callable[..., Site]) -> None:
    made = site(
        {
            "blog/a.md": post("A", draft="true"),
            "blog/b.md": post("B", date="2099-01-01"),
            "blog/c.md": post("C", expires="2026-02-01"),
            "blog/d.md": post("D", hidePost="true"),
        },
        openinfra_blog_preview=True,
    )
    built = made.build()
    links = [link.get_text() for link in built.body("blog/index").select(".blog-title a")]
    assert links == ["B", "A", "C"]
    for name in "abc":
        page = built.html(f"blog/{name}")
        assert page.select_one(".blog-preview") is not None
        assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert built.body("blog/d").select_one(".blog-preview") is None
    assert made.build(openinfra_blog_preview=False).pages() >= {"blog/d.html"}
    assert not (built.out / "blog/a.html").exists()


def test_a_scheduled_post_appears_when_its_date_comes(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site({"blog/a.md": post("A", date="2027-01-01T12:00:00+02:00")})
    assert not made.build().path("blog/a").exists()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798797600")
    built = made.build()
    assert built.read == {"blog/a"}
    assert built.body("blog/index").select_one(".blog-title a").get_text() == "A"


def test_future_posts_can_be_published_at_once(site: Callable[..., Site]) -> None:
    files = {"blog/a.md": post("A", date="2099-01-01"), "blog/b.md": post("B", date="soon")}
    built = site(files, openinfra_blog_future="publish").build()
    links = [link.get_text() for link in built.body("blog/index").select(".blog-title a")]
    assert links == ["A", "B"]
    assert built.types() == ["openinfra_blog.date"]
