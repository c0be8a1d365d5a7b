"""Building small sites and reading what came out of them."""

from __future__ import annotations

import gettext
import re
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import translators
from sphinx.util.docutils import docutils_namespace, patch_docutils
from walk.causes import DEAD_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")

#: One pixel.
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
INDEX = """\
# Site

```{toctree}
blog/index
```
"""
ARCHIVE = """\
# News

```{blog}
```
"""


def post(title: str = "A post", body: str = "Some text.", **keys: str) -> str:
    """Return a Markdown post; *keys* are YAML as it stands in the file."""
    matter = {"templateKey": "blog-post", "title": title, "date": "2026-01-02T03:04:05.678Z"}
    lines = [f"{key}: {value}" for key, value in (matter | keys).items() if value != ""]
    return "\n".join(["---", *lines, "---", "", body, ""])


def parsed(path: Path) -> Any:
    """Return an HTML file as a browser reads it; untyped, because any element may be missing."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html5lib")


def contents(soup: Any, key: str) -> list[str]:
    """Return what the ``meta`` tags of a key say."""
    tags = [tag for name in ("property", "name") for tag in soup.find_all("meta", {name: key})]
    assert all(tag.parent.name == "head" for tag in tags)
    return [tag["content"] for tag in tags]


class Warned(NamedTuple):
    """One warning: where, what and of which type."""

    file: str
    line: int
    text: str
    type: str


class Built:
    """One build's output, what Sphinx said, and what it read and wrote."""

    def __init__(
        self, app: Sphinx, status: str, warnings: str, read: set[str], written: set[str]
    ) -> None:
        self.app = app
        self.out = Path(app.outdir)
        self.status = _COLOUR.sub("", status).splitlines()
        self.read = read
        self.written = written
        lines = _COLOUR.sub("", warnings).splitlines(keepends=True)
        # That theme asks git for the commit and its author; a source archive knows neither.
        self.text = "".join(line for line in lines if "[openstackdocstheme]" not in line)
        self.warnings = [
            _warned(line, Path(app.srcdir)) for line in self.text.splitlines() if "WARNING" in line
        ]

    def types(self) -> list[str]:
        """Return the type of each warning, sorted."""
        return sorted(warning.type for warning in self.warnings)

    def path(self, page: str) -> Path:
        """Return the file of a page, by its docname or page name."""
        return Path(self.app.builder.get_outfilename(page))  # type: ignore[attr-defined]

    def html(self, page: str) -> Any:
        """Return a whole page, parsed as a browser does."""
        return parsed(self.path(page))

    def body(self, page: str) -> Any:
        """Return the document's own part of a page, in a theme derived from ``basic``."""
        return self.html(page).select_one("div.body")

    def pages(self) -> set[str]:
        """Return every file of the output below the blog's folder, without Sphinx's copies."""
        return {
            path.relative_to(self.out).as_posix()
            for path in (self.out / "blog").rglob("*")
            if path.is_file()
        }


def _warned(line: str, srcdir: Path) -> Warned:
    match = re.match(r"(?:(.*?)(?::(\d*))?: )?WARNING: (.*?)(?: \[([\w.]+)\])?$", line)
    assert match, line
    file = match[1] or ""
    if file.startswith(str(srcdir)):
        file = Path(file).relative_to(srcdir).as_posix()
    return Warned(file, int(match[2] or 0), match[3], match[4] or "")


class Site:
    """A source folder that can be edited and built again."""

    def __init__(
        self, root: Path, files: Mapping[str, str], conf: Mapping[str, object] | None = None
    ) -> None:
        self.root = root
        self.src = root / "src"
        self.src.mkdir(parents=True)
        # Some themes write into Sphinx's own defaults of the last two, for all later builds.
        fresh: dict[str, object] = {"html_context": {}, "templates_path": []}
        self.conf = {"html_theme": "basic"} | fresh | dict(conf or {})
        self.write({"index.md": INDEX, "blog/index.md": ARCHIVE} | dict(files))

    def write(self, files: Mapping[str, str]) -> None:
        """Create or replace files, exactly as given."""
        for name, text in files.items():
            path = self.src / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def remove(self, *names: str) -> None:
        """Delete files."""
        for name in names:
            (self.src / name).unlink()

    def build(
        self,
        builder: str = "html",
        *,
        jobs: int = 1,
        out: str = "",
        doctrees: str = "doctrees",
        only: Sequence[str] = (),
        strict: bool = False,
        **conf: object,
    ) -> Built:
        """Build the site; without *out*, into a folder named after the builder.

        :param only: files to build, as on the command line.
        :param strict: whether a warning makes the build fail (``-W``).
        """
        settings = self.conf | conf
        extensions = list(settings.pop("extensions", ["sphinx_openinfra_blog"]))  # type: ignore[call-overload]
        if settings["html_theme"] == "openstackdocs":
            extensions.append("openstackdocstheme")
        lines = [f"{key} = {value!r}" for key, value in settings.items()]
        setup = "\n".join([f"extensions = {extensions!r}", *lines]) + "\n"
        path = self.src / "conf.py"
        if not path.exists() or path.read_text(encoding="utf-8") != setup:
            path.write_text(setup, encoding="utf-8")
        # A process of its own would have none of another build's catalogues.
        translators.clear()
        gettext._translations.clear()  # type: ignore[attr-defined]
        # Sphinx writes the suffixes of extensions into its own default.
        suffixes = Config.config_values["source_suffix"].default
        suffixes.clear()
        suffixes[".rst"] = "restructuredtext"
        status, warnings = StringIO(), StringIO()
        read, written = set[str](), set[str]()
        with patch_docutils(str(self.src)), docutils_namespace():
            app = Sphinx(
                self.src,
                self.src,
                self.root / (out or builder),
                self.root / doctrees,
                builder,
                status=status,
                warning=warnings,
                parallel=jobs,
                warningiserror=strict,
            )
            app.connect("env-before-read-docs", lambda _app, _env, names: read.update(names))
            app.connect("doctree-resolved", lambda _app, _tree, name: written.add(name))
            app.build(False, [self.src / name for name in only])
        return Built(app, status.getvalue(), warnings.getvalue(), read, written)


def tree(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below *folder* that a reader can reach.

    What plain Sphinx does inexactly is brought into one form; ``walk/causes.py`` explains it.
    """
    left_out = {".buildinfo", ".buildinfo.bak"}
    files = {
        # Sphinx remembers the checksums of style sheets as long as the process lives.
        path.relative_to(folder).as_posix(): re.sub(rb"\?v=[0-9a-f]{8}", b"", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in left_out and ".doctrees" not in path.parts
    }
    return DEAD_WORDS.normalise(files)
