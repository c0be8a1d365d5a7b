"""Equal sources give equal bytes, whoever builds them, where, and when."""

from __future__ import annotations

import io
import locale
import os
import subprocess
import sys
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from helpers import ARCHIVE, PNG, post

import sphinx_openinfra_blog

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from helpers import Site

NOW = 1794000000  # 2026-11-06T21:20:00Z
CONF: dict[str, Any] = {
    "extensions": ["sphinx_openinfra_blog"],
    "project": "Öl",
    "copyright": "%Y, us",
    "language": "de",
    "html_theme": "basic",
    "html_baseurl": "https://o.example/",
    "exclude_patterns": ["_build"],
    "openinfra_blog_authors": "people.yaml",
    "openinfra_blog_categories": "team.json",
    "openinfra_blog_media": {"/img/": "static/img"},
    "openinfra_blog_paginate": 2,
    "openinfra_blog_reading_time": True,
    "openinfra_blog_redirect_map": "_redirects",
    "openinfra_blog_schedule": "schedule.json",
    "openinfra_blog_term_feeds": ["atom", "rss", "json"],
    "openinfra_blog_timezone": "Europe/Berlin",
}
FILES = {
    "index.md": "# Site\n\n```{toctree}\nblog/index\nlist\n```\n\n"
    "{blog:post}`first`, {blog:author}`Ann`, [b](blog/b.md), {download}`post <blog/c.rst>`.\n",
    "list.md": "# List\n\n```{blog}\n:style: cards\n:group-by: year\n:paginate: 2\n```\n\n"
    "```{blog}\n:show: tags\n```\n",
    "blog/index.md": ARCHIVE,
    "blog/a.md": post(
        "Größe & <b>", "![dot](/img/dot.png) ![none](/img/none.png)\n\n„Größe“: [b](b.md).",
        author="Ann", category="[One, Zwei]", tags="[x, y, z]", date="2025-01-01",
        seo="{url: https://o.example/blog/first/, image: /img/dot.png}", aliases="[/old/a]",
    ),
    "blog/b.md": post(
        "B", "<img src='/img/dot.png'>\n\n## Part\n\n" + "word " * 99, author="[Bob, Ann]",
        date="2025-01-01T23:30:00", updated="2025-02-03", category="One", tags="[y]",
    ),
    "blog/c.rst": "---\ntitle: C\ndate: 2024-12-31T23:30:00\nauthor: Bob\ncategory: Zwei\n---\n\n"
    "Part\n====\n\n:blog:category:`Zwei` and :doc:`first`.\n",
    "blog/d.md": post("D", author="Émile", date="2024-05-05", tags="[ı, İ, ß]"),
    "blog/e.md": post("E", author="Cid", date="2024-05-05", hidePost="true"),
    "blog/rival.md": post("F", date="2024-05-06", seo="{url: /blog/first}"),
    "blog/later.md": post("Later", date="2027-06-01", tags="[z]"),
    "people.yaml": "Ann: {name: Ann Lee, title: Editor, image: /img/dot.png}\n",
    "team.json": '{"categories": [{"id": "Zwei", "text": "2"}, {"id": "One", "text": "Uno"}]}',
}  # fmt: skip
# So that a build can prove that it ran as it was told to.
SEEN = """
import os, time
folder = os.path.dirname(os.path.abspath(__file__))
first = next(name for name in os.listdir(folder) if name.endswith((".json", ".md")))
age = os.stat(folder + "/index.md").st_mtime
print(hash("x"), time.strftime("%H", time.localtime(0)), first, age)
"""
# Python runs a module of this name when it starts.
ORDER = """
import os

class Listed:
    def __init__(self, path="."):
        with REAL(path) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        self.entries = iter(found[::-1] if os.environ["FILE_ORDER"] == "down" else found)
    def __iter__(self):
        return self.entries
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *error):
        pass
    close = __exit__

REAL, os.scandir = os.scandir, Listed
os.listdir = lambda path=".": [entry.name for entry in Listed(path)]
"""


class Way(NamedTuple):
    """How somebody builds.

    :ivar source: the source folder, below one that each way has of its own.
    :ivar out: the output folder, likewise.
    :ivar age: the time of all source files; 0 for now.
    """

    environ: dict[str, str]
    source: str = "source"
    out: str = "out"
    age: int = 0
    jobs: str = "1"

    def seen(self) -> tuple[object, ...]:
        """Return what a build says of these circumstances, in the order in which it does."""
        environ = self.environ
        return environ["PYTHONHASHSEED"], environ["TZ"], environ["FILE_ORDER"], self.age


def locale_called(name: str) -> str:
    """Return a locale if the system has it: Sphinx starts in no other."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return "C.UTF-8"
    else:
        return name
    finally:
        locale.setlocale(locale.LC_ALL, before)


REFERENCE = Way(
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "FILE_ORDER": "up"},
)
WAYS = {
    "somewhere": Way(
        {
            "PYTHONHASHSEED": "1", "TZ": "Pacific/Apia", "FILE_ORDER": "down",
            # No encoding but ASCII, as on old servers.
            "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
        },
        "deep/down/source", "deep/down/source/_build/html", age=500_000_000,
    ),
    "elsewhere": Way(
        {
            "PYTHONHASHSEED": "2", "TZ": "XYZ+11:30", "FILE_ORDER": "up",
            "LC_ALL": locale_called("tr_TR.UTF-8"), "LANGUAGE": "tr:de",
        },
        "öffentliche seiten/quelle", age=4_000_000_000, jobs="2",
    ),
    "by others": Way(
        {
            "PYTHONHASHSEED": "random", "TZ": "America/St_Johns", "FILE_ORDER": "down",
            "LC_ALL": "", "LANG": locale_called("de_DE.UTF-8"), "HOME": "home-of-jane",
            "USER": "jane-doe", "LOGNAME": "jane-doe", "HOSTNAME": "janes-computer",
            "PYTHONOPTIMIZE": "1",
        },
        "s", "../by-others-out", age=1_700_000_000,
    ),
}  # fmt: skip


#: A site without the blog.
PLAIN_FILES = {"index.md": "# Site\n", "blog/index.md": "---\norphan: true\n---\n\n# Other\n"}


def lay_out(folder: Path, files: Mapping[str, str], age: int) -> None:
    """Write a site's source."""
    lines = [f"{name} = {value!r}" for name, value in CONF.items()]
    texts = {**files, "conf.py": "\n".join([*lines, SEEN])}
    datas = {name: text.encode() for name, text in texts.items()} | {"static/img/dot.png": PNG}
    for name, data in datas.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if age:
            os.utime(path, (age, age))


def built(
    home: Path,
    way: Way,
    builders: Sequence[str] = ("html",),
) -> tuple[str, dict[str, bytes]]:
    """Build a site in processes of their own.

    :param home: an empty folder, for everything.
    :returns: what conf.py saw, and what every file of the output holds.
    """
    source, out = home / way.source, home / way.out
    lay_out(source, FILES, way.age)
    (home / "start").mkdir()
    (home / "start/sitecustomize.py").write_text(ORDER, encoding="utf-8")
    path = os.pathsep.join([f"{home}/start", os.environ.get("PYTHONPATH", "")])
    environ = {**os.environ, "SOURCE_DATE_EPOCH": str(NOW), "PYTHONPATH": path, **way.environ}
    seen = ""
    for builder in builders:
        places: list[str | Path] = ["-d", home / "doctrees", source, out / builder]
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", "-q", "-j", way.jobs, "-b", builder, *places],
            cwd=home, env=environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        seen = done.stdout
    return seen, files_in(out)


def files_in(folder: Path) -> dict[str, bytes]:
    """Return what every file in a folder holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(one: Mapping[str, bytes], two: Mapping[str, bytes]) -> list[str]:
    """Return the files that are not the same in two outputs."""
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


def to_blame(folder: Path, way: Way, reference: Mapping[str, bytes]) -> list[str]:
    """Return what in a way of building is enough to give other bytes."""
    alone = {"folder": REFERENCE} | {
        key: REFERENCE._replace(environ=REFERENCE.environ | {key: value})
        for key, value in way.environ.items()
    } | {
        name: REFERENCE._replace(**{name: getattr(way, name)})
        for name in ("source", "age", "jobs")
    }  # fmt: skip
    found = []
    for name, only in alone.items():
        home = folder / f"only-{name}"
        home.mkdir()
        if differing(reference, built(home, only)[1]):
            found.append(name)
        if found == ["folder"]:
            break  # in each of the others, too
    return found


def unpacked(name: str, data: bytes) -> bytes:
    """Return what a file of the output held before it was packed."""
    if name.endswith("objects.inv"):
        head, _, packed = data.partition(b"using zlib.\n")
        return head + zlib.decompress(packed)
    if name.endswith(".epub"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return b"".join(item.encode() + book.read(item) for item in book.namelist())
    return data


def telling(files: Mapping[str, bytes], home: Path, way: Way) -> list[str]:
    """Return the files whose name or content says where and by whom they were made.

    :param files: what they hold, unpacked.
    """
    words = [str(home), sys.prefix, str(Path(sphinx_openinfra_blog.__file__).parent.parent)]
    words += [way.environ[key] for key in ("HOME", "USER", "HOSTNAME") if key in way.environ]
    return [
        name
        for name, data in files.items()
        if any(word.encode() in name.encode() + data for word in words)
    ]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, bytes]]:
    return built(tmp_path_factory.mktemp("reference"), REFERENCE)


@pytest.mark.parametrize("name", WAYS)
def test_other_circumstances_give_the_same_bytes_and_do_not_show(
    reference: tuple[str, dict[str, bytes]], tmp_path: Path, name: str
) -> None:
    way, home = WAYS[name], tmp_path / "home"
    home.mkdir()
    seen, files = built(home, way)
    assert len(files) > 90
    # Everything that was to be different was: the seed, the hour, the order and times of files.
    pairs = list(zip(seen.split(), reference[0].split(), strict=True))
    assert [mine == theirs for mine, theirs in pairs] == [
        mine == theirs for mine, theirs in zip(way.seen(), REFERENCE.seen(), strict=True)
    ]
    if found := differing(files, reference[1]):
        pytest.fail(f"{found} differ, because of {to_blame(tmp_path, way, reference[1])}")
    opened = {name: unpacked(name, data) for name, data in files.items()}
    assert telling(opened, home, way) == []


@pytest.mark.matrix
def test_other_builders_show_only_what_sphinx_itself_does(
    site: Callable[..., Site], tmp_path: Path
) -> None:
    """The causes, each with what shows it on a site without the blog.

    Builders that serialise write the whole environment beside the pages, docutils' XML names the
    file of every document, and members of a book have the times of files.
    """
    builders, outputs = ("json", "epub", "xml"), {}
    for name, way in (("one", REFERENCE), ("two", WAYS["elsewhere"])):
        home = tmp_path / name
        home.mkdir()
        _seen, files = built(home, way, builders)
        source = str(home / way.source).encode()
        del files["json/environment.pickle"]
        outputs[name] = {
            name: unpacked(name, data.replace(source, b"") if name.startswith("xml/") else data)
            for name, data in files.items()
        }
        assert telling(outputs[name], home, way) == []
    assert differing(outputs["one"], outputs["two"]) == []
    plain = site(PLAIN_FILES, extensions=["myst_parser"])
    serialised, book, xml = (plain.build(builder).out for builder in builders)
    environment = (serialised / "environment.pickle").read_bytes()
    assert all(part.encode() in environment for part in plain.src.parts)
    assert f'source="{plain.src}' in (xml / "index.xml").read_text(encoding="utf-8")
    with zipfile.ZipFile(next(book.glob("*.epub"))) as members:
        years = {item.date_time[0] for item in members.infolist()}
    assert years == {datetime.now(UTC).year}


def test_without_a_fixed_time_only_what_is_due_changes(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    made = site(FILES, **CONF)
    lay_out(made.src, {}, 0)
    outputs = []
    for number, now in enumerate(("2026-11-06T21:20", "2027-05-30T07:00", "2027-06-01T07:00")):
        moment = datetime.fromisoformat(f"{now}Z").timestamp()
        monkeypatch.setattr("time.time", lambda moment=moment: moment)
        done = made.build(out=f"out{number}", doctrees=f"trees{number}")
        outputs.append(files_in(done.out))
    before, later, due = outputs
    assert differing(before, later) == []
    pages = {
        *("blog/later", "blog/b"),  # the post and its neighbour
        *("blog/index", "list", "list/page/2", "list/page/3"),
        *("blog/tag", "blog/tag/z", "blog/year", "blog/year/2027"),
    }
    feeds = {f"blog/{name}" for name in ("atom.xml", "rss.xml", "feed.json")}
    feeds |= {f"blog/tag/z/{name}" for name in ("atom.xml", "rss.xml", "feed.json")}
    others = {"_sources/blog/later.md.txt", "objects.inv", "schedule.json", "searchindex.js"}
    assert set(differing(later, due)) == {f"{page}.html" for page in pages} | feeds | others
