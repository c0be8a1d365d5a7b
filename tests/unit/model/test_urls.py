"""Hosts and URLs."""

from __future__ import annotations

import pytest

from sphinx_openinfra_blog.model.urls import ascii_host, host_of, with_ascii_host


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("Example.ORG", "example.org"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
        ("under_score.example", "under_score.example"),
        # What the DNS cannot have stays.
        ("ü" * 64 + ".example", "ü" * 64 + ".example"),
        ("ü..example", "ü..example"),
        ("", ""),
    ],
)
def test_a_host_is_as_the_dns_has_it(host: str, expected: str) -> None:
    assert ascii_host(host) == expected
    assert host_of(f"https://{host}/path") == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://ann@Bücher.example:8080/ü?q=ü", "https://ann@xn--bcher-kva.example:8080/ü?q=ü"),
        ("https://[2001:db8::1]/ü", "https://[2001:db8::1]/ü"),
        ("/ü/", "/ü/"),
        ("//ü[", "//ü["),
    ],
)
def test_only_the_host_of_a_url_changes(url: str, expected: str) -> None:
    assert with_ascii_host(url) == expected
