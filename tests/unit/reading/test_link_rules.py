"""What a link's target without a scheme means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.reading.link_rules import guess_url


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("openstack.org", "https://openstack.org"),
        ("www.example.com/a?b#c", "https://www.example.com/a?b#c"),
        ("katacontainers.io/", "https://katacontainers.io/"),
        ("a.dev:8080/x", "https://a.dev:8080/x"),
        ("//example.com/x", "https://example.com/x"),
        ("name@example.org", "mailto:name@example.org"),
        ("localhost:8000", "http://localhost:8000"),
        ("10.0.0.1/x", "http://10.0.0.1/x"),
        ("README.md", None),
        ("install.sh", None),
        ("docs/guide.md", None),
        ("some-label", None),
        ("fig:one", None),
        ("@handle", None),
        ("v2.0", None),
        ("a b.org", None),
        ("", None),
    ],
)
def test_hosts_and_mail_addresses_are_told_from_files(target: str, expected: str | None) -> None:
    assert guess_url(target, [".rst", ".md"]) == expected


@given(st.text(max_size=40))
def test_any_target_has_a_meaning_or_none(target: str) -> None:
    meant = guess_url(target)
    assert meant is None or meant.startswith(("https://", "http://", "mailto:"))
