"""When a build would next change something."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from helpers import post
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.blog.visibility import next_change, visibility_of
from sphinx_openinfra_blog.config.settings import Settings
from sphinx_openinfra_blog.frontmatter.fields import Fields
from sphinx_openinfra_blog.model.posts import Moment, Visibility

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built, Site


def said(built: Built) -> object:
    return json.loads((built.out / "when.json").read_bytes())["next"]


@pytest.mark.parametrize(
    ("files", "moment"),
    [
        ({}, None),
        ({"a": post(date="2027-02-03T04:05:06+01:00")}, "2027-02-03T03:05:06Z"),
        ({"a": post(date="2027-02-03T04:05:06.001Z")}, "2027-02-03T04:05:07Z"),
        ({"a": post(expires="2027-01-01"), "b": post(date="2028-01-01")}, "2027-01-01T00:00:00Z"),
        ({"a": post(expires="2020-01-01")}, None),
        ({"a": post(draft="true", date="2028-01-01", expires="2027-01-01")}, None),
        ({"a": post(hidePost="true", expires="2027-01-01")}, "2027-01-01T00:00:00Z"),
        ({"a": post(date="soon")}, None),
    ],
)
def test_the_file_says_when_to_build_again(
    site: Callable[..., Site], files: dict[str, str], moment: str | None
) -> None:
    made = site(
        {f"blog/{name}.md": text for name, text in files.items()},
        openinfra_blog_schedule="when.json",
        suppress_warnings=["openinfra_blog"],
    )
    assert said(made.build()) == moment


def test_posts_that_are_published_at_once_are_not_waited_for(site: Callable[..., Site]) -> None:
    made = site(
        {"blog/a.md": post(date="2027-01-01", expires="2029-01-01")},
        openinfra_blog_schedule="when.json",
        openinfra_blog_future="publish",
    )
    assert said(made.build()) == "2029-01-01T00:00:00Z"


def test_the_file_changes_when_its_moment_has_come_and_goes_with_the_option(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site({"blog/a.md": post(date="2027-01-01")}, openinfra_blog_schedule="when.json")
    built = made.build()
    moment = datetime.fromisoformat(str(said(built)))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
    again = made.build()
    assert again.path("blog/a").is_file()
    assert said(again) is None
    made.build(openinfra_blog_schedule=None)
    assert not (built.out / "when.json").exists()


def test_scheduled_posts_are_named_with_their_dates_on_one_line_of_each_build(
    site: Callable[..., Site],
) -> None:
    made = site({"blog/a.md": post(date="2027-01-01"), "blog/b.md": post(date="2028-01-01")})
    for _build in range(2):
        lines = [line for line in made.build().status if "scheduled blog posts" in line]
        assert lines == [
            "scheduled blog posts: "
            "blog/a.md (2027-01-01T00:00:00Z), blog/b.md (2028-01-01T00:00:00Z)"
        ]


switches = st.sampled_from([None, Visibility.UNLISTED, Visibility.DRAFT])
moments = st.none() | st.integers(-5, 5).map(
    lambda day: Moment(datetime(2026, 1, 10 + day, tzinfo=UTC), "")
)


@given(moments, moments, moments, switches, st.booleans())
def test_nothing_changes_before_the_next_moment_and_something_may_at_it(
    date: Moment | None,
    release: Moment | None,
    expires: Moment | None,
    switch: Visibility | None,
    publish: bool,
) -> None:
    fields = Fields(date=date, release=release, expires=expires, switch=switch)
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in range(1, 25)]
    now = days[9]
    made = Settings(now=now, publish_future=publish)
    coming, seen = next_change(fields, made), visibility_of(fields, made)
    for day in days[9:]:
        if coming is None or day < coming:
            assert visibility_of(fields, replace(made, now=day)) is seen
