"""The check without a build says what a build says."""

from __future__ import annotations

import json
import os
import re
from contextlib import chdir, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

import pytest
from helpers import PNG, post

from sphinx_openinfra_blog.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers import Built, Site

URL = "{url: https://old.example.org/blog/%s}"
ORPHAN = "---\norphan: true\n---\n"
LINKS = """\
[no scheme](openstack.org), [mail](name@example.org) and [empty]() and
[gone](https://old.example.org/blog/gone), [there](https://old.example.org/blog/x) and [<>](<>).

> [a path](/members/) and [a page](/page) and [page](../page.md) and [draft](draft.md#part)

# [In a heading](#)

- an item with <https://old.example.org/blog/gone> and [two](old.example.org/blog/gone)
- [relative](../about.html?x=1#team) and [slash](//example.com/a) and [media](/files/no.zip)

| a | b |
| - | - |
| [in a table][ref] | ![alt](</no such.png>) |

Text[^1] with [escaped\\]](www.example.org/a\\_b), `[code](openstack.org)`, and
[two](two.example.org) on ![two](/lines.png) lines.

[^1]: A note with a [link](openstack.org).

[ref]: openstack.org/x "A title"

<div>[HTML](openstack.org)</div>

    [code](openstack.org)

```{note}
[in a directive](openstack.org)
```

![no address]() ![found](pic.png) ![found](/files/pic%20two.png) ![missing](none.png)
![gone](/files/none.png) ![copied](/extra.png) ![data](data:image/png;base64,AAAA)
![web](//a.example/b.png), ![](pic.png) and ![ ](https://a.example/b.png), in
`code that
goes on` and <b>HTML that</b
>, [unlisted](https://old.example.org/blog/x-2), [unlisted](hidden.md) and\\
[visible](heading.md) ![&nbsp;](pic.png)
![` `](pic.png) [gone](https://old.example.org/blog/gone) [gone](https://old.example.org/blog/gone)
[path](path:draft.md) [inventory](inv:x#y) [known](other.md) [label](some-label)
[script](javascript:x)
"""
MISTAKES = {
    "blog/x.md": post("X", LINKS, seo=URL % "x"),
    "blog/second.md": post("X", "# X [l](openstack.org)\n\n# X [l](openstack.org)", seo=URL % "X"),
    "blog/heading.md": post("A [title]", "Text.\n\n# A [title](openstack.org)\n"),
    "blog/draft.md": post("D", "[l](openstack.org)", draft="true"),
    "blog/hidden.md": post("H", "[l](openstack.org)", hidePost="true", seo=URL % "x"),
    "blog/other.md": post("O", "[l](https://docs.example/blog/gone)", author="Ann Lee"),
    "blog/keys.md": post("K", authr="x", tags="[C, C++]", author="ann lee", seo="text"),
    "blog/values.md": post("[a]", canonical="x", category="[{value: ''}]", updated="soon"),
    "blog/address.md": post("A", permalink="../up", aliases="[../x]", slug="category"),
    "blog/outside.md": post("A", seo="{url: https://old.example.org/news/a}"),
    "blog/picture.md": post("P", image="none.png", seo="{twitterUsername: 'a b'}"),
    "blog/found.md": post("P", image="/files/pic two.png"),
    "blog/undated.md": post("U", date=""),
    "blog/untitled.md": post(""),
    "blog/when.md": post("W", date="2026-02-30"),
    "blog/flag.md": post("F", hidePost="maybe"),
    "blog/expires.md": post("E", expires="later"),
    "blog/yaml.md": "---\ntitle: A: b\n---\n",
    "blog/unclosed.md": "---\ntitle: A\n\nText\n",
    "blog/crlf.md": post("C", "[l](openstack.org)").replace("\n", "\r\n"),
    "blog/bom.md": "\ufeff" + post("B", "[l](openstack.org)"),
    "blog/own.md": post(
        "M", "[l](x:y) [m](openstack.org)", myst="{url_schemes: {https: null, x: null}}"
    ),
    "blog/rest.rst": post("R", "`l <openstack.org>`__ and `gone </gone>`__", authr="x"),
    "blog/page.md": ORPHAN + "# No post\n\n[l](openstack.org)\n",
    "blog/left/out.md": post("L", "[l](openstack.org)"),
    "page.md": ORPHAN + "# Page\n\n[l](openstack.org)\n",
    "blog/pic.png": "",
    "static/pic two.png": "",
    "extra/extra.png": "",
}
CONF: dict[str, object] = {
    "openinfra_blog_media": {"/files/": "static"},
    "openinfra_blog_categories": [{"id": "a", "label": "A!"}, {"id": "b", "label": "A"}],
    "html_extra_path": ["extra"],
    "html_baseurl": "https://docs.example/",
    "exclude_patterns": ["**/left"],
    "suppress_warnings": ["openinfra_blog.tag"],
    "myst_enable_extensions": ["deflist"],
}


class Said(NamedTuple):
    """What was said of a line."""

    file: str
    line: int
    text: str
    type: str


def by_build(built: Built) -> list[Said]:
    return sorted({Said(*item) for item in built.warnings})


def by_check(made: Site, *arguments: str) -> tuple[int, list[Said]]:
    out = StringIO()
    with redirect_stdout(out):
        status = main(["check", str(made.src), "--format", "json", *arguments])
    items = json.loads(out.getvalue())["problems"]
    prefix = f"{made.src.resolve()}/"
    return status, [
        Said(item["path"].removeprefix(prefix), item["line"], item["message"], item["type"])
        for item in items
    ]


@pytest.mark.matrix
def test_bodies_of_the_real_posts_are_reported_as_in_a_build(
    site: Callable[..., Site], corpus: Path
) -> None:
    folder = corpus / "openinfra"
    files = {f"blog/{path.name}": path.read_text("utf-8") for path in (folder / "blog").iterdir()}
    made = site(
        files,
        openinfra_blog_slugs="kebab",
        openinfra_blog_categories=str(folder / "blog-config.json"),
        openinfra_blog_authors=str(folder / "author"),
        openinfra_blog_media={"/img/": str(folder / "img")},
        html_baseurl="https://openinfra.org/",
    )
    built = by_build(made.build("dirhtml"))
    assert len(built) > 40
    assert by_check(made, "--bodies") == (1, built)


@pytest.fixture
def mistaken(site: Callable[..., Site]) -> Site:
    """Return a site with many mistakes."""
    made = site(MISTAKES, **CONF)
    for name in ("blog/pic.png", "static/pic two.png", "extra/extra.png"):
        (made.src / name).write_bytes(PNG)
    return made


def test_the_check_says_what_a_build_says(mistaken: Site) -> None:
    built = by_build(mistaken.build())
    assert by_check(mistaken, "--bodies") == (1, built)
    kinds = {item.type.partition(".")[2] for item in built}
    assert kinds >= set(
        "front_matter key value title date visibility address duplicate category author link"
        " own_link image alias alt_text hidden_link xref_missing".split()
    )
    # Without the bodies, what front matter alone tells.
    quick = by_check(mistaken)[1]
    assert quick == [item for item in built if item in quick]
    assert {item.type.partition(".")[2] for item in quick} == set(
        "front_matter key value title date visibility address duplicate category author"
        " image alias handle".split()
    )


def test_a_kept_folder_repeats_what_was_said_while_reading(mistaken: Site) -> None:
    mistaken.build()
    cache = mistaken.root / "cache"
    arguments = ("--bodies", "--cache", str(cache))
    first = by_check(mistaken, *arguments)
    doctrees = set(cache.rglob("*.doctree"))
    assert doctrees
    assert not list(cache.rglob("*.html"))
    assert not [
        path for path in mistaken.root.rglob("*.warnings.json") if cache not in path.parents
    ]

    def read_again() -> tuple[tuple[int, list[Said]], list[str]]:
        for path in doctrees:
            os.utime(path, (0, 0))
        said = by_check(mistaken, *arguments)
        return said, [path.stem for path in doctrees if path.stat().st_mtime]

    assert read_again() == (first, [])
    mistaken.write({"blog/other.md": MISTAKES["blog/other.md"] + "\n[two](two.example.org)\n"})
    (status, said), read = read_again()
    assert (status, read) == (1, ["other"])
    (new,) = set(said) - set(first[1])
    assert (new.file, new.type) == ("blog/other.md", "openinfra_blog.link")
    mistaken.remove("blog/rest.rst")
    assert "blog/rest.rst" not in {item.file for item in read_again()[0][1]}
    assert not (cache / "check-doctrees/blog/rest.warnings.json").exists()


@pytest.mark.parametrize("damage", [b"", b"[[", b"\xff", b"3", b"null", b'[["two"]]'])
def test_a_document_whose_kept_warnings_are_damaged_is_read_again(
    mistaken: Site, damage: bytes
) -> None:
    mistaken.build()
    cache = mistaken.root / "cache"
    arguments = ("--bodies", "--cache", str(cache))
    first = by_check(mistaken, *arguments)
    file = cache / "check-doctrees/blog/rest.warnings.json"
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert by_check(mistaken, *arguments) == first
    assert file.read_bytes() == whole


def test_named_files_options_and_severities_count_for_bodies_too(mistaken: Site) -> None:
    mistaken.build()
    out = StringIO()
    names = [f"blog/{name}.md" for name in ("crlf", "draft", "when")]
    with chdir(mistaken.src), redirect_stdout(out):
        status = main(["check", "--bodies", "--fail-on", "error", *names])
    lines = out.getvalue().splitlines()
    assert status == 1
    assert [line.rpartition(" ")[2] for line in lines[:-2]] == [
        "[openinfra_blog.link]", "[openinfra_blog.date]",
    ]  # fmt: skip
    assert lines[-2:] == [
        "3 posts checked: 1 error and 1 warning",
        "Not checked: the text of posts without a page (2), "
        "what is reported while pages are written",
    ]
    option = ("--option", "suppress_warnings=['openinfra_blog', 'myst']", "--bodies")
    assert by_check(mistaken, *option)[1] == []
    preview = ("--option", "preview=1", "--bodies")
    assert "blog/draft.md" in {item.file for item in by_check(mistaken, *preview)[1]}


def test_bodies_need_no_conf_py(site: Callable[..., Site]) -> None:
    made = site({"blog/l.md": post(body="[l](openstack.org)"), "conf.py": "1 / 0"})
    status, said = by_check(made, "--bodies", "--no-config")
    assert (status, [item.type for item in said]) == (1, ["openinfra_blog.link"])


LOADED = "extensions = ['sphinx_openinfra_blog']\n"


@pytest.mark.parametrize(
    ("conf", "message"),
    [
        ("extensions = ['not_installed_here']", "Could not import extension not_installed_here"),
        ("def setup(app): 1 / 0", "ZeroDivisionError: division by zero"),
        (f"{LOADED}def setup(app): app.connect('doctree-read', lambda *_: 1 / 0)", "by zero"),
        (f"{LOADED}root_doc = 'none'", "master document"),
    ],
)
def test_a_site_that_sphinx_cannot_read_is_named(
    site: Callable[..., Site], capsys: pytest.CaptureFixture[str], conf: str, message: str
) -> None:
    made = site({"blog/l.md": post(), "conf.py": conf})
    assert main(["check", str(made.src), "--bodies"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert message in err


HOSTILE = {
    "controls": post("'\\e[2J'", "[\x1b[31m](openstack\x1b[0m.org) ![](\u202e.png)"),
    "runner": post("'x'", "![](##[add-mask]x.png) ![](::error::x.png)"),
    "nul": post("T", "[l](a%00b.md) ![](a%00b.png)"),
    "long": post("T", f"[l]({'a' * 5000}.md) ![]({'a' * 5000}.png)"),
    "host": post("T", "[l](http://[x) [m](//[x) [n](/[x)", seo="{url: 'http://[x'}"),
    "deep": post("T", "> " * 50 + "[" * 500 + "](x)"),
    "parser": post("T", "[l](x.md)", myst="{url_schemes: [https], heading_anchors: 99}"),
    "role": post("T", "{x\x1b[2J}`y` {ref}`##[add-mask]`"),
}


def test_hostile_bodies_do_no_harm(
    site: Callable[..., Site], capsys: pytest.CaptureFixture[str]
) -> None:
    made = site({f"blog/{name}.md": text for name, text in HOSTILE.items()}, language="en")
    made.build()
    for form in ("text", "json", "github"):
        assert main(["check", str(made.src), "--bodies", "--format", form]) == 1
        out, err = capsys.readouterr()
        assert all(char.isprintable() or char == "\n" for char in out + err)
        if form != "json":
            assert not re.search(r"(?m)^::(?!warning |error )|^[^:]*##\w*\[", out)
