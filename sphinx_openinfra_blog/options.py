"""Every option once: its default, how it is checked, what it makes Sphinx do again, its help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from . import checks
from .slugs import SLUG_STYLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PREFIX: Final = "openinfra_blog_"


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    :ivar name: without the prefix ``openinfra_blog_``.
    :ivar default: its value where conf.py says nothing.
    :ivar rebuild: Sphinx's word for what a change makes it do again. Options that only show in
        resolved front matter need none: the posts they change are found by comparison.
    :ivar check: returns what is wrong with a value, or an empty string.
    :ivar help: what the reference page says, in Markdown.
    """

    name: str
    default: object
    rebuild: Literal["", "env", "html"]
    check: Callable[[object, Path], str]
    help: str

    @property
    def full_name(self) -> str:
        """The name in conf.py."""
        return PREFIX + self.name


OPTIONS: Final = (
    Option(
        "path",
        "blog",
        "env",
        checks.path,
        "The folder of the posts, below the source directory; also the path of the blog below "
        "the site root.",
    ),
    Option(
        "title",
        "",
        "html",
        checks.text,
        "The title of the blog's feeds, and of its own page where the source has no `index` in "
        'the blog\'s folder, and one is generated. By default the page is called "Blog", in the '
        "site's language, and feeds after the site and that page.",
    ),
    Option(
        "hosts",
        (),
        "",
        checks.hosts,
        "Host names under which the blog is or was published. Links to them become references. "
        "The host of `html_baseurl` and those of every `seo.url` below the blog's path belong to "
        "them without being named; but if any are named, those of every `seo.url` should be, and "
        "others are warned of.",
    ),
    Option(
        "timezone",
        "UTC",
        "env",
        checks.timezone,
        "The time zone of dates that name none, of the dates that are shown, and of `{year}`, "
        "`{month}` and `{day}` in addresses.",
    ),
    Option(
        "permalink",
        "{slug}",
        "",
        checks.permalink,
        "The address, below the blog's path, of a post without `seo.url` and `permalink`: "
        "`{slug}` is its `slug` or its file name; `{year}`, `{month}` and `{day}` come from its "
        'date. With `"file"` every post stays where its file is, and the address that it asks for '
        "redirects there.",
    ),
    Option(
        "slugs",
        "slug",
        "",
        checks.one_of(*SLUG_STYLES),
        "How the addresses of category and author pages are made from their names. `slug`: in "
        "lower case, without accents, other scripts in Latin letters; `unicode`: the same with "
        "the letters of every script kept; `kebab`: as the content system's sites do it, which "
        "splits camel case (`open-stack`).",
    ),
    Option(
        "categories",
        (),
        "",
        checks.categories,
        "The categories in the order of the archive, each of which gets a page even without "
        "posts: a list of labels or of `{id, label, slug}`, or the path of the content system's "
        "`blog-config.json`.",
    ),
    Option(
        "authors",
        {},
        "",
        checks.authors,
        "The authors' roster: a mapping of ids to names, the path of a YAML file that holds one, "
        "or a folder of the content system's author files.",
    ),
    Option(
        "media",
        {},
        "env",
        checks.media,
        'Where addresses below the site root lead: `{"/img/": "static/img"}` finds the images '
        'that posts name as `/img/name.png` in a folder, `{"/img/": "https://example.org/img/"}` '
        "leaves them where they are published.",
    ),
    Option(
        "preview",
        False,
        "",
        checks.flag,
        "Give drafts, scheduled and expired posts a page with a banner, and list them. "
        "Search engines are told to leave these pages alone.",
    ),
    Option(
        "future",
        "withhold",
        "",
        checks.one_of("withhold", "publish"),
        'Whether posts with a date in the future wait for it. With `"publish"` a post whose date '
        "cannot be read is published too, undated.",
    ),
    Option(
        "paginate",
        0,
        "",
        checks.count,
        "How many posts a generated page shows: the blog's own page and those of categories, "
        "authors, tags and years. The rest stands on further pages, at `page/2` and so on below "
        "its address. 0 shows all of them on one page.",
    ),
    Option(
        "reading_time",
        False,
        "env",
        checks.flag,
        "Show how many minutes it takes to read a post, in its byline and in listings.",
    ),
    Option(
        "css",
        True,
        "html",
        checks.flag,
        "Load the extension's style sheet on the pages of the blog. Without it they look as the "
        "theme leaves them; the classes begin with `blog-`.",
    ),
    Option(
        "canonical",
        "site",
        "html",
        checks.one_of("site", "source"),
        "Which address of a post counts for search engines: `site`, the page built here; "
        "`source`, what `seo.url` says, for a site that shows what is published elsewhere. "
        "The key `canonical` of a post goes before both.",
    ),
    Option(
        "twitter",
        "",
        "html",
        checks.handle,
        "The site's handle on X, formerly Twitter: `@name`, `name` or the profile's address. "
        "Cards of posts without a handle of their own name it.",
    ),
    Option(
        "feeds",
        ("atom", "rss", "json"),
        "html",
        checks.feed_formats,
        "The formats of the blog's feed: Atom 1.0, RSS 2.0 and JSON Feed 1.1. "
        "Feeds need `html_baseurl`.",
    ),
    Option(
        "term_feeds",
        ("atom",),
        "html",
        checks.feed_formats,
        "The formats of the feeds of each category, author and tag.",
    ),
    Option(
        "feed_length",
        20,
        "",
        checks.count,
        "How many posts a feed holds, the newest ones; 0 for all.",
    ),
    Option(
        "feed_content",
        "full",
        "",
        checks.one_of("full", "summary"),
        "Whether feeds hold whole posts or their excerpts only.",
    ),
    Option(
        "feed_paths",
        {},
        "html",
        checks.feed_paths,
        'Where the blog\'s feeds are, below the site root: `{"rss": "/rss.xml"}`. By default '
        "they are `atom.xml`, `rss.xml` and `feed.json` in the blog's folder.",
    ),
    Option(
        "feed_unlisted",
        False,
        "",
        checks.flag,
        "Whether unlisted posts are in the feeds, where everybody can see them.",
    ),
    Option(
        "redirect_map",
        None,
        "",
        checks.output_file,
        "A file in the output that names every redirect, for servers: JSON if its name ends with "
        "`.json`, else lines as Netlify and Cloudflare Pages read them from `_redirects`.",
    ),
    Option(
        "schedule",
        None,
        "",
        checks.output_file,
        "A JSON file in the output with the next moment at which a build would change something, "
        "because a post is due or expires. It names no post.",
    ),
    Option(
        "lint",
        False,
        "",
        checks.flag,
        "Give the warnings that are matters of taste too: a title or description that is missing "
        "or longer than search results show, a handle on X that is not written as `@name`.",
    ),
)
