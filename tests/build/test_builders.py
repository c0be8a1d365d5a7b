"""Every builder of Sphinx: nothing fails or warns, and each holds what it can hold."""

from __future__ import annotations

import json
import pickle
import re
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from helpers import PNG, post

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built, Site

INDEX = """\
# Site

```{toctree}
archive
blog/inside
```

{blog:post}`inside` {blog:post}`known` {blog:post}`unknown` {blog:category}`News`
"""
ARCHIVE = """\
# Archive

```{blog}
:style: cards
:group-by: none
:paginate: 1
```

```{blog}
:show: tags
```
"""
FILES = {
    "index.md": INDEX,
    "archive.md": ARCHIVE,
    "pic.png": "",
    "blog/inside.md": post("Inside", "Text of inside.", author="Ann", date="2025-01-03"),
    "blog/k.md": post(
        "Known",
        "Text of known. ![A dot](/pic.png)",
        date="2025-01-02",
        category="News",
        tags="[one]",
        seo="{url: 'https://old.example/blog/known'}",
    ),
    "blog/unknown.md": post("Unknown", "[own](https://old.example/blog/known)", date="2025-01-01"),
    "blog/draft.md": post("Draft", draft="true"),
}
CONF = {
    "html_baseurl": "https://new.example/",
    "author": "Us",
    "version": "1",
    "copyright": "2026, us",
    "project": "site",
}


@pytest.fixture
def build(site: Callable[..., Site]) -> Callable[[str], Built]:
    """Return a function that builds the site with a builder and expects no warning."""
    made = site(FILES, **CONF)
    made.remove("blog/index.md")
    (made.src / "pic.png").write_bytes(PNG)

    def run(builder: str) -> Built:
        doctrees = f"doctrees-{builder}" if builder == "gettext" else "doctrees"
        built = made.build(builder, doctrees=doctrees)
        assert built.text == ""
        return built

    return run


def hrefs(scope: Any) -> dict[str, str]:
    """Return the address of each link, by its text."""
    return {link.get_text(): link["href"] for link in scope.select("a.reference")}


def text_of(built: Built, pattern: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(built.out.rglob(pattern)))


def test_html_and_dirhtml_have_pages_for_everything(build: Callable[[str], Built]) -> None:
    for builder in ("html", "dirhtml"):
        built = build(builder)
        for name in ("blog/index", "blog/tag", "blog/tag/one", "archive/page/3"):
            assert built.path(name).is_file()


@pytest.mark.parametrize(("builder", "suffix"), [("json", ".fjson"), ("pickle", ".fpickle")])
def test_the_serializing_builders_have_generated_pages_of_plain_values(
    build: Callable[[str], Built], builder: str, suffix: str
) -> None:
    built = build(builder)
    path = built.out / f"blog/tag/one{suffix}"
    page = json.loads(path.read_text()) if builder == "json" else pickle.loads(path.read_bytes())  # noqa: S301
    assert page["title"] == "one"
    assert hrefs(BeautifulSoup(page["body"], "html5lib"))["Known"] == "../../known/"
    found = {type(value) for value in page.values()}
    assert found <= {str, int, bool, list, dict, type(None), tuple}


def test_one_page_holds_the_posts_of_its_toctrees(build: Callable[[str], Built]) -> None:
    body = build("singlehtml").body("index")
    found = hrefs(body.select_one("ul.blog-posts"))
    assert found == {
        "Inside": "#document-blog/inside",
        "Known": "https://new.example/blog/known/",
    }
    assert [item.get_text() for item in body.select(".blog-title")] == [
        "Inside",
        "Known",
        "Unknown",
    ]
    assert hrefs(body.select("p")[-1].parent)["Inside"] == "#document-blog/inside"
    assert body.select("p")[-1].get_text() == "Inside Known Unknown News"
    assert "Text of inside." in body.get_text()


def test_a_pdf_holds_the_posts_of_its_toctrees(build: Callable[[str], Built]) -> None:
    tex = text_of(build("latex"), "site.tex")
    assert r"\sphinxhref{https://new.example/blog/known/}{Known}" in tex
    assert re.search(
        r"\\hyperref\[\\detokenize\{blog/inside::doc\}\]\{\\sphinxcrossref\{Inside\}\}", tex
    )
    assert re.search(r"^Unknown$", tex, re.MULTILINE)
    assert "Text of known." in tex
    assert "Draft" not in tex


@pytest.mark.parametrize("builder", ["man", "texinfo"])
def test_pages_in_one_piece_name_all_posts(build: Callable[[str], Built], builder: str) -> None:
    text = text_of(build(builder), "site.1" if builder == "man" else "site.texi")
    for words in ("Unknown", "Text of known.", "one (1)"):
        assert words in text
    assert re.search(r"https?:.*new.*example.*known", text.replace("\\:", ""))
    assert "<>" not in text
    assert "Draft" not in text


@pytest.mark.parametrize(
    ("builder", "suffix"), [("text", "txt"), ("xml", "xml"), ("pseudoxml", "pseudoxml")]
)
def test_each_document_has_its_file(
    build: Callable[[str], Built], builder: str, suffix: str
) -> None:
    built = build(builder)
    names = {path.relative_to(built.out).as_posix() for path in built.out.rglob(f"*.{suffix}")}
    pages = ("index", "archive", "blog/inside", "blog/known", "blog/unknown")
    assert names == {f"{page}.{suffix}" for page in pages}
    text = (built.out / f"archive.{suffix}").read_text(encoding="utf-8")
    for words in ("Inside", "Known", "Unknown", "Text of known.", "January 2, 2025"):
        assert words in text


def test_a_book_has_every_post_and_no_dead_link(build: Callable[[str], Built]) -> None:
    built = build("epub")
    with ZipFile(built.out / "site.epub") as book:
        names = set(book.namelist())
        assert {"blog/inside.xhtml", "blog/known.xhtml", "blog/unknown.xhtml"} <= names
        assert not [name for name in names if "draft" in name.lower() or "/tag" in name]
        archive = BeautifulSoup(book.read("archive.xhtml"), "html5lib")
    assert hrefs(archive.select_one("ul.blog-posts")) == {
        "Inside": "blog/inside.xhtml",
        "Known": "blog/known.xhtml",
        "Unknown": "blog/unknown.xhtml",
    }
    assert archive.select_one("ul.blog-terms a") is None


def test_translators_get_titles_and_bodies_and_no_bylines(build: Callable[[str], Built]) -> None:
    template = text_of(build("gettext"), "*.pot")
    for words in ('msgid "Inside"', 'msgid "Text of inside."', 'msgid "Unknown"'):
        assert words in template
    assert "Ann" not in template
    assert "2025" not in template


@pytest.mark.parametrize("builder", ["linkcheck", "changes", "dummy"])
def test_builders_without_pages_say_nothing(site: Callable[..., Site], builder: str) -> None:
    files = {name: text for name, text in FILES.items() if name != "pic.png"}
    made = site({**files, "blog/k.md": post("Known", tags="[one]", category="News")}, **CONF)
    made.remove("blog/unknown.md", "blog/index.md")
    made.write({"index.md": INDEX.replace("{blog:post}`unknown` ", "").replace("known", "k")})
    assert made.build(builder).text == ""
