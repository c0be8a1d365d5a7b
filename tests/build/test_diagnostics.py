"""Every diagnostic is exact: at its line, and the same in every way of building."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers import post

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built, Site

BODY = """\
The first line,
the [second](openstack.org), the
[third](https://o.example/blog/no)\\
and ![this](no.png) one.
Two: [a](https://o.example/blog/gone), [b](https://o.example/blog/gone).

> A quote,
> [d](zuulci.org)

- an item
  [e][]

| [f](opendev.org) |
|------------------|
| [g](kata.dev)    |

# One [heading](storyboard.org)

[e]: airshipit.org
"""
RST = """\
---
title: >
  A folded
  title
date: 2026-01-02
---

The first line,
the `second <openstack.org>`_, the
`third <https://o.example/blog/no>`_.

.. image:: no.png
   :alt: Nothing
"""


def found(built: Built) -> list[tuple[str, int, str]]:
    """Return the file, the line and the kind of each warning."""
    kinds = ((item.file, item.line, item.type.partition(".")[2]) for item in built.warnings)
    return sorted(kinds)


def test_what_stands_in_a_paragraph_is_named_at_its_own_line(site: Callable[..., Site]) -> None:
    files = {
        "blog/a.md": post("T", BODY, seo="{url: https://o.example/blog/a}"),
        "blog/crlf.md": post("T", BODY).replace("\n", "\r\n"),
        "blog/mark.md": "\ufeff" + post("T", BODY),
        "blog/r.rst": RST,
    }
    built = site(files).build()
    expected = [
        (1, "link"), (2, "own_link"), (3, "image"), (4, "own_link"), (4, "own_link"), (7, "link"),
        (10, "link"), (12, "link"), (14, "link"), (16, "link"),
    ]  # fmt: skip
    begins = {"blog/a.md": 8, "blog/crlf.md": 7, "blog/mark.md": 7}
    assert found(built) == sorted(
        [(file, begin + line, kind) for file, begin in begins.items() for line, kind in expected]
        + [("blog/r.rst", 9, "link"), ("blog/r.rst", 10, "own_link"), ("blog/r.rst", 12, "image")]
    )


def test_a_link_to_an_unlisted_post_is_named_where_it_gives_that_away(
    site: Callable[..., Site],
) -> None:
    links = """\
[by address](https://o.example/blog/hidden) and
[by path](/blog/hidden),
[by file](hidden.md),
{doc}`by name <hidden>`,
{blog:post}`by role <hidden>`,
[to a visible one](a.md)."""
    url = "{url: https://o.example/blog/hidden}"
    files = {
        "blog/a.md": post("A", links),
        "blog/also.md": post("Also", links, hidePost="true"),
        "blog/hidden.md": post("H", hidePost="true", seo=url),
        "blog/page.md": f"# A page\n\n{{blog:post}}`hidden`\n\n{links}",
    }
    built = site(files).build()
    hidden = [item for item in found(built) if item[2] == "hidden_link"]
    assert hidden == [("blog/a.md", line, "hidden_link") for line in range(7, 12)]
    assert "unlisted post 'blog/hidden.md'" in built.text


IMAGES = """\
![](https://o.example/1.png) ![ ](https://o.example/2.png)
[![](https://o.example/3.png)](https://o.example/) ![said](https://o.example/x.png)

```{image} https://o.example/4.png
```

```{image} https://o.example/x.png
:alt:
```

```{image} https://o.example/x.png
:alt: said
```

```{figure} https://o.example/x.png

A caption says it.
```

```{figure} https://o.example/5.png
```
"""


def test_an_image_without_alternative_text_is_named(site: Callable[..., Site]) -> None:
    page = f"---\norphan: true\n---\n\n# No post\n\n{IMAGES}"
    built = site({"blog/a.md": post("A", IMAGES), "page.md": page}).build()
    images = {item.text.split("'")[1][-5]: item.line for item in built.warnings}
    del images["4"]  # MyST-Parser 4 does not know the line of this directive
    assert images == {"1": 7, "2": 7, "3": 8, "5": 26}
    assert {(file, kind) for file, _line, kind in found(built)} == {("blog/a.md", "alt_text")}


@pytest.mark.parametrize(
    ("silenced", "expected"),
    [
        ([], ["alt_text", "link"]),
        (["openinfra_blog.link"], ["alt_text"]),
        (["openinfra_blog.link", "openinfra_blog.alt_text"], []),
        (["openinfra_blog"], []),
    ],
)
def test_a_strict_build_fails_unless_every_kind_that_is_there_is_silenced(
    site: Callable[..., Site], silenced: list[str], expected: list[str]
) -> None:
    made = site({"blog/a.md": post("A", "[l](openstack.org) ![](https://o.example/x.png)")})
    built = made.build(strict=True, suppress_warnings=silenced)
    assert found(built) == [("blog/a.md", 7, kind) for kind in expected]
    assert built.app.statuscode == bool(expected)


def test_what_strangers_wrote_is_shown_on_one_short_line(site: Callable[..., Site]) -> None:
    target = "\u202egro.example.org/%1b%5b31m" + "x" * 9000
    image = f"![](</{target}>)"
    tags = f"['{'C' * 9000}', '{'C' * 9000}+']"
    files = {
        "blog/a.md": post("A", f"[l](https://o.example/blog/{target})\n\n{image}", tags=tags),
        "blog/b.md": post("B", seo="{url: https://o.example/blog/b}"),
        "blog/r.rst": f"---\ntitle: R\ndate: 2026-01-02\n---\n\n`l <example.org/{target}>`__\n",
    }
    built = site(files).build()
    kinds = {kind for _file, _line, kind in found(built)}
    assert kinds == {"link", "own_link", "image", "alt_text", "tag"}
    assert max(map(len, built.text.splitlines())) < 1500
    assert not {"\u202e", "\x1b"} & {*built.text}
