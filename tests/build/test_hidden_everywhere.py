"""Hidden posts are nowhere: every byte of every output is searched for what they say."""

from __future__ import annotations

import itertools
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from helpers import PNG, post, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from helpers import Built, Site

BASE = "https://s.example/docs/"
#: A word of its own for each thing that a post says. No stemmer shortens them.
WORDS = {
    "title": "qxtitlo",
    "body": "qxbodo",
    "file": "qxfilo",
    "path": "qxpatho",
    "author": "qxauthoro",
    "category": "qxcategoro",
    "tag": "qxtago",
    "excerpt": "qxexcerpto",
    "description": "qxdescripto",
    "alias": "qxaliaso",
    "image": "qximago",
    "handle": "qxhandlo",
    "guid": "qxguido",
    "headtitle": "qxheado",
}
STATES: dict[str, dict[str, str]] = {
    "published": {},
    "unlisted": {"hidePost": "true"},
    "draft": {"draft": "true"},
    "scheduled": {"date": "2099-01-01"},
    "expired": {"expires": "2026-02-01"},
}
NOWHERE = ("draft", "scheduled", "expired")
CONF: dict[str, object] = {
    "extensions": ["sphinx_openinfra_blog", "sphinx_sitemap"],
    "html_baseurl": BASE,
    "project": "Site",
    "sitemap_url_scheme": "{link}",
    "openinfra_blog_term_feeds": ["atom", "rss", "json"],
    "openinfra_blog_redirect_map": "redirects.json",
    "openinfra_blog_schedule": "schedule.json",
    "openinfra_blog_paginate": 2,
    "epub_show_urls": "no",
    "suppress_warnings": ["epub"],
}


def hidden_post(state: str) -> str:
    w = WORDS
    return post(
        w["title"],
        f"{w['body']}\n\n![{w['image']}]({w['image']}.png)\n",
        **{
            "date": "2026-01-05",
            "author": w["author"],
            "category": w["category"],
            "tags": f"[{w['tag']}]",
            "excerpt": w["excerpt"],
            "description": w["description"],
            "aliases": f"[/{w['alias']}]",
            "seo": f"{{url: 'https://{w['guid']}.example/blog/{w['path']}',"
            f" title: {w['headtitle']}, twitterUsername: {w['handle']}}}",
        }
        | STATES[state],
    )


@pytest.fixture
def made(site: Callable[..., Site]) -> Site:
    others = {
        f"blog/p{day}.md": post(f"P{day}", date=f"2026-01-0{day}", author="Ann", tags="[x]")
        for day in (3, 4, 6, 7)
    }
    archive = "# News\n\n```{blog}\n```\n\n```{blog}\n:show: tags\n```\n"
    made = site({**others, "blog/index.md": archive}, **CONF)
    (made.src / "blog" / f"{WORDS['image']}.png").write_bytes(PNG)
    return made


def in_state(made: Site, state: str) -> None:
    made.write({f"blog/{WORDS['file']}.md": hidden_post(state)})


def contents(path: Path) -> Iterator[bytes]:
    """Return what a file holds, unpacked."""
    data = path.read_bytes()
    if path.suffix == ".epub":
        with zipfile.ZipFile(path) as archive:
            yield from (name.encode() + archive.read(name) for name in archive.namelist())
    elif path.suffix == ".inv":
        yield zlib.decompress(data.split(b"\n", 4)[4])
    else:
        yield data


def traces(built: Built) -> dict[str, set[str]]:
    """Return what each file of the output says of the post, its own name included."""
    found: dict[str, set[str]] = {}
    for path in sorted(built.out.rglob("*")):
        name = path.relative_to(built.out).as_posix()
        if not path.is_file() or ".doctrees" in name:
            continue
        text = "\n".join([name, *(item.decode("utf-8", "replace") for item in contents(path))])
        said = {key for key, word in WORDS.items() if word in text.casefold()}
        if said:
            found[name] = said
    return found


@pytest.mark.parametrize("builder", ["html", "dirhtml", "epub", "json", "latex"])
def test_what_has_no_page_leaves_nothing(made: Site, builder: str) -> None:
    made.write({f"blog/{WORDS['file']}-{state}.md": hidden_post(state) for state in NOWHERE})
    assert traces(made.build(builder)) == {}


#: Whatever is on a post's own page.
ITS_PAGE = set(WORDS) - {"file", "alias", "guid"}
#: Each file that may tell of an unlisted post, and what it may say.
OF_UNLISTED: dict[str, dict[str, set[str]]] = {
    "html": {
        "blog/qxpatho.html": ITS_PAGE,
        "blog/qxpatho/index.html": {"path", "title"},
        "qxaliaso/index.html": {"path", "alias", "title"},
        "blog/author/qxauthoro.html": {"author"},
        "blog/author/qxauthoro/index.html": {"author"},
        "_sources/blog/qxpatho.md.txt": set(WORDS) - {"file"},
        "_images/qximago.png": {"image"},
        "searchindex.js": {"path", "file"},
        "objects.inv": {"path", "title"},
    },
    "dirhtml": {
        "blog/qxpatho/index.html": ITS_PAGE,
        "qxaliaso/index.html": {"path", "alias", "title"},
        "blog/author/qxauthoro/index.html": {"author"},
        "_sources/blog/qxpatho.md.txt": set(WORDS) - {"file"},
        "_images/qximago.png": {"image"},
        "searchindex.js": {"path", "file"},
        "objects.inv": {"path", "title"},
    },
    "json": {
        "blog/qxpatho.fjson": ITS_PAGE,
        "blog/author/qxauthoro.fjson": {"author"},
        "_sources/blog/qxpatho.md.txt": set(WORDS) - {"file"},
        "_images/qximago.png": {"image"},
        "searchindex.json": {"path", "file"},
        "objects.inv": {"path", "title"},
        # What Sphinx itself knows of its documents.
        "environment.pickle": set(WORDS),
    },
    "latex": {},
}


@pytest.mark.parametrize("builder", OF_UNLISTED)
def test_an_unlisted_post_has_its_page_and_nothing_tells_of_it(made: Site, builder: str) -> None:
    in_state(made, "unlisted")
    found = traces(made.build(builder))
    allowed = OF_UNLISTED[builder]
    beyond = {name: said - allowed.get(name, set()) for name, said in found.items()}
    assert {name: said for name, said in beyond.items() if said} == {}
    # The search itself finds what it looks for.
    assert builder == "latex" or {"title", "body", "author"} <= next(
        said for name, said in found.items() if name in allowed and allowed[name] == ITS_PAGE
    )


def test_counts_and_neighbours_pass_over_hidden_posts(made: Site) -> None:
    """A hidden post is in the middle: p3, p4, it, p6, p7."""
    for state in ("unlisted", *NOWHERE):
        in_state(made, state)
        built = made.build(out=state, doctrees=f"{state}-doctrees")
        counts = [count.text for count in built.body("blog/index").select(".blog-count")]
        assert set(counts) == {"4"}
        pages = built.body("blog/year/2026").select(".blog-pager li")
        assert [page.get_text() for page in pages] == [
            "1",
            "2",
            "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
        ]
        links = _neighbours(built.html("blog/p6"))
        assert links == {"prev": "p4.html", "next": "p7.html"}


def _neighbours(soup: Any) -> dict[str, str]:
    return {rel: soup.find("link", rel=rel)["href"] for rel in ("prev", "next")}


#: The others are more of the same.
USUAL = {("published", "unlisted"), ("published", "draft"), ("scheduled", "published")}
CHANGES = [
    pytest.param(*change, marks=() if change in USUAL else pytest.mark.matrix)
    for change in itertools.permutations(STATES, 2)
]


@pytest.mark.parametrize(("before", "after"), CHANGES)
def test_after_a_change_the_output_is_as_if_it_had_always_been_so(
    made: Site, before: str, after: str
) -> None:
    in_state(made, before)
    made.build()
    in_state(made, after)
    built = made.build()
    clean = made.build(out="clean", doctrees="fresh")
    assert _without_sphinxs_own(built) == _without_sphinxs_own(clean)
    if after in NOWHERE:
        found = traces(built)
        # Sphinx's index keeps the words of a page that is gone, each with an empty list.
        words = (built.out / "searchindex.js").read_text(encoding="utf-8")
        left = re.sub(r'"\w+":\s*\[\]', "", words)
        assert not [word for word in WORDS.values() if word in left]
        assert found.keys() <= {"searchindex.js"}


def _without_sphinxs_own(built: Built) -> dict[str, bytes]:
    """Return the output without what other programs get wrong in a second build.

    sphinx-sitemap names only those pages that are written in the build.
    """
    return {name: data for name, data in tree(built.out).items() if name != "sitemap.xml"}


@pytest.mark.parametrize("state", ["unlisted", *NOWHERE])
def test_a_preview_tells_no_machine(made: Site, state: str) -> None:
    """Feeds, the sitemap, redirects and the inventory are for others than the writers."""
    in_state(made, state)
    found = traces(made.build(openinfra_blog_preview=True))
    assert f"blog/{WORDS['path']}.html" in found
    machines = re.compile(r"(.*\.(xml|inv)|.*feed\.json|redirects\.json|schedule\.json)$")
    told = {name: said for name, said in found.items() if machines.match(name)}
    # Sphinx's own entry for each document.
    assert told.pop("objects.inv", set()) <= {"path", "title"}
    assert told == {}
