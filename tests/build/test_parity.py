"""The check for a move, on sites that were built."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from helpers import Site, post

from sphinx_openinfra_blog.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {
    "blog/2024-moved.md": post("Moved", seo="{url: https://old.example/blog/moved}"),
    "blog/2024-root.md": post("Root", seo="{url: https://old.example/at-root}"),
    "blog/elsewhere.md": post("Elsewhere", tags="[one]"),
    "blog/hidden.md": post(
        "Hidden", hidePost="true", seo="{url: https://old.example/blog/kept-back}"
    ),
    "blog/draft.md": post("Draft", draft="true", seo="{url: https://old.example/blog/draft}"),
}
OLD = """\
https://old.example/blog/moved
https://old.example/blog/moved/
https://old.example/at-root
https://old.example/at-root/
https://old.example/blog/kept-back/
https://old.example/blog/draft/
https://old.example/news/elsewhere
/blog/Moved
/blog/tag/one/
"""


def lost(
    out: Path, capsys: pytest.CaptureFixture[str], *options: str, urls: str = OLD
) -> dict[str, str]:
    """Return what the check says of a folder."""
    old = out.parent / "old.txt"
    old.write_text(urls, encoding="utf-8")
    status = main(["parity", str(out), "--urls", str(old), "--format", "json", *options])
    result = json.loads(capsys.readouterr().out)
    assert status == (1 if result["addresses"] else 0)
    return {item["address"]: item["reason"] for item in result["addresses"]}


@pytest.mark.parametrize(
    ("builder", "suffix", "more"),
    [
        ("dirhtml", "/", {}),
        (
            "html",
            ".html",
            {
                "/blog/tag/one/": "only /project/blog/tag/one.html exists "
                "(not served with a trailing slash)"
            },
        ),
    ],
)
def test_old_addresses_are_at_their_place_or_redirect(
    site: Callable[..., Site],
    capsys: pytest.CaptureFixture[str],
    builder: str,
    suffix: str,
    more: dict[str, str],
) -> None:
    made = site(FILES, html_baseurl="https://new.example/project/")
    built = made.build(builder)
    outside = "outside of the site, which is at /project/"
    there = f"/project/blog/elsewhere{suffix}"
    case = f"only /project/blog/moved{suffix} exists (URLs are case-sensitive)"
    expected = {
        "https://old.example/blog/draft/": "not found",
        "https://old.example/news/elsewhere": f"not found; did you mean {there}?",
        "/project/blog/Moved": case,
    }
    # A path without a host is one of the new host.
    urls = OLD.replace("\n/blog/", "\n/project/blog/") + "/blog/moved\n"
    more = {f"/project{address}": reason for address, reason in more.items()}
    assert lost(built.out, capsys, urls=urls) == expected | more | {"/blog/moved": outside}


def test_both_builders_in_one_folder_answer_both(
    site: Callable[..., Site], capsys: pytest.CaptureFixture[str]
) -> None:
    made = site(FILES)
    made.build("html", out="both", doctrees="one")
    built = made.build("dirhtml", out="both", doctrees="two")
    rules = made.root / "redirects.json"
    rules.write_text(json.dumps({"/news/elsewhere": "/blog/elsewhere"}), encoding="utf-8")
    assert list(lost(built.out, capsys, "--redirects", str(rules))) == [
        "/blog/Moved",
        "https://old.example/blog/draft/",
    ]


def test_an_unlisted_post_is_in_no_feed_and_the_check_knows_why(
    site: Callable[..., Site], capsys: pytest.CaptureFixture[str]
) -> None:
    made = site(FILES)
    # Whatever the site has, a feed of its own is there too.
    made.write({"extra/other.xml": "<rss><channel/></rss>"})
    built = made.build("dirhtml", html_extra_path=["extra"])
    old = made.root / "old.xml"
    old.write_text(
        "<rss><channel><item><guid>https://old.example/blog/kept-back</guid></item></channel></rss>",
        encoding="utf-8",
    )
    assert main(["parity", str(built.out), "--rss", str(old)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "lost feed id  https://old.example/blog/kept-back  "
        "/blog/kept-back/ is unlisted (noindex) and in no feed "
        "(set openinfra_blog_feed_unlisted = True to include it)",
        "1 URL and 1 feed id checked: 1 lost",
    ]
