"""Links for which the file system has an error instead of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers import post

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Site

LONG = "a" * 300
INVALID = "is not a valid file name"


@pytest.mark.parametrize(
    ("link", "message"),
    [
        (f"[text]({LONG})", INVALID),
        (f"[text](path:{LONG})", "download file not readable"),
        (f"[text](project:{LONG}.md)", "document"),
        ("[text](b%00c)", INVALID),
        ("[text](path:b%00c)", INVALID),
        ("[text](project:b%00c.md)", INVALID),
        (f"[![text](pic.png)]({LONG})", INVALID),
        (f"[text][r]\n\n[r]: {LONG}", INVALID),
        (f"```{{note}}\n[text]({LONG})\n```", INVALID),
    ],
)
def test_a_post_keeps_the_text(site: Callable[..., Site], link: str, message: str) -> None:
    made = site({"blog/x.md": post(body=link), "blog/pic.png": ""})
    built = made.build()
    assert len(built.warnings) == 1
    assert message in built.warnings[0].text
    assert built.warnings[0].line >= 6
    body = built.body("blog/x")
    assert "text" in body.get_text() or body.select_one("img[alt=text]")


@pytest.mark.parametrize("target", [LONG, "b%00c"])
def test_other_pages_get_the_warning_of_a_missing_reference(
    site: Callable[..., Site], target: str
) -> None:
    built = site({"page.md": f"---\norphan: true\n---\n# Page\n\n[text]({target})\n"}).build()
    assert built.types() == ["myst.xref_missing"]
