"""Markup in every field, shown in every place: it is text there, and makes nothing new."""

from __future__ import annotations

import json
import re
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import html5lib
import pytest
from helpers import PNG, post, tree
from sphinx import version_info
from sphinx.util.inventory import InventoryFile

from sphinx_openinfra_blog.model.slugs import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from helpers import Built, Site

#: HTML, a script's end, CDATA's end, entities that are not decoded, templates, roles,
#: substitutions, Markdown, formats.
NASTY = (
    "\"'><img src=x onerror=alert(1)></title></script><script>alert(1)</script><!-- -->"
    "<![CDATA[ ]]> &amp &lt &quot &nosuch; {{ 7*7 }} {% raw %} {doc}`index` :doc:`index`"
    " |release| `x`_ x_ **b** $url ${x} %s %(x)s {x} <b> http://e.example/ -- ... \\ \\n # ~"
)
FIELDS = "title label head about text alt".split()
NAMES = [f"{field}{number}" for number in range(3) for field in FIELDS]
NAMES += "ann eve category-text bio role company social tag other-tag".split()


def hostile(name: str) -> str:
    """Return a text of its own for each field."""
    number = NAMES.index(name)
    mark = "abcdef"[number // 6] + "abcdef"[number % 6]
    return f"kx{mark}xk {NASTY} kz{mark}zk"


def harmless(name: str) -> str:
    """Return a text with the same slug."""
    return slug_of(hostile(name), "kebab").replace("-", " ")


PLAIN = {name: harmless(name) for name in NAMES}


def files(text: Callable[[str], str], *, in_toctree: bool) -> dict[str, str]:
    """Return a site in which each field holds a text of its own.

    :param in_toctree: whether sidebars show a post.
    """
    posts = {}
    for number in range(3):
        yaml = {name: json.dumps(text(f"{name}{number}")) for name in FIELDS}
        # These are Markdown, in which every sign can be escaped.
        for name in ("about", "text"):
            yaml[name] = json.dumps(re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text(f"{name}{number}")))
        posts[f"blog/p{number}.{'rst' if number == 1 else 'md'}"] = post(
            yaml["title"],
            date=f"2025-01-0{number + 1}",
            author=json.dumps(text("eve")) if number == 2 else "ann",
            category=f"[{{value: c, label: {json.dumps(text('category-text'))}}},"
            f" {{label: {yaml['label']}}}]",
            tags=f"[{json.dumps(text('tag'))}, {json.dumps(text('other-tag'))}]",
            seo=f"{{title: {yaml['head']}, description: {yaml['about']},"
            f" url: 'https://old.example/blog/old{number}'}}",
            excerpt=yaml["text"],
            cover=f"{{image: /dot.png, alt: {yaml['alt']}}}",
            aliases=f"[/before/{number}]",
            subtitle=json.dumps(text("tag")),
            **{"og:site": json.dumps(text("tag"))},
        )
    index = "# S\n\n```{toctree}\nblog/index\npage\n```\n"
    if in_toctree:
        index = index.replace("page", "blog/old1\npage")
    archive = "# News\n\n```{blog}\n:style: cards\n:group-by: author\n```\n"
    page = (
        "# Page\n\nWords first.\n\n{blog:post}`old0` {blog:category}`c` {blog:author}`ann`\n\n"
        "```{blog}\n:show: tags\n```\n\n```{blog}\n:group-by: category\n```\n"
    )
    return posts | {"index.md": index, "blog/index.md": archive, "page.md": page}


def options(text: Callable[[str], str]) -> dict[str, object]:
    """Return the options that hold texts of others."""
    ann = {
        "name": text("ann"),
        "bio": text("bio"),
        "title": text("role"),
        "company": text("company"),
        "url": "https://e.example/?q=1&r='",
        "email": "ann@e.example",
        "socials": {text("social"): "https://e.example/"},
        "avatar": "dot.png",
    }
    category = {"id": "c", "label": text("category-text"), "slug": "c", "description": text("bio")}
    return {
        "html_baseurl": "https://s.example/",
        "openinfra_blog_authors": {"ann": ann},
        "openinfra_blog_categories": [category],
        "openinfra_blog_term_feeds": ("atom", "rss", "json"),
        "openinfra_blog_redirect_map": "map.json",
        "openinfra_blog_slugs": "kebab",
        "openinfra_blog_paginate": 1,
        # That names are not in the options, or nearly.
        "suppress_warnings": ["openinfra_blog"],
    }


def as_html(text: str) -> str:
    return escape(text, quote=False)


def as_javascript(text: str) -> str:
    return json.dumps(text)[1:-1].replace("<", "\\u003c")


def as_twice_quoted(text: str) -> str:
    return text.replace('"', "&quot;")


#: Where texts are not simply texts; the last two in openstackdocs, where they are not read.
QUOTED = {"script": as_javascript, "link title": as_twice_quoted, "i title": unescape}


def as_hostile(written: str, quoted: Callable[[str], str] = str) -> str:
    """Return a text of the harmless site as the other must have it."""
    for name, text in PLAIN.items():
        written = written.replace(text, quoted(hostile(name)))
    return written


def pairs(element: ET.Element) -> Iterator[tuple[str, str]]:
    """Return every element and attribute of a tree with its text, in order."""
    for item in element.iter():
        tag = str(item.tag)
        yield tag, item.text or ""
        yield f"{tag} tail", item.tail or ""
        for key, value in sorted(item.attrib.items()):
            # Ids are made of titles.
            yield (
                f"{tag} {key}",
                re.sub(r"^#?[a-z0-9-]+$", "", value) if key in {"id", "href"} else value,
            )


def values(data: Any) -> Iterator[tuple[str, str]]:
    """Return every value of JSON with its place, in order."""
    if isinstance(data, dict | list):
        for key, item in data.items() if isinstance(data, dict) else enumerate(data):
            yield from ((f"{key}.{place}", text) for place, text in values(item))
    else:
        yield type(data).__name__, str(data)


def content_of(name: str, data: bytes) -> list[tuple[str, str]]:
    """Return what a program reads in a file of the output."""
    if name.endswith(".json"):
        return list(values(json.loads(data)))
    if name.endswith(".fjson"):
        # Templates take each of these for HTML, but for what the front matter says besides.
        found = json.loads(data)
        found.pop("meta", None)
        texts = [text.encode() for _place, text in values(found)]
        return [pair for text in texts for pair in content_of("", text)]
    if name.endswith(".xml"):
        return list(pairs(ET.fromstring(data)))  # noqa: S314 (our own)
    document = html5lib.parse(data.decode(), namespaceHTMLElements=False)
    found = []
    for place, text in pairs(document):
        if place == "script" and text.startswith("{"):
            found += list(values(json.loads(text)))
        else:
            found.append((place, text))
    return found


def assert_same_but_for_the_texts(name: str, plain: bytes, nasty: bytes) -> None:
    """Check that a file holds the same things, and each text as it was written."""
    before, after = content_of(name, plain), content_of(name, nasty)
    assert [place for place, _text in before] == [place for place, _text in after], name
    of_feed = name.endswith((".xml", "feed.json"))
    for (place, text), (_place, now) in zip(before, after, strict=True):
        quoted = QUOTED.get(place, as_html if of_feed else str)
        assert now in {as_hostile(text), as_hostile(text, quoted)}, (name, place)


def assert_indexes_hold(built: Built) -> None:
    """Check what other sites and the search read."""
    with (built.out / "objects.inv").open("rb") as file:
        inventory: Any = InventoryFile.load(file, "", lambda base, path: base + path)
    objects = inventory.data if hasattr(inventory, "data") else inventory
    found = objects["blog:post"]["old0"]
    shown = getattr(found, "display_name", None) or found[3]
    assert shown == " ".join(hostile("title0").split())
    assert all("\n" not in name for names in objects.values() for name in names)
    text = (built.out / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    # The search page of earlier versions would take it for HTML, so nothing there finds the post.
    assert (hostile("title1") in index["alltitles"]) == (version_info >= (9,))


THEMES = ["furo", "sphinx_rtd_theme", "pydata_sphinx_theme", "openstackdocs", "alabaster"]


@pytest.mark.parametrize(
    ("theme", "builder"),
    [
        ("basic", "html"),
        pytest.param("basic", "dirhtml", marks=pytest.mark.matrix),
        pytest.param("basic", "json", marks=pytest.mark.matrix),
        *(pytest.param(theme, "html", marks=pytest.mark.matrix) for theme in THEMES),
    ],
)
def test_no_text_becomes_markup_anywhere(
    site: Callable[..., Site], theme: str, builder: str
) -> None:
    built = []
    conf = (
        {"openstackdocs_bug_project": "x", "openstackdocs_repo_name": "x/y"}
        if theme == "openstackdocs"
        else {}
    )
    for text in (harmless, hostile):
        # This theme writes the titles of all documents into its menu as they are.
        shown = files(text, in_toctree=theme != "pydata_sphinx_theme")
        made = site(shown, html_theme=theme, **options(text), **conf)
        (made.src / "dot.png").write_bytes(PNG)
        built.append(made.build(builder))
        assert built[-1].text == ""
    plain, nasty = (tree(item.out) for item in built)
    assert plain.keys() == nasty.keys()
    read = [name for name in plain if name.endswith((".html", ".xml", ".json", ".fjson"))]
    assert len(read) > 20
    for name in read:
        if "searchindex" not in name:
            assert_same_but_for_the_texts(name, plain[name], nasty[name])
    if builder == "html":
        assert_indexes_hold(built[1])
