"""The options: each is one field of :class:`Settings`, with its default, check and help."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.model import SLUG_STYLES, host_of

from . import checks
from .option import Option, option
from .people import read_categories, read_roster

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from sphinx_openinfra_blog.model import Problem, Profile, Taxonomy, Term

    from .people import Person

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """The options as the extension uses them, and what else decides about a build.

    :ivar root: ``html_baseurl``, or an empty string.
    :ivar profiles: the configured descriptions of categories.
    :ivar author_files: the absolute paths of the author files, if the roster is a directory.
    :ivar copied: the directories whose content Sphinx copies to the output.
    :ivar root_doc: the site's root document.
    :ivar problems: what is wrong with the files that options name; their paths are absolute.
    :ivar now: the aware datetime of the build.
    """

    blog: str = option(
        "path",
        "blog",
        "env",
        checks.path,
        "The directory of the posts, below the source directory; also the path of the blog below "
        "the site root.",
    )
    title: str = option(
        "title",
        "",
        "html",
        checks.text,
        "The title of the blog's feeds, and of its own page where the source has no `index` in "
        'the blog\'s folder, and one is generated. By default the page is called "Blog", in the '
        "site's language, and feeds after the site and that page.",
    )
    named_hosts: tuple[str, ...] = option(
        "hosts",
        (),
        "",
        checks.hosts,
        "Host names under which the blog is or was published. Links to them become references. "
        "The host of `html_baseurl` and those of every `seo.url` below the blog's path belong to "
        "them without being named; but if any are named, those of every `seo.url` should be, and "
        "others are warned of. A host such as `bücher.example` may also be written as "
        "`xn--bcher-kva.example`, and links to either are the blog's own.",
    )
    timezone: tzinfo = option(  # noqa: RUF009 (it makes a field)
        "timezone",
        "UTC",
        "env",
        checks.timezone,
        "The time zone of dates without one, of the dates that are shown, and of `{year}`, "
        "`{month}` and `{day}` in permalinks.",
    )
    pattern: str = option(
        "permalink",
        "{slug}",
        "",
        checks.permalink,
        "The URL, below the blog's path, of a post without `seo.url` and `permalink`: "
        "`{slug}` is its `slug` or its file name; `{year}`, `{month}` and `{day}` come from its "
        'date. With `"file"` every post stays at the path of its file, and its own URL '
        "redirects there.",
    )
    old_addresses: tuple[str, ...] = option(
        "old_addresses",
        (),
        "",
        checks.old_addresses,
        "Patterns of the paths at which another site had the posts and their terms, such as "
        "`/blog/{file}/` and `/category/{category}/`. Each redirects to the page of the same "
        "post or term; the guide on redirects lists the placeholders.",
    )
    slugs: str = option(
        "slugs",
        "slug",
        "",
        checks.word(dict(zip(SLUG_STYLES, SLUG_STYLES, strict=True))),
        "How the URLs of category and author pages are made from their names. `slug`: in "
        "lower case, without accents, other scripts in Latin letters; `unicode`: the same with "
        "the letters of every script kept; `kebab`: as the content system's sites do it, which "
        "splits camel case (`open-stack`).",
    )
    categories: tuple[Term, ...] = option(
        "categories",
        (),
        "",
        read_categories,
        "The categories in the order of the archive. Each has a page even without "
        "posts: a list of labels or of `{id, label, slug}`, or the path of the content system's "
        "`blog-config.json`.",
        names_files=True,
    )
    roster: Mapping[str, Person] = option(
        "authors",
        {},
        "",
        read_roster,
        "The authors' roster: a mapping of ids to names, the path of a YAML file that holds one, "
        "or a folder of the content system's author files.",
        names_files=True,
    )
    media: tuple[tuple[str, str], ...] = option(
        "media",
        {},
        "env",
        checks.media,
        'Where URLs below the site root lead: `{"/img/": "static/img"}` finds the images '
        'that posts name as `/img/name.png` in a folder, `{"/img/": "https://example.org/img/"}` '
        "leaves them where they are published.",
        names_files=True,
    )
    gfm: bool = option(
        "markdown",
        "gfm",
        "env",
        checks.word({"gfm": True, "site": False}),
        "The Markdown of posts. `gfm`: as content systems and GitHub show it, with bare addresses "
        "as links, struck text and tasks, in addition to what the site enables; `site`: by the "
        "site's own settings of MyST-Parser. It has no effect on notebooks that nbsphinx reads.",
    )
    preview: bool = option(
        "preview",
        False,
        "",
        checks.flag,
        "Give drafts, scheduled and expired posts a page with a banner, and list them. "
        "Search engines are told to leave these pages alone.",
    )
    publish_future: bool = option(
        "future",
        "withhold",
        "",
        checks.word({"withhold": False, "publish": True}),
        'Whether posts with a date in the future wait for it. With `"publish"` a post whose date '
        "cannot be read is published too, undated.",
    )
    paginate: int = option(
        "paginate",
        0,
        "",
        checks.count,
        "The number of posts on a generated page: the blog's own page and those of categories, "
        "authors, tags and years. The rest follows on further pages, at `page/2` and so on below "
        "its URL. 0 shows all of them on one page.",
    )
    reading_time: bool = option(
        "reading_time",
        False,
        "env",
        checks.flag,
        "Show how many minutes it takes to read a post, in its byline and in listings.",
    )
    date_format: str = option(
        "date_format",
        None,
        "env",
        checks.date_format,
        "How bylines and lists write dates, in the language of the site: `short`, `medium`, "
        "`long` or `full`, or a [pattern of Babel's]"
        "(https://babel.pocoo.org/en/latest/dates.html#date-fields) such as `d MMM y`. "
        "By default bylines are `long`, and lists of titles `medium`, without the year below "
        "its heading.",
    )
    hero: bool = option(
        "hero",
        True,
        "html",
        checks.flag,
        "Show the picture that the front matter of a post names (`image`, `cover`, `seo.image`) "
        "above its text, unless the text itself shows it.",
    )
    css: bool = option(
        "css",
        True,
        "html",
        checks.flag,
        "Load the extension's style sheet on the pages of the blog, and on those with its pieces "
        "for sidebars. Without it the theme alone styles them; the classes begin with `blog-`.",
    )
    thumbnails: bool = option(
        "thumbnails",
        None,
        "html",
        checks.thumbnails,
        "Show pictures in lists by smaller copies of them, in WebP, which Pillow makes: "
        "`pip install 'sphinx-openinfra-blog[images]'`. By default there are such copies where "
        "Pillow is installed; with `True` it is an error if it is not.",
    )
    canonical_source: bool = option(
        "canonical",
        "site",
        "html",
        checks.word({"site": False, "source": True}),
        "The canonical URL of a post, for search engines: `site`, the page built here; "
        "`source`, its `seo.url`, for a site that shows posts published elsewhere. "
        "The key `canonical` of a post overrides both.",
    )
    image: str = option(
        "image",
        "",
        "html",
        checks.share_image,
        "The image that social sites show with a page of the blog that has none: a file, relative "
        "to `conf.py`, or a URL; best 1200 by 630 pixels. Without it they show what "
        "sphinxext-opengraph has for the page, or else `html_logo`.",
        names_files=True,
    )
    twitter: str = option(
        "twitter",
        "",
        "html",
        checks.handle,
        "The site's handle on X, formerly Twitter: `@name`, `name` or the profile's URL. "
        "It is named in the cards of posts without a handle of their own.",
    )
    feeds: tuple[str, ...] = option(
        "feeds",
        ("atom", "rss", "json"),
        "html",
        checks.feed_formats,
        "The formats of the blog's feed: Atom 1.0, RSS 2.0 and JSON Feed 1.1. "
        "Feeds need `html_baseurl`.",
    )
    term_feeds: tuple[str, ...] = option(
        "term_feeds",
        ("atom",),
        "html",
        checks.feed_formats,
        "The formats of the feeds of each category, author and tag.",
    )
    feed_length: int = option(
        "feed_length",
        20,
        "",
        checks.count,
        "The maximum number of posts in a feed, newest first; 0 for all.",
    )
    feed_full: bool = option(
        "feed_content",
        "full",
        "",
        checks.word({"full": True, "summary": False}),
        "Whether feeds contain whole posts or only excerpts.",
    )
    feed_paths: Mapping[str, str] = option(
        "feed_paths",
        {},
        "html",
        checks.feed_paths,
        'Where the blog\'s feeds are, below the site root: `{"rss": "/rss.xml"}`. By default '
        "they are `atom.xml`, `rss.xml` and `feed.json` in the blog's folder.",
    )
    feed_unlisted: bool = option(
        "feed_unlisted",
        False,
        "",
        checks.flag,
        "Whether feeds contain unlisted posts, which makes them public.",
    )
    redirect_map: str = option(
        "redirect_map",
        None,
        "",
        checks.output_file,
        "A file in the output with every redirect, for servers: JSON if its name ends with "
        "`.json`, else lines in the format of `_redirects` of Netlify and Cloudflare Pages.",
    )
    schedule: str = option(
        "schedule",
        None,
        "",
        checks.output_file,
        "A JSON file in the output with the next moment at which a build would change something, "
        "because a post is due or expires. No post is named in it.",
    )
    lint: bool = option(
        "lint",
        False,
        "",
        checks.flag,
        "Enable warnings about matters of taste, and about likely mistakes: a title or "
        "description that is missing or longer than search results show, a handle on X that is "
        "not written as `@name`, an SVG image as the picture of a post, a change before the "
        "post's date, a conflict of versions in the text.",
    )

    root: str = ""
    profiles: Mapping[tuple[Taxonomy, str], Profile] = field(default_factory=dict)
    author_files: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    root_doc: str = "index"
    problems: tuple[Problem, ...] = ()
    now: datetime = _EPOCH

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that the options name."""
        return frozenset({*self.named_hosts, host_of(self.root)} - {""})

    @property
    def authority(self) -> str:
        """The host in whose name the blog makes ids, or an empty string."""
        host = next(iter(self.named_hosts), "") or host_of(self.root)
        return host.partition(":")[0]  # A tag URI has no port (RFC 4151, 2.1).


#: Every option, in the order of the reference page.
OPTIONS: Final[tuple[Option, ...]] = tuple(
    item.metadata["option"] for item in fields(Settings) if item.metadata
)
