"""Text -> a point in time."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.frontmatter.dates import read_moment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-12T13:15:41.306Z", "2025-03-12T13:15:41.306Z"),
        ("2022-02-02T15:00:00.000Z", "2022-02-02T15:00:00.000Z"),
        ("2022-02-02T15:00:00.123456Z", "2022-02-02T15:00:00.123Z"),
        ("2021-1-5", "2021-01-05T00:00:00Z"),
        ("2021.01.05", "2021-01-05T00:00:00Z"),
        ("2021.1.5 07:08", "2021-01-05T07:08:00Z"),
        ("5-Jan-2021", "2021-01-05T00:00:00Z"),
        ("2024-05-06T07:08", "2024-05-06T07:08:00Z"),
        ("2001-12-14 21:59:43.10 -5", "2001-12-14T21:59:43.10-05:00"),
        ("2001-12-14t21:59:43+05:30", "2001-12-14T21:59:43+05:30"),
        ("2024-05-06 07:08:09 UTC", "2024-05-06T07:08:09Z"),
        ("2024-05-06 07:08:09 UTC+02:00", "2024-05-06T07:08:09+02:00"),
        ("Tue, 12 Mar 2025 10:00:00 +0200", "2025-03-12T10:00:00+02:00"),
    ],
)
def test_dates_are_written_for_machines_with_zone_and_fraction(text: str, expected: str) -> None:
    moment = read_moment(text, UTC)
    assert moment is not None
    assert moment.text == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "12/03/2024", "12.03.2024", "2024.1-5", "2024.1", "2022-02-30", "2021-13-01",
        "0000-01-01", "0001-01-01",
        "99999-01-01", "9999-12-31", "2024-01-01T25:00", "2024-01-01T10:00+99:00", "x" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_moment(text, UTC) is None


@pytest.mark.parametrize(
    ("text", "offset"), [("2026-01-15", "+01:00"), ("2026-07-15T10:00", "+02:00")]
)
def test_a_naive_date_is_in_the_blogs_zone(text: str, offset: str) -> None:
    moment = read_moment(text, ZoneInfo("Europe/Berlin"))
    assert moment is not None
    assert moment.text.endswith(offset)


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    moment = read_moment(text, UTC)
    assert moment is None or moment.instant.tzinfo is not None
