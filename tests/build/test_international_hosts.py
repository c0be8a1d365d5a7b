"""A site whose host name has letters beyond ASCII, and sites without a whole URL."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from helpers import PNG, contents, post
from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers import Site

UNICODE, ASCII = "https://bücher.example/", "https://xn--bcher-kva.example/"
FILES = {
    "blog/a.md": post(
        aliases="[/old/]",
        image="/i.png",
        body=f"[one]({UNICODE}blog/b) [two]({ASCII}blog/b)",
    ),
    "blog/b.md": post("Other", seo=f"{{url: '{UNICODE}blog/b'}}"),
    "blog/c.rst": f"---\ntitle: C\ndate: 2024-01-05\n---\n\n`one <{UNICODE}blog/b>`_\n",
}


@pytest.mark.parametrize("base", [UNICODE, ASCII, "HTTPS://BÜCHER.example"])
def test_every_url_has_the_host_as_the_dns_has_it(site: Callable[..., Site], base: str) -> None:
    made = site(FILES, html_baseurl=base, openinfra_blog_redirect_map="map.json")
    (made.src / "i.png").write_bytes(PNG)
    built = made.build("dirhtml")
    assert built.warnings == []
    soup = built.html("blog/a")
    assert contents(soup, "og:url") == [soup.find("link", rel="canonical")["href"]]
    assert [*contents(soup, "og:url"), *contents(soup, "og:image")] == [
        base.partition(":")[0] + f"://{url.partition('://')[2]}"
        for url in (f"{ASCII}blog/a/", f"{ASCII}_images/i.png")
    ]
    page, listing, redirect, atom, mapped = (
        (built.out / name).read_text(encoding="utf-8")
        for name in (
            "blog/a/index.html",
            "blog/index.html",
            "old/index.html",
            "blog/atom.xml",
            "map.json",
        )
    )
    assert "bücher" not in (page + listing + redirect + mapped).casefold()
    # The id of the post that has one on the old site is that of the old site.
    assert atom.casefold().count("bücher") == 1
    assert {link["href"] for link in built.body("blog/a").select("p a")} >= {"../b/"}
    assert built.body("blog/c").select_one("p a")["href"] == "../b/"


def test_ids_in_feeds_do_not_depend_on_how_the_host_is_written(
    site: Callable[..., Site],
) -> None:
    def ids(base: str) -> list[str]:
        out: Path = site(FILES, html_baseurl=base).build().out
        items = json.loads((out / "blog/feed.json").read_text(encoding="utf-8"))["items"]
        return [item["id"] for item in items]

    assert ids(UNICODE) == ids(ASCII)
    assert "tag:xn--bcher-kva.example,2024-01-05:blog/c" in ids(UNICODE)


def test_a_host_of_the_options_may_be_written_in_either_way(site: Callable[..., Site]) -> None:
    for host in ("straße.example", "xn--strae-oqa.example", "STRASSE.example"):
        body = "[x](https://straße.example/blog/b) [y](https://strasse.example/blog/b)"
        files = FILES | {"blog/d.md": post("D", body)}
        built = site(files, html_baseurl=UNICODE, openinfra_blog_hosts=[host]).build()
        links = [link["href"] for link in built.body("blog/d").select(".blog-content p a")]
        own = 1 if host.startswith("STRASSE") else 0
        assert [link == "b.html" for link in links] == [number == own for number in range(2)]


@pytest.mark.parametrize(
    "base",
    ["example.org", "//example.org", "http:example.org", "https://example.org/?a=1", "/docs/",
     "https://", "ftp://example.org/", "https://example.org/#a"],
)  # fmt: skip
def test_a_site_without_a_whole_url_is_told_so_with_all_other_mistakes(
    site: Callable[..., Site], base: str
) -> None:
    with pytest.raises(ConfigError) as raised:
        site({}, html_baseurl=base, openinfra_blog_feed_length=-1).build()
    lines = str(raised.value).splitlines()
    assert [line.split()[0] for line in lines] == ["openinfra_blog_feed_length", "html_baseurl"]
    assert f"'{base}'" in lines[1]
