"""Other extensions beside this one, really loaded."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from helpers import PNG, Site, post

if TYPE_CHECKING:
    from pathlib import Path

    from helpers import Built

BASE = "https://s.example/docs/"
NEIGHBOURS = [
    "sphinxext.opengraph",
    "sphinx_sitemap",
    "sphinx_reredirects",
    "notfound.extension",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx.ext.autosectionlabel",
    "sphinx_last_updated_by_git",
]
CONF: dict[str, object] = {
    "html_baseurl": BASE,
    "project": "Site",
    "ogp_site_url": BASE,
    "sitemap_url_scheme": "{link}",
    "autosectionlabel_prefix_document": True,
    # A site that is not in a repository, such as the one of a test.
    "suppress_warnings": ["git.subprocess_error", "git.dependency_not_found"],
}
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
#: What a page may say several times.
REPEATED = {"article:tag", "article:author", "article:section", "viewport"}


def tags(soup: Any) -> list[tuple[str, str]]:
    return [
        (tag.get("property") or tag.get("name"), tag["content"])
        for tag in soup.head.find_all("meta")
        if tag.get("property") or tag.get("name")
    ]


def said_twice(soup: Any) -> list[str]:
    keys = [key for key, _content in tags(soup) if key not in REPEATED]
    return [key for key in keys if keys.count(key) > 1]


def sitemap(built: Built) -> set[str]:
    tree = ET.parse(built.out / "sitemap.xml")  # noqa: S314
    return {str(loc.text).removeprefix(BASE) for loc in tree.iter(LOC)}


def repository(site: Site) -> None:
    """Commit the site, all in one second of 2026-03-04."""
    author = ["-c", "user.name=A", "-c", "user.email=a@s.example"]
    when = {"GIT_COMMITTER_DATE": "1772582400 +0000", "GIT_AUTHOR_DATE": "1772582400 +0000"}
    for command in (["init", "-q"], ["add", "."], [*author, "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=site.src, check=True, env={"PATH": PATH, **when})


PATH = "/usr/bin:/bin:/usr/local/bin"


def lay_out(root: Path, own: str) -> Site:
    """Lay a site out whose extension is the first or the last of all."""
    extensions = ["sphinx_openinfra_blog"]
    extensions = extensions + NEIGHBOURS if own == "first" else NEIGHBOURS + extensions
    made = Site(
        root,
        {
            "blog/a.md": post(
                "Plain", "![words](i.png)\n\n## Part\n\nText.", tags="[x, y]", author="Ann"
            ),
            "blog/b.md": post("With more", updated="2026-05-06", seo="{title: For machines}"),
            "blog/moved.md": post("Moved", seo=f"{{url: '{BASE}blog/moved/x'}}"),
            "blog/hidden.md": post("Hidden", hidePost="true"),
            "blog/draft.md": post("Draft", draft="true"),
            "page.md": "---\norphan: true\n---\n# P\n\n{ref}`blog/a:Part` {ref}`blog/a:Plain`\n",
        },
        {"extensions": extensions, **CONF},
    )
    (made.src / "blog/i.png").write_bytes(PNG)
    return made


FIRST_AND_LAST = ["first", pytest.param("last", marks=pytest.mark.matrix)]


@pytest.fixture(params=FIRST_AND_LAST)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """Return a site that each test may change."""
    return lay_out(tmp_path / "site", request.param)


@pytest.fixture(scope="module", params=FIRST_AND_LAST)
def beside(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Built]:
    """Return the outputs of that site, by builder."""
    made = lay_out(tmp_path_factory.mktemp("beside") / "site", request.param)
    return {builder: made.build(builder) for builder in ("html", "dirhtml")}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_no_tag_stands_twice_and_no_address_is_wrong(
    beside: dict[str, Built], builder: str
) -> None:
    built = beside[builder]
    assert built.text == ""
    for page in ("blog/a", "blog/b", "blog/hidden", "blog/index", "blog/tag/x", "blog/author/ann"):
        soup = built.html(page)
        assert said_twice(soup) == [], page
        said = dict(tags(soup))
        canonical = BASE + built.app.builder.get_target_uri(page)
        assert said["og:url"] == canonical, page
        assert [link["href"] for link in soup.find_all("link", rel="canonical")] == [canonical]
        is_post = page in {"blog/a", "blog/b", "blog/hidden"}
        assert said["og:type"] == ("article" if is_post else "website")


def test_the_blogs_own_facts_go_before_those_of_others(beside: dict[str, Built]) -> None:
    built = beside["html"]
    said = dict(tags(built.html("blog/b")))
    assert said["og:title"] == "For machines"
    assert said["article:modified_time"] == "2026-05-06T00:00:00Z"
    picture = dict(tags(built.html("blog/a")))
    assert picture["og:image"] == f"{BASE}_images/i.png"
    assert picture["og:image:alt"] == "words"
    assert picture["og:image:width"] == "1"


def test_what_a_site_sets_for_sharing_still_counts(made: Site) -> None:
    made.write(
        {"blog/b.md": post("B", **{"og:title": "By hand", "og:video": "https://v.example"})}
    )
    built = made.build(ogp_site_name="Another name", ogp_image="https://s.example/default.png")
    said = dict(tags(built.html("blog/b")))
    assert said["og:site_name"] == "Another name"
    assert said["og:image"] == "https://s.example/default.png"
    assert (said["og:title"], said["og:video"]) == ("By hand", "https://v.example")
    assert said_twice(built.html("blog/b")) == []
    assert dict(tags(built.html("blog/a")))["og:image"] == f"{BASE}_images/i.png"


def test_what_the_author_of_a_page_says_comes_first(made: Site) -> None:
    meta = '{"property=og:title": By hand, "property=og:image": "https://s.example/own.png"}'
    picture = "![words](i.png)"
    made.write({"blog/a.md": post("A", picture, myst=f"{{html_meta: {meta}}}")})
    made.write({"blog/b.md": post("B", ogp_disable="true", **{"og:title": "Not said"})})
    made.write({"blog/c.md": post("C", picture, **{"og:image": "https://s.example/own.png"})})
    built = made.build(ogp_image="https://s.example/default.png", ogp_image_alt="Default")
    said = dict(tags(built.html("blog/a")))
    assert said_twice(built.html("blog/a")) == []
    assert (said["og:title"], said["og:image"]) == ("By hand", "https://s.example/own.png")
    assert not {"og:image:alt", "og:image:width"} & said.keys()
    said = dict(tags(built.html("blog/c")))
    assert said["og:image"] == "https://s.example/own.png"
    assert "og:image:width" not in said
    assert dict(tags(built.html("blog/b")))["og:title"] == "B"


def test_the_time_of_the_last_commit_stands_in_for_a_missing_update(made: Site) -> None:
    made.build()
    repository(made)
    built = made.build(suppress_warnings=[], out="again", doctrees="fresh")
    assert built.text == ""
    said = dict(tags(built.html("blog/a")))
    assert said["article:modified_time"].startswith("2026-03-04T00:00:00")
    assert dict(tags(built.html("blog/b")))["article:modified_time"] == "2026-05-06T00:00:00Z"
    assert said_twice(built.html("blog/a")) == said_twice(built.html("blog/b")) == []


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_sitemap_holds_what_search_engines_may_see(
    beside: dict[str, Built], builder: str
) -> None:
    found = sitemap(beside[builder])
    end = ".html" if builder == "html" else "/"
    seen = {"a", "b", "moved/x", "tag/x", "author/ann"}
    assert {f"blog/{name}{end}" for name in seen} <= found
    assert not {name for name in found if re.search("hidden|draft|x/index", name)}


def test_worker_processes_make_the_same_sitemap(made: Site) -> None:
    made.write({f"blog/p{number}.md": post(f"P{number}") for number in range(8)})
    found = sitemap(made.build(jobs=2))
    assert found == sitemap(made.build(out="serial", doctrees="fresh"))
    assert "blog/p7.html" in found
    assert not {name for name in found if re.search("hidden|draft", name)}


def test_a_preview_is_not_in_the_sitemap(made: Site) -> None:
    built = made.build(openinfra_blog_preview=True)
    assert built.path("blog/draft").is_file()
    assert not {name for name in sitemap(built) if "draft" in name or "hidden" in name}


def test_what_a_site_leaves_out_of_the_sitemap_stays_out(made: Site) -> None:
    found = sitemap(made.build(sitemap_excludes=["search.html", "blog/a.html"]))
    assert not {"search.html", "blog/a.html", "blog/hidden.html"} & found


def test_the_page_for_missing_pages_names_nothing_of_the_blog(beside: dict[str, Built]) -> None:
    soup = beside["html"].html("404")
    assert {key for key, _content in tags(soup)} <= {"viewport", "generator"}
    assert not soup.find_all("link", rel="alternate")


def test_labels_made_of_headings_lead_into_posts(beside: dict[str, Built]) -> None:
    links = [link["href"] for link in beside["html"].body("page").select("p a.reference")]
    assert links == ["blog/a.html#part", "blog/a.html#plain"]
