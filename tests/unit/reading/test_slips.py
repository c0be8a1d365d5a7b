"""Slips around addresses, and what was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.reading.slips import meant, torn_around, torn_in

URL = "https://example.org/plan"


@pytest.mark.parametrize(
    "written",
    [
        f"[{URL}]", f"({URL})", f"<{URL}>", f"“{URL}”", f'"{URL}"', f"`{URL}`", f"{URL}]",
        f"{URL}%3E", f"{URL}%5D", f"\u00a0{URL}\u200b", "https//example.org/plan",
        "https:/example.org/plan", "https:///example.org/plan", "https:example.org/plan",
        "https;//example.org/plan", "https:\\\\example.org\\plan", "htps://example.org/plan",
        "ttps://example.org/plan", f"https://{URL}", f"http://{URL}", "http://https//example.org/plan",
        f"www.{URL}", f"<[{URL}]>",
    ],
)  # fmt: skip
def test_an_address_with_a_slip_is_mended(written: str) -> None:
    assert meant(written) == URL


@pytest.mark.parametrize(
    "written",
    ["mailto://a@example.org", "mailto:mailto:a@example.org", "mail:a@example.org",
     "mailto:<a@example.org>", "mailto:%3Ca%40example.org%3E", "email: a@example.org",
     "http://mailto:a@example.org", "[mailto:a@example.org]"],
)  # fmt: skip
def test_a_mail_address_with_a_slip_is_mended(written: str) -> None:
    assert meant(written) == "mailto:a@example.org"


@pytest.mark.parametrize(
    "written",
    [URL, "HTTP://Example.org", "https://en.wikipedia.org/wiki/Plan_(a)",
     "https://e.org/?a%5B0%5D", "https://web.archive.org/web/2020/https://example.org/", "http://https.example.org/",
     "https://ftp:21/", "http://localhost:8000/", "https://[2001:db8::1]/x",
     "mailto:a@example.org", "mailto:a%40example.org", "mailto:a@b.org,c@d.org", "irc://irc.example/#room",
     "other.md#part", "some-label", "https", "http:", "#part", "../a.html", "//example.org/x", ""],
)  # fmt: skip
def test_what_is_right_stays(written: str) -> None:
    assert meant(written) == written


@given(st.text(max_size=60))
def test_nothing_is_mended_twice(written: str) -> None:
    assert meant(meant(written)) == meant(written)


def test_brackets_without_end_take_no_time() -> None:
    for text in ("[" * 1900, "https:" * 300, "mailto:" * 250, "%5D" * 600):
        meant(text)
        torn_in(f"{text}](https://" * 20)


@pytest.mark.parametrize(
    ("before", "after", "url"),
    [
        ("See [plan](", ".) there", URL),
        ("See [plan](", " > ) there", URL),
        ("See [plan](", " b.pdf) there", f"{URL}%20b.pdf"),
        ("See [plan](", ' "Title) there', URL),
        ("See [plan](<", ") there", URL),
    ],
)
def test_a_torn_link_is_put_together(before: str, after: str, url: str) -> None:
    link = torn_around(before, URL, after)
    assert link is not None
    assert (link.before, link.text, link.url, link.after) == ("See ", "plan", url, " there")


def test_a_torn_link_within_a_text_is_found() -> None:
    link = torn_in("See [plan](https:// example.org/plan) there")
    assert link is not None
    assert (link.before, link.text, link.url, link.after) == ("See ", "plan", URL, " there")


def test_syntax_that_is_shown_is_left_alone() -> None:
    assert torn_in(f"Write [plan]({URL}) for a link") is None
    assert torn_around("Write [plan](", URL, ") for a link") is None
    assert torn_in("Call f[x](a b)") is None
