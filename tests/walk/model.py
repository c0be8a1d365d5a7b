"""The model of a small site: what the edits change, and the files that it stands for."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import shake_128
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

#: The moment at which a walk begins: 2026-11-20T00:00:00Z.
START = 1_795_132_800

Options = dict[str, str]

CATEGORIES = {
    "News & Announcements": "category-Aa1",
    "Community": "category-Bb2",
    "OpenStack": "category-Cc3",
    "StarlingX": "category-Dd4",
}
LABELS = [*CATEGORIES, "Odd Label", "odd label"]
AUTHORS = ["Ada Quill", "Bea O’Hara", "Cy Young", "ada  quill"]
TAGS = ["t1", "T two", "t3"]
SHAPES = ["plain", 'R&D "q"', "<b>x</b>", "it’s", "*stars* `code`"]


class Block(NamedTuple):
    """A part of a body, in both syntaxes."""

    markdown: str
    rst: str


@dataclass(slots=True)
class Post:
    """A post, as its author thinks of it.

    :ivar file: below the blog's folder.
    :ivar raw: the whole file, while the post is broken.
    """

    file: str
    title: str
    author: str
    date: datetime | None
    categories: list[str]
    tags: list[str]
    body: list[Block]
    url: str = ""
    hidden: bool = False
    draft: bool = False
    featured: bool = False
    aliases: list[str] = field(default_factory=list)
    updated: datetime | None = None
    expires: str = ""
    excerpt: str = ""
    description: str = ""
    image: str = ""
    raw: str = ""

    @property
    def stem(self) -> str:
        """The file's name without its suffix."""
        return self.file.rpartition(".")[0]

    @property
    def address(self) -> str:
        """The address that the post had on the old site."""
        if "://" in self.url:
            return self.url
        return f"https://openinfra.dev/blog/{self.url or self.stem}"

    def text(self) -> str:
        """Return the file's content."""
        if self.raw:
            return self.raw
        matter = "".join(f"{key}: {value}\n" for key, value in self._matter())
        number = 1 if self.file.endswith(".rst") else 0
        return f"---\n{matter}---\n\n" + "\n\n".join(block[number] for block in self.body) + "\n"

    def _matter(self) -> Iterator[tuple[str, str]]:
        yield "templateKey", "blog-post"
        yield "title", _quoted(self.title)
        yield "author", _quoted(self.author)
        if self.date:
            yield "date", _stamp(self.date)
        labels = [
            {"value": CATEGORIES[label], "label": label} if label in CATEGORIES else label
            for label in self.categories
        ]
        yield "category", _quoted(labels)
        yield "hidePost", _quoted(self.hidden)
        optional: dict[str, Any] = {
            "draft": self.draft,
            "seo": {"url": self.url} if self.url else None,
            "tags": self.tags,
            "aliases": self.aliases,
            "featured": self.featured,
            "excerpt": self.excerpt,
            "description": self.description,
            "image": self.image,
        }
        yield from ((key, _quoted(value)) for key, value in optional.items() if value)
        if self.updated:
            yield "updated", _stamp(self.updated)
        if self.expires:
            yield "expires", self.expires


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def picture(number: int) -> bytes:
    """Return a PNG that is wide enough for a smaller copy; each number is another picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    width, height = 250, 12
    noise = shake_128(str(number).encode()).digest(3 * width * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (noise[3 * width * row :][: 3 * width] for row in range(height))
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


class Model:
    """The whole site, and the chance that edits draw from.

    :ivar pages: ordinary pages below the blog's folder -> their text.
    :ivar images: path -> content.
    :ivar item: a template for posts in lists.
    :ivar listings: the options of each directive: of the archive, of ``news.rst``, of the others.
    """

    def __init__(self, random: Random, conf: dict[str, object]) -> None:
        self.random = random
        self.conf = conf
        self.now = START
        self.serial = 0
        self.roster: dict[str, dict[str, str]] = {
            "ada": {"name": "Ada Quill", "bio": "Writes."},
            "cy": {"name": "Cy Young"},
        }
        self.categories = [{"id": id_, "text": label} for label, id_ in CATEGORIES.items()][:3]
        self.images = {"img/a.png": picture(1), "blog/pics/a.png": picture(2)}
        self.pages = {"about.md": "# About\n\nAn ordinary page.\n"}
        self.archive: str | None = "Blog"
        self.listings: list[Options] = [
            {},
            {"style": "cards", "limit": "4"},
            {"style": "cards", "group-by": "none", "paginate": "3"},
            {"show": "tags"},
        ]
        self.item = "<b>{{ post.title }}</b>{{ parts.picture }}"
        self.guide = ["A page."]
        self.references = ["Roles."]
        self.posts: list[Post] = []
        for _number in range(8):
            self.posts.append(self.new_post())

    def number(self) -> int:
        """Return a number that no other name has."""
        self.serial += 1
        return self.serial

    def moment(self) -> datetime:
        """Return a moment in the past."""
        hours, thousandths = self.random.randrange(20_000), self.random.randrange(1_000)
        return datetime(2021, 1, 1, tzinfo=UTC) + timedelta(hours=hours, milliseconds=thousandths)

    def new_post(self) -> Post:
        """Return another post, which is not part of the site yet."""
        number, random = self.number(), self.random
        suffix = ".rst" if random.random() < 0.2 else ".md"
        address = f"https://openinfra.dev/blog/addr-{number}"
        return Post(
            file=f"post-{number}{suffix}",
            title=f"Title {number} {random.choice(SHAPES)}",
            author=random.choice(AUTHORS),
            date=self.moment(),
            categories=random.sample(LABELS, random.randint(0, 2)),
            tags=random.sample(TAGS, random.randint(0, 2)),
            body=[Block(*[f"Paragraph of words{number}."] * 2)],
            url=random.choice(["", address, address, f"root-{number}", f"{address}/Deep/"]),
            hidden=random.random() < 0.1,
            draft=random.random() < 0.05,
        )

    def ordinary(self) -> set[str]:
        """Return the docnames of the pages below the blog's folder that are not posts."""
        names = {name for name, text in self.pages.items() if not text.startswith("---")}
        names |= {post.file for post in self.posts if post.raw and not post.raw.startswith("---")}
        if self.archive is not None:
            names.add("index.md")
        return {f"blog/{name.rpartition('.')[0]}" for name in names}

    def files(self) -> dict[str, bytes]:
        """Return every source file."""
        texts = {f"blog/{post.file}": post.text() for post in self.posts}
        texts |= {f"blog/{name}": text for name, text in self.pages.items()}
        texts["blog-config.json"] = json.dumps({"categories": self.categories})
        texts["authors.yml"] = json.dumps(self.roster)
        texts["conf.py"] = "".join(f"{key} = {value!r}\n" for key, value in self.conf.items())
        texts["_templates/openinfra_blog/item.html"] = self.item
        texts["index.md"] = "# Site\n\n```{toctree}\nguide\nnews\nd/lists\n```\n"
        texts["guide.md"] = "\n\n".join(["# Guide", *self.guide]) + "\n"
        first, second, *others = self.listings
        options = "".join(f"   :{key}: {value}\n" for key, value in second.items())
        texts["news.rst"] = f"News\n====\n\n.. blog::\n{options}"
        lists = [*(_directive(options) for options in others), *self.references]
        if self.archive is not None:
            texts["blog/index.md"] = f"# {self.archive}\n\n{_directive(first)}\n"
            # Only the pages below this one show the blog in their sidebars: Sphinx does not
            # write others again when a toctree changes.
            lists.append("```{toctree}\n/blog/index\n```")
        texts["d/lists.md"] = "\n\n".join(["# Lists", *lists]) + "\n"
        return {name: text.encode() for name, text in texts.items()} | self.images


def _directive(options: Options) -> str:
    lines = "".join(f":{key}: {value}\n" for key, value in options.items())
    return f"```{{blog}}\n{lines}```"
