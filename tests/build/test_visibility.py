"""Who sees which post: the states, their changes, and the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import post

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from helpers import Site


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
    links = [link.get_text() for link in built.body("blog/index").select("p.blog-title a")]
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
    assert built.body("blog/index").select_one("p.blog-title a").get_text() == "A"


def test_future_posts_can_be_published_at_once(site: Callable[..., Site]) -> None:
    files = {"blog/a.md": post("A", date="2099-01-01"), "blog/b.md": post("B", date="soon")}
    built = site(files, openinfra_blog_future="publish").build()
    links = [link.get_text() for link in built.body("blog/index").select("p.blog-title a")]
    assert links == ["A", "B"]
    assert built.types() == ["openinfra_blog.date"]
