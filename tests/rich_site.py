"""One site with a post for each thing that pages show; most tests only look at it.

Names of posts are those of their pages unless a comment says otherwise.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from helpers import PNG, Site, post

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://s.example/docs/"
OLD = "https://old.example"
CONF: dict[str, object] = {
    "project": "Site",
    "html_baseurl": BASE,
    "html_extra_path": ["extra"],
    "exclude_patterns": ["blog/part*", "static", "extra"],
    # Days differ from those of UTC.
    "openinfra_blog_timezone": "America/New_York",
    "openinfra_blog_categories": ["Two", {"id": "i1", "label": "One"}, "Empty"],
    "openinfra_blog_authors": "people.yaml",
    "openinfra_blog_twitter": "https://x.com/site",
    "openinfra_blog_media": {"/img/": "static"},
    "openinfra_blog_term_feeds": ["atom", "rss"],
    "openinfra_blog_redirect_map": "maps/r.json",
}
#: What breaks out of attributes, scripts and templates where it is not escaped.
HOSTILE = "\"'</script><script>alert(1)</script>{{ 7*7 }} <b>"

#: Categories with ids and labels, in and out of the option; several, none, and none visible.
LISTED = {
    "a": post("A", author="Ann Lee", date="2025-01-01", category="[{id: i1, label: Old}]"),
    "b": post("B", author="Bob", date="2025-01-03", category="[Zebra, Two]"),
    "c": post("C", author="Ann  Lee ", date="2025-01-02", category="[Two, Three, {id: i1}]"),
    "d": post("D", author="Bob", date="2024-01-02"),
    "unlisted": post("E", author="Only Hidden", category="Secret", hidePost="true"),
    "draft": post("F", author="Not Yet", category="Drafts", tags="[later]", draft="true"),
    "scheduled": post("G", author="Not Yet", date="2099-01-01"),
    "expired": post("H", author="Not Yet", expires="2026-02-01"),
    # Of which it cannot be read when, or whether, they are shown.
    "undated": post("I", author="Not Yet", date="soon"),
    "unflagged": post("J", author="Not Yet", hidePost="perhaps"),
}
#: Terms of one slug, and authors of one, who share a page.
TWINS = {
    "twin1": post("Twin 1", category="C++", author="Jo Öl", date="2023-01-03"),
    "twin2": post("Twin 2", category="C", author="Jo Ol", date="2023-01-02"),
    "twin3": post("Twin 3", author="Jo Öl", date="2023-01-01"),
    # A title of two posts, and two spellings of a category.
    "same": post("The twins", date="2023-02-02", category="Blue"),
    "deep/same": post("The twins", date="2023-02-01", category="blue"),
}
#: What roles name: the page is "hello".
NAMED = {
    "named": post(
        "Über *uns* & <you>",
        author="ann",
        category="[{value: c1, label: 'News & More'}]",
        tags="[C++, C]",
        seo=f"{{url: '{OLD}/blog/hello'}}",
    ),
    # What would be a line of its own in the inventory of names.
    "evil": post("Evil", category='"x std:doc 1 evil.html - y"'),
    "shy": post("Hidden one", author="Shy", hidePost="true", tags="[secret]", category="Hidden"),
}
#: Each key of the front matter that shows in a head; the page is "kept".
FULL = post(
    "The title",
    author="[Ann Lee]",
    date="2026-01-02",
    updated="2026-02-03T04:05:06Z",
    category="[{label: News}, {label: Events}]",
    tags="[one, two]",
    seo=f"{{title: For machines, description: In short, url: '{OLD}/blog/kept',"
    " twitterUsername: twitter.com/ann}",
)
HEADS = {
    "full": FULL,
    "special": post(description="Plain", seo="{description: Special}"),
    "plain": post(description="Plain", excerpt="Short"),
    "short": post(excerpt="Short"),
    "bodied": post(body="One two.\n\n- three\n\n```\nno code\n```"),
    "own-canonical": post(canonical="https://first.example/x"),
    "no-canonical": post(canonical="javascript:alert(1)"),
    "no-handle": post(seo="{twitterUsername: not a handle}"),
    "hostile": post(
        json.dumps(HOSTILE),
        author=json.dumps(HOSTILE),
        tags=f"[{json.dumps(HOSTILE)}]",
        seo=f"{{description: {json.dumps(HOSTILE)}}}",
    ),
    # What a page says of itself, but never that search engines may have it.
    "unlisted-by-hand": post(
        hidePost="true", myst="{html_meta: {robots: index, description: By hand}}"
    ),
}
_RAW = '<img src="https://s.example/i.png" src="x" alt="a &amp; b " src="y">'
_OTHER = "![other](https://s.example/o.png)"
PICTURES = {
    "in-text": post(body="![words <b>](own.png)", category="Pictures"),
    "by-image": post(body=_OTHER, image="/img/i.png"),
    "by-cover": post(body=_OTHER, cover="{image: /img/i.png, alt: words}"),
    "by-seo": post(body=_OTHER, seo="{image: /img/i.png}"),
    "by-list": post(body=_OTHER, image="[/img/i.png, /img/other.png]"),
    # What browsers take for the first picture of raw HTML.
    "raw-marked": post(body=f"<div>\n<![ if !IE]>{_RAW}<![x\n</div>"),
    "raw-script": post(
        body=f"<script>'<img src=https://s.example/no.png>'</script>\n<div>{_RAW}</div>"
    ),
    "raw-comment": post(body=f"<div><!-- <img src=https://s.example/no.png> -->{_RAW}</div>"),
    "outside1": post(image="../../secret.png"),
    "outside2": post(image="/../secret.png"),
    "outside3": post(image="/img/../../secret.png"),
}
BODIES = {
    "bylined": post(
        author='" Ann  Lee "',
        category="[{value: c2, label: 'Less & More'}, Other]",
        tags="[one, two]",
        updated="2026-02-03",
    ),
    "ruled": post("T", "---\n\nText.\n"),
    # Front matter that Sphinx and MyST-Parser read too.
    "for-others": post(abstract="No", tocdepth="1", html_meta="{a: b}", author="Me"),
    "including": post("T", "```{include} part.md\n```\n\n```{include} part.py\n:literal:\n```\n"),
    "refers": post("R", "See {blog:post}`a`, {blog:tag}`so <one>`."),
}
#: Addresses that posts had: the pages are "root", "bee", "sea", "Some+Post", "on-e-two".
MOVED = {
    "moved1": post("M1", seo=f"{{url: '{OLD}/root'}}"),
    "moved2": post("M2", seo=f"{{url: '{OLD}/blog/bee'}}"),
    "moved3": post("M3", seo=f"{{url: '{OLD}/blog/sea.html'}}"),
    "moved4": post("M4", seo=f"{{url: '{OLD}/blog/Some+Post?x=1#y'}}"),
    # No link can hold it.
    "moved5": post("M5", seo=f"{{url: '{OLD}/blog/on:e%23two'}}"),
    "aliased": post(
        "Aliased",
        aliases=f"[/old/path/, '{OLD}/x?q=1#f', top.html, /blog/aliased, /old/path, /sp ace]",
        redirect_from="/from.php",
    ),
    # One address, written in several ways.
    "Many": post(
        aliases="[/Blog/Many, /way, /WAY/, /way/index.html,"
        " /Blog/Many.html, /blog/many/index.html]"
    ),
    "aliased-elsewhere": post(aliases="[/older]", canonical="https://first.example/b"),
    "aliased-unlisted": post(hidePost="true", aliases="[/secret]"),
    "aliased-draft": post(draft="true", aliases="[/later]"),
    # Three that claim one alias.
    "early": post(date="2020-01-01", aliases="[/claimed]", hidePost="true"),
    "middle": post("Middle", date="2021-01-01", aliases="[/claimed]"),
    "late": post(date="2022-01-01", aliases="[/CLAIMED/]"),
}
#: Roles by any name -> text and target.
ROLES = {
    "{blog:post}`hello`": ("Über *uns* & <you>", "blog/hello.html"),
    "{blog:post}`/blog/hello/`": ("Über *uns* & <you>", "blog/hello.html"),
    "{blog:post}`blog/hello`": ("Über *uns* & <you>", "blog/hello.html"),
    "{blog:post}`deep/same`": ("The twins", "blog/deep/same.html"),
    "{blog:post}`so <HELLO>`": ("so", "blog/hello.html"),
    "{blog:post}`Hidden one`": ("Hidden one", "blog/shy.html"),
    "{blog:category}`c1`": ("News & More", "blog/category/news-more.html"),
    "{blog:category}`news-more`": ("News & More", "blog/category/news-more.html"),
    "{blog:category}`News & More`": ("News & More", "blog/category/news-more.html"),
    "{blog:author}`ann`": ("Ann Lee", "blog/author/al.html"),
    "{blog:author}`ann lee`": ("Ann Lee", "blog/author/al.html"),
    "{blog:tag}`C++`": ("C++", "blog/tag/c-2.html"),
    "{blog:tag}`the letter <C>`": ("the letter", "blog/tag/c.html"),
}
#: Roles that name nothing, or several things -> words of the warning.
MISTAKES = {
    "{blog:post}`helo`": "did you mean 'hello'",
    "{blog:post}`The twins`": "deep/same",
    "{blog:category}`Red`": "unknown category",
    "{blog:category}`Hidden`": "unknown category",
    "{blog:tag}`secret`": "unknown tag",
    "{blog:author}`nobody`": "unknown author",
}
ORPHAN = "---\norphan: true\n---\n\n"
PAGES = {
    "index.md": "# Site\n\n```{toctree}\nblog/index\nrst\nmistakes\n```\n",
    "blog/index.md": "# News\n\nWhat we do.\n\n```{blog}\n```\n",
    "roles.md": ORPHAN + "# Roles\n\n" + "\n\n".join(ROLES) + "\n",
    # The first is on line 3, the next on line 5, and so on.
    "mistakes.md": "# Mistakes\n\n" + "\n\n".join(MISTAKES) + "\n",
    "rst.rst": "S\n=\n\n:blog:post:`hello` :blog:author:`her <ann>`\n\n"
    ".. blog::\n   :years: 2025\n\nSub\n---\n\n.. blog::\n   :years: 2025\n",
    "cards.md": f"{ORPHAN}# Cards\n\n```{{blog}}\n:style: cards\n:group-by: none\n```\n",
    "people.yaml": "ann: {name: Ann Lee, slug: al}\n",
    "blog/part.md": "### Deep\n\n##### Deeper\n",
    "blog/part.py": "### comment\n",
    "blog/rst-post.rst": "---\ntitle: T\nauthor: ann\ndate: 2026-01-02\n---\n\n"
    "B\n===\n\nText.\n\nC\n---\n",
}
POSTS = LISTED | TWINS | NAMED | HEADS | PICTURES | BODIES | MOVED


def rich_site(root: Path) -> Site:
    """Lay the site out below a folder."""
    files = PAGES | {f"blog/{name}.md": text for name, text in POSTS.items()}
    made = Site(root, files, CONF)
    (root / "secret.png").write_bytes(PNG)
    for name in ("static/i.png", "blog/own.png"):
        (made.src / name).parent.mkdir(exist_ok=True)
        (made.src / name).write_bytes(PNG)
    (made.src / "extra").mkdir()
    return made
