"""What plain Sphinx does inexactly: each cause on a site without the extension, and no more."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from walk.causes import (
    CAUSES,
    CHECKSUMS,
    DEAD_WORDS,
    IMAGE_NUMBERS,
    NOTEBOOKS,
    LeftBehind,
    normalised,
)
from walk.comparison import Comparison, read
from walk.model import picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Site
    from walk.causes import Files

NAMES = {"index", "blog/index", "a", "b"}
FILES = {
    "index.md": "# Site\n\n```{toctree}\nblog/index\n```\n",
    "blog/index.md": "# Not a blog\n",
    "a.md": "---\norphan: true\n---\n\n# A\n\nzebra\n",
    "b.md": "---\norphan: true\n---\n\n# B\n\n![b](two/same.png)\n",
}
WITH_IMAGE = FILES["a.md"] + "\n![a](one/same.png)\n"


class Plain:
    """A site of Sphinx and MyST-Parser alone."""

    def __init__(self, made: Site) -> None:
        self.made = made
        self.comparison = Comparison("html")
        for folder, number in (("one", 1), ("two", 2)):
            (made.src / folder).mkdir()
            (made.src / folder / "same.png").write_bytes(picture(number))

    def outputs(self) -> tuple[Files, Files]:
        """Build again and from nothing; return both outputs."""
        number = len(list(self.made.root.iterdir()))
        again = self.made.build(extensions=["myst_parser"])
        anew = self.made.build(
            out=f"clean{number}", doctrees=f"clean{number}-d", extensions=["myst_parser"]
        )
        assert "sphinx_openinfra_blog" not in again.app.extensions
        return read(again.out), read(anew.out)

    def differences(self, outputs: tuple[Files, Files]) -> list[str]:
        """Return the files that differ for another reason than a cause."""
        return [item.name for item in self.comparison.compare(*outputs, NAMES)]


@pytest.fixture
def plain(site: Callable[..., Site]) -> Plain:
    return Plain(site(FILES))


def unequal(outputs: tuple[Files, Files]) -> list[str]:
    one, two = outputs
    return [name for name in sorted(one.keys() | two.keys()) if one.get(name) != two.get(name)]


@pytest.mark.walk
def test_the_search_index_keeps_words_that_no_page_has(plain: Plain) -> None:
    assert plain.differences(plain.outputs()) == []
    plain.made.write({"a.md": FILES["a.md"].replace("zebra", "quagga")})
    outputs = plain.outputs()
    assert unequal(outputs) == ["searchindex.js"]
    assert b"zebra" in outputs[0]["searchindex.js"]
    assert plain.differences(outputs) == []


def build_alone(made: Site, extension: str, builder: str = "html") -> Files:
    """Build in a process of its own, which remembers nothing."""
    out, doctrees = made.root / builder, made.root / "doctrees"
    words = ["-Q", "-D", f"extensions={extension}", "-b", builder, "-d", str(doctrees)]
    command = [sys.executable, "-m", "sphinx", *words, str(made.src), str(out)]
    subprocess.run(command, check=True)
    return read(out)


@pytest.mark.walk
def test_myst_nb_writes_a_style_sheet_after_the_pages_that_tell_its_checksum(
    site: Callable[..., Site],
) -> None:
    made = site(FILES | {"conf.py": ""})
    first = build_alone(made, "myst_nb")
    made.write({"a.md": FILES["a.md"] + "more\n"})
    second = build_alone(made, "myst_nb")
    told = re.compile(rb"mystnb\.[0-9a-f]+\.css\?v=")
    pages = [first["a.html"], second["a.html"]]
    assert [bool(told.search(page)) for page in pages] == [False, True]
    (page,) = CHECKSUMS.normalise({"a.html": pages[1]}).values()
    assert not told.search(page)


@pytest.mark.walk
def test_nbsphinx_copies_only_notebooks_read_in_this_build(site: Callable[..., Site]) -> None:
    content = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    made = site({"conf.py": "", "index.rst": "Site\n====\n", "n.ipynb": json.dumps(content)})
    made.remove("index.md")
    assert "n.ipynb" in build_alone(made, "nbsphinx")
    second = build_alone(made, "nbsphinx", "dirhtml")
    assert "n/index.html" in second
    assert "n.ipynb" not in second
    assert NOTEBOOKS.normalise({"n.ipynb": b""}) == {}


@pytest.mark.walk
def test_images_of_one_name_are_numbered_as_they_came(plain: Plain) -> None:
    plain.outputs()
    plain.made.write({"a.md": WITH_IMAGE})
    outputs = plain.outputs()
    assert [files["_images/same.png"] for files in outputs] == [picture(2), picture(1)]
    assert {"a.html", "b.html"} <= set(unequal(outputs))
    assert plain.differences(outputs) == []


@pytest.mark.walk
def test_pages_copies_and_images_of_documents_that_are_gone_stay(plain: Plain) -> None:
    plain.made.write({"a.md": WITH_IMAGE})
    assert plain.differences(plain.outputs()) == []
    plain.made.remove("a.md")
    # Sphinx 8.1 ends a build that writes no document before it writes its index.
    plain.made.write({"b.md": "# B\n\nAnother text.\n"})
    outputs = plain.outputs()
    left = {"_sources/a.md.txt", "a.html", "_images/same1.png"}
    assert left <= outputs[0].keys() - outputs[1].keys() | {"_images/same1.png"}
    assert plain.differences(outputs) == []


@pytest.mark.walk
def test_the_record_of_the_configuration_before_stays(plain: Plain) -> None:
    assert plain.differences(plain.outputs()) == []
    plain.made.conf["html_title"] = "Another"
    outputs = plain.outputs()
    assert ".buildinfo.bak" in unequal(outputs)
    assert plain.differences(outputs) == []


@pytest.mark.walk
def test_a_build_of_one_file_hides_a_change_of_an_option(plain: Plain) -> None:
    """A walk builds no file alone while an option is new to its output: no token shows it."""
    plain.outputs()
    plain.made.conf["html_title"] = "Another"
    plain.made.build(extensions=["myst_parser"], only=["a.md"])
    again, anew = plain.outputs()
    assert again["a.html"] == anew["a.html"]
    assert b"Another" in anew["b.html"]
    assert b"Another" not in again["b.html"]


def test_every_cause_has_its_reproduction_here() -> None:
    assert CAUSES == (IMAGE_NUMBERS, DEAD_WORDS, CHECKSUMS, NOTEBOOKS)


def test_an_image_that_shows_something_else_is_a_difference() -> None:
    page = b'<img src="_images/a.png">'
    files = {"a.html": page, "_images/a.png": b"1"}
    assert normalised(files) == normalised(
        {"a.html": page.replace(b"a.p", b"a1.p"), "_images/a1.png": b"1"}
    )
    assert normalised(files)["a.html"] != normalised(files | {"_images/a.png": b"2"})["a.html"]
    assert normalised({"a.html": page})["a.html"] != normalised(files)["a.html"]


def test_a_word_on_another_page_is_a_difference() -> None:
    def index(pages: str) -> Files:
        terms = f'"terms": {{"w": {pages}}}'
        text = f'Search.setIndex({{"alltitles": {{}}, {terms}, "titleterms": {{}}}})'
        return {"searchindex.js": text.encode()}

    assert normalised(index("1")) != normalised(index("2"))
    assert normalised(index("1")) != normalised(index("[]"))


def test_only_what_was_there_and_did_not_change_may_stay() -> None:
    left = LeftBehind()
    before = {".buildinfo": b"", "page.html": b"old", "post.html": b"post"}
    left.remember(before, {"page.html"})
    assert left.without(before, {}) == {".buildinfo": b"", "post.html": b"post"}
    assert left.without({"page.html": b"new"}, {}) == {"page.html": b"new"}
    assert left.without(before, before) == before


def test_what_comes_back_as_a_post_may_not_stay_when_that_goes() -> None:
    left = LeftBehind()
    left.remember({".buildinfo": b"", "page.html": b"ordinary"}, {"page.html"})
    left.remember({".buildinfo": b"", "page.html": b"post"}, set())
    assert left.without({"page.html": b"post"}, {}) == {"page.html": b"post"}
