"""Links for which the file system has an error instead of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers import Site, post

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

LONG = "a" * 300
INVALID = "is not a valid file name"


#: Text with a link -> what its warning says.
LINKS = {
    f"[text]({LONG})": INVALID,
    f"[text](path:{LONG})": "download file not readable",
    f"[text](project:{LONG}.md)": "document",
    "[text](b%00c)": INVALID,
    "[text](path:b%00c)": INVALID,
    "[text](project:b%00c.md)": INVALID,
    f"[![text](pic.png)]({LONG})": INVALID,
    f"[text][r]\n\n[r]: {LONG}": INVALID,
    f"```{{note}}\n[text]({LONG})\n```": INVALID,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with a post for each link."""
    files = {f"blog/x{number}.md": post(body=body) for number, body in enumerate(LINKS)}
    files["blog/pic.png"] = ""
    return Site(tmp_path_factory.mktemp("impossible") / "site", files).build()


@pytest.mark.parametrize("number", range(len(LINKS)))
def test_a_post_keeps_the_text(built: Built, number: int) -> None:
    (warning,) = [item for item in built.warnings if item.file == f"blog/x{number}.md"]
    assert [*LINKS.values()][number] in warning.text
    assert warning.line >= 6
    body = built.body(f"blog/x{number}")
    assert "text" in body.get_text() or body.select_one("img[alt=text]")


@pytest.mark.parametrize("target", [LONG, "b%00c"])
def test_other_pages_get_the_warning_of_a_missing_reference(
    site: Callable[..., Site], target: str
) -> None:
    built = site({"page.md": f"---\norphan: true\n---\n# Page\n\n[text]({target})\n"}).build()
    assert built.types() == ["myst.xref_missing"]
