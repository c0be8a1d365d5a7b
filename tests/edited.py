"""A small site and the edits that a build does not come to its end with."""

from __future__ import annotations

from helpers import post

CONF: dict[str, object] = {
    "html_baseurl": "https://s.example/",
    "openinfra_blog_redirect_map": "map.json",
    "openinfra_blog_feed_content": "summary",
}
FILES = {
    "blog/a.md": post("A", date="2025-01-01", author="Ann", seo="{url: /blog/first}"),
    "blog/b.md": post("B", date="2025-01-02", author="Ann", aliases="[/old]"),
    "blog/c.md": post("C", date="2025-01-03", category="One"),
}
#: What is edited in the build that fails.
EDITS = {
    "blog/b.md": post("Bee", date="2025-01-02", author="Ann", aliases="[/other]"),
    "blog/n.md": post("N", date="2025-01-04", author="Eve", tags="[new]", aliases="[/n]"),
}
