"""Posts as a content system writes them: of made-up text, and the same in every run."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

#: The latest ``date`` of any post.
NEWEST = datetime(2025, 12, 1, 9, 30, tzinfo=UTC)

#: As in a sample of 56 posts of a real blog: 1.09 categories and one author a post, no tags.
MEAN_CATEGORIES = 1.09

CATEGORIES = (
    ("News & Announcements", "category-Qw1"),
    ("Community", "category-Er2"),
    ("Deep Dives", "category-Ty3"),
    ("Release Notes", "category-Ui4"),
    ("Case Studies", "category-Op5"),
)

AUTHORS = tuple(
    f"{first} {last}"
    for first in ("Ada", "Björn", "Chloé", "Dewi", "Emeka", "Farah")
    for last in ("Quill", "O’Hara", "van Dijk", "Ngata", "Ito")
)

WORDS = """
    about across after archive author backup before bridge build change cloud cluster code
    community compute config contributor core cycle data deploy design disk document driver
    edge event feature fix gate guide hardware host image interface kernel latency library
    machine maintainer memory metric migration module network node open operator package
    patch performance platform plugin policy project proposal queue recipe region release
    replica repository resource review roadmap router schedule security server service
    session snapshot software stack storage summit system team tenant test tool topic
    upgrade user vendor version volume workload zone
""".split()

LINKING = "the and for with from into over under between without because while".split()

SYLLABLES = "ba den dro fi gal hep jor ka lin mo nur pel qua ri sto tev ul vin wex zo".split()

SNIPPET = """
```python
def {name}(nodes: list[str]) -> dict[str, int]:
    # count what every node holds
    return {{node: len(node) for node in nodes}}
```
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """One post."""

    title: str
    author: str
    when: datetime
    #: Label and id of each.
    categories: tuple[tuple[str, str], ...]
    hidden: bool
    description: str
    address: str
    body: str

    def as_committed(self) -> str:
        """Return the file that the content system writes."""
        category = "\n".join(
            f"  - value: {value}\n    label: {label}" for label, value in self.categories
        )
        return (
            "---\n"
            "templateKey: blog-post\n"
            f'title: "{self.title}"\n'
            f"author: {self.author}\n"
            f"date: {self.when:%Y-%m-%dT%H:%M:%S}.{self.when.microsecond // 1000:03}Z\n"
            f"category:\n{category}\n"
            f"hidePost: {str(self.hidden).lower()}\n"
            "seo:\n"
            f'  title: "{self.title}"\n'
            f"  description: {self.description}\n"
            f"  url: {self.address}\n"
            '  twitterUsername: "@example"\n'
            "---\n"
            f"{self.body}"
        )

    def for_ablog(self) -> str:
        """Return the same post as ABlog wants it: its keys, its dates, and the title in the text.

        It has neither hidden posts nor addresses of an old site.
        """
        labels = ", ".join(label for label, _value in self.categories)
        return (
            "---\n"
            "blogpost: true\n"
            f'date: "{self.when:%b %d, %Y}"\n'
            f'author: "{self.author}"\n'
            f'category: "{labels}"\n'
            "---\n"
            f"# {self.title}\n\n{self.body}"
        )


class Text:
    """Words, sentences and posts, the same in every run."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (nothing here is secret)

    def words(self, low: int, high: int) -> str:
        """Return between *low* and *high* words."""
        return " ".join(self.word() for _ in range(self.random.randint(low, high)))

    def word(self) -> str:
        """Return a word; some are rare, since the search index stems each of those anew."""
        dice = self.random.random()
        if dice < 0.12:
            rank = int(8000 * self.random.random() ** 3)
            return "".join(SYLLABLES[rank // 20**place % 20] for place in range(3))
        return self.random.choice(LINKING if dice < 0.45 else WORDS)

    def sentence(self) -> str:
        """Return one sentence, some with markup."""
        words = self.words(6, 20)
        dice = self.random.random()
        if dice < 0.08:
            words += f" **{self.words(1, 3)}**"
        elif dice < 0.12:
            words += f" `{self.random.choice(WORDS)}_{self.random.choice(WORDS)}`"
        elif dice < 0.34:
            address = "/".join(self.words(2, 3).split())
            words += f" [{self.words(2, 5)}](https://example.org/{address}/)"
        return words[0].upper() + words[1:] + "."

    def paragraph(self) -> str:
        """Return two to six sentences."""
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 6)))

    def section(self, number: int, posts: int) -> str:
        """Return a heading and what stands below it in a post like number *number*."""
        level = self.random.choice(("##", "##", "###"))
        parts = [f"{level} {self.words(2, 6).capitalize()}", self.paragraph()]
        dice = self.random.random()
        if dice < 0.3:
            parts.append("\n".join(f"* {self.sentence()}" for _ in range(4)))
        elif dice < 0.4:
            parts.append("\n".join(f"{at}. {self.sentence()}" for at in range(1, 4)))
        elif dice < 0.5:
            parts.append(SNIPPET.format(name=self.random.choice(WORDS)).strip())
        elif dice < 0.6:
            parts.append(f"> {self.sentence()}")
        elif dice < 0.7:
            name = f"picture-{self.random.randrange(8)}.png"
            parts.append(f"![{self.words(2, 5)}](/img/{name})")
        elif dice < 0.8:
            other = address(self.random.randrange(posts))
            parts.append(f"More of it in [{self.words(2, 5)}]({other}).")
        parts.append(self.paragraph())
        return "\n\n".join(parts)

    def draft(self, number: int, posts: int) -> Draft:
        """Return post number *number* of *posts*."""
        title = f"{self.words(3, 9).capitalize()}: part {number}"
        number_of_categories = 1 + (self.random.random() < MEAN_CATEGORIES - 1)
        chosen = self.random.sample(CATEGORIES, number_of_categories)
        sections = "\n\n".join(
            self.section(number, posts) for _ in range(self.random.randint(2, 6))
        )
        return Draft(
            title=title,
            author=self.random.choice(AUTHORS),
            when=NEWEST - timedelta(hours=19 * number, milliseconds=number * 37 % 1000),
            categories=tuple(chosen),
            hidden=number % 40 == 7,
            description=self.words(12, 30).capitalize(),
            address=address(number),
            body=f"{self.paragraph()}\n\n{sections}\n",
        )


def address(number: int) -> str:
    """Return the old address of post number *number*."""
    host = ("blog.example.org", "example.com")[number % 2]
    return f"https://{host}/blog/{WORDS[number % len(WORDS)]}-{number}"
