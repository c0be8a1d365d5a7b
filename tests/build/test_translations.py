"""The blog speaks the language of the site."""

from __future__ import annotations

from gettext import GNUTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from helpers import post

import sphinx_openinfra_blog

if TYPE_CHECKING:
    from collections.abc import Callable

    from babel.messages.catalog import Catalog
    from helpers import Site

PACKAGE = Path(sphinx_openinfra_blog.__file__).parent
CATALOGS = sorted((PACKAGE / "locale").glob("*/LC_MESSAGES/*.po"))


def load(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def test_the_words_around_posts_are_translated(site: Callable[..., Site]) -> None:
    files = {"blog/a.md": post("A", author="Ann"), "blog/b.md": post("B", category="One")}
    built = site(files).build(language="de", openinfra_blog_categories=["Leer"])
    line = built.body("blog/a").select_one(".blog-byline")
    assert line.get_text() == "Ann\xa0· 2. Januar 2026"
    groups = [head.get_text() for head in built.body("blog/index").select("h2.blog-category")]
    assert groups == ["One 1¶", "Ohne Kategorie 1¶"]
    empty = built.body("blog/category/leer").select_one(".blog-empty")
    assert empty.get_text() == "Es gibt noch keine Beiträge."


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("short", "02.01.26"),
        ("full", "Freitag, 2. Januar 2026"),
        ("EEE, d. MMM", "Fr., 2. Jan."),
        ("MMMd", "Jan.2"),
    ],
)
def test_dates_have_the_form_that_the_site_wants(
    site: Callable[..., Site], form: str, shown: str
) -> None:
    files = {
        "blog/a.md": post("A"),
        "list.md": "# L\n\n```{blog}\n:style: titles\n:group-by: year\n```\n",
        "index.md": "# Site\n\n```{toctree}\nlist\nblog/index\n```\n",
    }
    built = site(files, language="de", openinfra_blog_date_format=form).build(strict=True)
    for page in ("blog/a", "list", "blog/index", "blog/year/2026"):
        (time,) = built.body(page).select("time.dt-published")
        assert (time.get_text(), time["datetime"]) == (shown, "2026-01-02T03:04:05.678Z")


@pytest.mark.parametrize(("language", "direction"), [("he", "rtl"), ("de", None)])
def test_dates_are_written_in_the_direction_of_the_language(
    site: Callable[..., Site], language: str, direction: str | None
) -> None:
    files = {
        "blog/a.md": post("A", author="Ann"),
        "table.md": "# T\n\n```{blog}\n:style: table\n:fields: title, date, authors\n```\n",
        "titles.md": "# L\n\n```{blog}\n:style: titles\n```\n",
        "index.md": "# Site\n\n```{toctree}\ntable\ntitles\n```\n",
    }
    built = site(files, language=language).build(strict=True)
    for page in ("blog/a", "table", "titles"):
        assert built.body(page).select_one("time").get("dir") == direction
    assert built.body("table").select_one(".blog-field-authors > p > bdi").get_text() == "Ann"


def test_a_language_without_a_catalogue_speaks_english(site: Callable[..., Site]) -> None:
    built = site({"blog/a.md": post("A", author="Ann")}).build(language="eo")
    assert built.body("blog/a").select_one(".blog-byline").get_text().startswith("Ann\xa0· ")


def test_translated_titles_and_bodies_leave_the_byline_alone(site: Callable[..., Site]) -> None:
    catalog = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalog += 'msgid "A *title*"\nmsgstr "Ein Titel"\n\nmsgid "Some text."\nmsgstr "Ein Text."\n'
    files = {
        "blog/a.md": post('"A *title*"', author="Some text."),
        "locales/de/LC_MESSAGES/blog.po": catalog,
    }
    body = site(files, locale_dirs=["locales"]).build(language="de").body("blog/a")
    assert body.h1.get_text() == "Ein Titel¶"
    assert body.select_one(".blog-content").get_text().strip() == "Ein Text."
    assert body.select_one(".blog-byline a").get_text() == "Some text."


CATALOG = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "First"
msgstr "Erster *Text*"

msgid "Second"
msgstr "Zweiter"

msgid "Some text."
msgstr "Ein Text."
"""


def test_translated_titles_are_in_pages_listings_and_neighbours(
    site: Callable[..., Site],
) -> None:
    files = {
        "blog/a.md": post("First", category="One", date="2025-01-01"),
        "blog/b.md": post("Second", category="One", date="2025-01-02"),
        "index.md": "# Site\n\n{blog:post}`a`\n\n```{toctree}\nblog/index\n```\n",
        "blog/index.md": "# News\n\n```{blog}\n:style: cards\n:sort: title\n```\n",
        "locales/de/LC_MESSAGES/blog.po": CATALOG,
    }
    made = site(files, locale_dirs=["locales"], language="de")
    built = made.build()
    assert built.text == ""
    for page in ("blog/index", "blog/category/one"):
        shown = {item.get_text() for item in built.body(page).select(".blog-title")}
        assert shown == {"Erster *Text*", "Zweiter"}
        excerpts = {item.get_text() for item in built.body(page).select(".blog-excerpt")}
        assert excerpts == {"Ein Text."}
    assert built.body("blog/a").h1.get_text() == "Erster *Text*¶"
    assert built.html("blog/b").find("link", rel="prev")["title"] == "Erster *Text*"
    assert built.body("index").select_one("p a").get_text() == "Erster *Text*"
    made.write({"locales/de/LC_MESSAGES/blog.po": CATALOG.replace("Zweiter", "Anfang")})
    built = made.build()
    titles = [item.get_text() for item in built.body("blog/index").select(".blog-title")]
    assert titles == ["Anfang", "Erster *Text*"]
    assert built.html("blog/a").find("link", rel="next")["title"] == "Anfang"


def test_the_template_of_the_catalogues_holds_every_message() -> None:
    used = {message for _file, _line, message, _comments, _context in extract_from_dir(PACKAGE)}
    template = load(PACKAGE / "locale/sphinx_openinfra_blog.pot")
    assert {message.id for message in template if message.id} == used


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_each_catalogue_is_complete_and_compiled(path: Path) -> None:
    catalog = load(path)
    template = load(PACKAGE / "locale/sphinx_openinfra_blog.pot")
    assert {message.id for message in template} == {message.id for message in catalog}
    for message in catalog:
        forms = texts_of(message.string)
        assert all(forms)
        assert {form.count("{") for form in forms} == {
            text.count("{") for text in texts_of(message.id)
        }
    with path.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in catalog:
        if message.id:
            one, *rest = texts_of(message.id)
            found = {
                compiled.ngettext(one, rest[0], number) if rest else compiled.gettext(one)
                for number in range(200)
            }
            assert found <= set(texts_of(message.string))


def texts_of(value: Any) -> list[str]:
    """Return the forms of a message."""
    return [value] if isinstance(value, str) else list(value)
