"""Sphinx's read and resolve phases without output, to collect their warnings."""

from __future__ import annotations

import json
import re
import sys
from contextlib import nullcontext, redirect_stdout, suppress
from logging import WARNING, Handler, LogRecord, getLogger
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sphinx.application import Sphinx
from sphinx.builders.dummy import DummyBuilder
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinx_openinfra_blog.model import printable

from .input import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Tags that HTML builders set, so that ``only`` directives for HTML are checked too.
_TAGS: Final = ("html", "builder_html", "format_html")
_LOCATION: Final = re.compile(r"(.*?)(?::(\d*))?", re.DOTALL)


class SphinxWarning(NamedTuple):
    """A warning of Sphinx or an extension.

    :ivar path: the absolute path of the file, or an empty string.
    :ivar line: the 1-based line, or 0.
    :ivar type: type and subtype as in ``suppress_warnings``, or an empty string.
    """

    path: str
    line: int
    type: str
    message: str


def warnings_of(
    srcdir: Path, confdir: Path | None, overrides: Mapping[str, object], cache: Path | None
) -> list[SphinxWarning]:
    """Read and resolve all documents of a site with its own extensions, and return the warnings.

    :param confdir: the folder of conf.py; ``None`` to use none.
    :param overrides: options that override conf.py.
    :param cache: where to keep doctrees and warnings, so that only changed documents are read
        again; ``None`` to keep nothing.
    :raises InputError: if Sphinx or an extension fails.
    """
    kept = TemporaryDirectory() if cache is None else nullcontext(cache)
    with kept as folder, redirect_stdout(sys.stderr), docutils_namespace():
        # No builder uses these names, even if the cache is in its folder.
        doctreedir, outdir = Path(folder, "check-doctrees"), Path(folder, "check-output")
        try:
            with patch_docutils(confdir):
                app = _Application(
                    srcdir,
                    confdir,
                    outdir,
                    doctreedir,
                    "dummy",
                    # The types are shown apart from the messages.
                    confoverrides={**overrides, "show_warning_types": False},
                    status=None,
                    warning=None,
                )
                return app.warnings()
        except Exception as error:  # Extensions and conf.py may raise anything.
            kind = "" if isinstance(error, SphinxError) else f"{type(error).__name__}: "
            message = f"{kind}{error} (run sphinx-build for details)"
            raise InputError(printable(message), str(confdir or srcdir)) from error


class _Builder(DummyBuilder):
    """Resolves every document each time; documents are those that HTML builders find."""

    def get_asset_paths(self) -> list[str]:
        return [*self.config.html_extra_path, *self.config.html_static_path]


class _Application(Sphinx):
    """Collects warnings."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._collector = _BuildWarnings(self)
        super().__init__(*args, **options)
        for tag in _TAGS:
            self.tags.add(tag)

    def setup_extension(self, extname: str) -> None:
        # Sphinx removes all handlers at its start; the first extension is set up right after.
        getLogger(logging.NAMESPACE).addHandler(self._collector)
        super().setup_extension(extname)

    def create_builder(self, _name: str) -> _Builder:
        return _Builder(self, self.env)

    def warnings(self) -> list[SphinxWarning]:
        """Read and resolve the documents."""
        memory, is_checked = _Memory(self, self._collector), []
        self.connect("env-get-outdated", memory.recall)
        self.connect("env-purge-doc", memory.begin, priority=0)
        self.connect("env-before-read-docs", memory.end, priority=0)
        self.connect("env-updated", memory.end, priority=0)
        self.connect("env-check-consistency", lambda _app, _env: is_checked.append(True))
        self.build()
        if not is_checked:
            # Sphinx skips this if no document was read.
            self.env.check_consistency()
        return [
            item for found in (*memory.recalled.values(), self._collector.found) for item in found
        ]


class _Memory:
    """Keeps the warnings of the read phase beside the doctrees, for documents not read again.

    :ivar recalled: the warnings of the documents that were not read this time.
    """

    def __init__(self, app: Sphinx, collector: _BuildWarnings) -> None:
        self._app = app
        self._collector = collector
        self._docname = ""
        self._first = 0
        self.recalled: dict[str, list[SphinxWarning]] = {}

    def begin(self, app: Sphinx, env: object, docname: str) -> None:
        """Forget the warnings of a document that is removed or read again."""
        self.end(app, env)
        self._docname, self._first = docname, len(self._collector.found)
        self.recalled.pop(docname, None)
        self._file(docname).unlink(missing_ok=True)

    def end(self, *_given: object) -> None:
        """Write the warnings of the document that was read last."""
        if self._docname and (found := self._collector.found[self._first :]):
            file = self._file(self._docname)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(found), encoding="utf-8")
        self._docname = ""

    def recall(self, app: Sphinx, *_given: object) -> list[str]:
        """Load the warnings, and return the documents to read again because a file is damaged."""
        for docname in sorted(app.env.found_docs):
            file = self._file(docname)
            with suppress(TypeError, ValueError):
                found = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
                self.recalled[docname] = [SphinxWarning(*item) for item in found]
        return sorted(app.env.found_docs - self.recalled.keys())

    def _file(self, docname: str) -> Path:
        return Path(self._app.doctreedir, f"{docname}.warnings.json")


class _BuildWarnings(Handler):
    """Collects the warnings that Sphinx would show."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(WARNING)
        self.found: list[SphinxWarning] = []
        self._records: set[LogRecord] = set()
        self.addFilter(logging.WarningSuppressor(app))
        self.addFilter(logging.WarningLogRecordTranslator(app))
        self.addFilter(logging.OnceFilter())

    def emit(self, record: LogRecord) -> None:
        if record in self._records:
            return  # Sphinx defers the warnings of the read phase, and logs them again.
        self._records.add(record)
        location = _LOCATION.fullmatch(getattr(record, "location", None) or "")
        assert location is not None
        kinds = (getattr(record, "type", ""), getattr(record, "subtype", ""))
        self.found.append(
            SphinxWarning(
                location[1],
                int(location[2] or 0),
                ".".join(filter(None, kinds)),
                # Sphinx's own records put the location in front of the message.
                printable(LogRecord.getMessage(record)),
            )
        )
