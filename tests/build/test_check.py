"""The check without a build says what a build says."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
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
    own = (item for item in built.warnings if item.type.startswith("openinfra_blog."))
    return sorted({Said(*item) for item in own})  # the check names equal ones of a line once


def by_check(folder: Path, *arguments: str) -> list[Said]:
    out = StringIO()
    with redirect_stdout(out):
        main(["check", str(folder), "--format", "json", *arguments])
    items = json.loads(out.getvalue())["problems"]
    prefix = f"{folder.resolve()}/"
    return sorted(
        Said(item["path"].removeprefix(prefix), item["line"], item["message"], item["type"])
        for item in items
    )


@pytest.mark.matrix
def test_the_check_says_of_the_real_posts_what_a_build_says(
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
    assert by_check(made.src) == built


def test_the_check_says_what_a_build_says(site: Callable[..., Site]) -> None:
    made = site(MISTAKES, **CONF)
    for name in ("blog/pic.png", "static/pic two.png", "extra/extra.png"):
        (made.src / name).write_bytes(PNG)
    built = by_build(made.build())
    # What only a build tells: the text of what is no Markdown, and of directives.
    inside = MISTAKES["blog/x.md"].partition("[in a directive]")[0].count("\n") + 1
    beyond = {("blog/rest.rst", 8), ("blog/x.md", inside)}
    expected = [item for item in built if (item.file, item.line) not in beyond]
    assert len(built) - len(expected) == 3
    assert by_check(made.src) == expected
    kinds = {item.type.partition(".")[2] for item in expected}
    assert kinds >= set(
        "front_matter key value title date visibility address duplicate category author link"
        " own_link image alias".split()
    )
