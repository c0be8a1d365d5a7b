"""What other extensions may rely on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import post

from sphinx_openinfra_blog import api

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from helpers import Site

PAGE = (Path(__file__).parents[2] / "docs/api.md").read_text(encoding="utf-8")


def test_the_page_names_everything_and_nothing_else() -> None:
    rows = re.findall(r"(?m)^\| (`.*?) \|", PAGE)
    named = {name.partition("(")[0] for row in rows for name in re.findall(r"`(.*?)`", row)}
    assert named == set(api.__all__)
    (blog,) = (row for row in PAGE.splitlines() if row.startswith("| `Blog`"))
    names = re.findall(r"`(\w+)(?:\(.*?\))?`", blog)[1:]
    assert not [name for name in names if not hasattr(api.Blog(), name)]


def test_the_example_of_the_page_writes_the_titles_of_public_posts(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = re.findall(r"(?s)```python\n(.*?)```", PAGE)[0]
    made = site(
        {
            "titles_extension.py": code,
            "blog/a.md": post("A"),
            "blog/b.md": post("B", hidePost="true"),
            "blog/c.md": post("C", draft="true"),
        },
        extensions=["sphinx_openinfra_blog", "titles_extension"],
        openinfra_blog_preview=True,
    )
    monkeypatch.syspath_prepend(str(made.src))
    built = made.build()
    assert (built.out / "titles.txt").read_text(encoding="utf-8") == "A"
