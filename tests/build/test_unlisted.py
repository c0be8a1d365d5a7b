"""An unlisted post is in nothing that other programs read, whatever the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from helpers import post
from sphinx.util.inventory import InventoryFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built, Site

BLOG = "sphinx_openinfra_blog"
HIDDEN = "# Hidden\n\n(secret-label)=\n\n## Secretpart\n\n```{py:function} secret_function\n```\n"
FILES = {
    "blog/a.md": post("Shown", "(shown-label)=\n\n## Part\n\nShownword."),
    "blog/hidden.md": post("Secrettitle", HIDDEN, hidePost="true", slug="quiet"),
    "blog/hidden.rst": "---\ntitle: Secretrest\ndate: 2026-01-01\nunlisted: true\n---\n\nText.\n",
}


def inventory(built: Built) -> Any:
    with (built.out / "objects.inv").open("rb") as file:
        return InventoryFile.load(file, "", lambda base, path: base + path)


def names_in(built: Built) -> str:
    found = inventory(built)
    return repr(getattr(found, "data", found))


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_it_is_in_no_inventory(site: Callable[..., Site], builder: str) -> None:
    made = site(FILES)
    made.remove("blog/hidden.rst")
    built = made.build(builder)
    found = names_in(built)
    assert "shown-label" in found
    for word in ("Secret", "secret", "quiet", "hidden"):
        assert word not in found
    first = (built.out / "objects.inv").read_bytes()
    assert (made.build(builder).out / "objects.inv").read_bytes() == first
    made.write({"blog/hidden.md": FILES["blog/hidden.md"].replace("hidePost: true", "x: y")})
    assert "secret_function" in names_in(made.build(builder))


def test_a_site_without_such_posts_keeps_its_inventory(site: Callable[..., Site]) -> None:
    made = site({"blog/a.md": FILES["blog/a.md"]})
    built = made.build()
    data = (built.out / "objects.inv").read_bytes()
    InventoryFile.dump(str(built.out / "again.inv"), built.app.env, built.app.builder)
    assert (built.out / "again.inv").read_bytes() == data


# That extension still uses what docutils will remove.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
def test_it_is_in_no_llms_txt(site: Callable[..., Site]) -> None:
    made = site(FILES, extensions=["sphinx_llms_txt", BLOG], html_copy_source=True)
    made.remove("blog/hidden.rst")
    for _build in range(2):
        built = made.build()
        for name in ("llms.txt", "llms-full.txt"):
            text = (built.out / name).read_text(encoding="utf-8")
            assert "Secret" not in text
            assert "quiet" not in text
        assert "Shown" in (built.out / "llms.txt").read_text(encoding="utf-8")
    assert built.read == set()


@pytest.mark.parametrize("theme", ["shibuya", "alabaster"])
def test_every_theme_shows_the_head_once(site: Callable[..., Site], theme: str) -> None:
    made = site(FILES, html_theme=theme, html_baseurl="https://docs.example.org/")
    made.remove("blog/hidden.rst")
    for jobs in (1, 2):
        built = made.build(jobs=jobs, out=f"{theme}{jobs}", doctrees=f"d{jobs}")
        robots = [
            tag["content"] for tag in built.html("blog/quiet").head.select('meta[name="robots"]')
        ]
        assert robots == ["noindex"]
        head = built.html("blog/a").head
        assert head.select('meta[name="robots"]') == []
        assert len(head.select('meta[property="article:published_time"]')) == 1
        assert len(head.select('script[type="application/ld+json"]')) == 1
        assert len(built.html("blog/year/2026").head.select('link[rel="canonical"]')) <= 1


def test_a_page_that_could_be_indexed_is_removed(site: Callable[..., Site]) -> None:
    made = site(FILES, html_theme="bare", html_theme_path=["themes"])
    made.remove("blog/hidden.rst")
    made.write(
        {
            "themes/bare/theme.conf": "[theme]\ninherit = none\nstylesheet = x.css\n",
            "themes/bare/page.html": "<html><head></head><body>{{ body }}</body></html>",
            "themes/bare/search.html": "<html></html>",
            "themes/bare/genindex.html": "<html></html>",
        }
    )
    built = made.build()
    assert (built.out / "blog/a.html").is_file()
    assert not (built.out / "blog/quiet.html").exists()
    (said,) = [item for item in built.warnings if item.type == "openinfra_blog.output"]
    assert "the theme 'bare'" in said.text
    assert said.file == "blog/hidden.md"
