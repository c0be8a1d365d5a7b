"""What conf.py says, read without an application: no extension is loaded, no theme is needed."""

from __future__ import annotations

import ast
import codecs
import difflib
import sys
import traceback
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from myst_parser.config.main import MdParserConfig
from sphinx.config import Config
from sphinx.errors import ConfigError

from .checks import PREFIX
from .options import read_settings, register_options
from .settings import OPTIONS
from .untrusted import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.util.tags import Tags

    from .settings import Settings

#: Options of Sphinx's HTML builders, which are not loaded, and their defaults.
_OF_HTML: Final[dict[str, object]] = {
    "html_baseurl": "",
    "html_extra_path": [],
    "html_static_path": [],
}
_OF_SPHINX: Final = frozenset(
    "exclude_patterns include_patterns source_suffix source_encoding suppress_warnings"
    " templates_path root_doc".split()
)
_OF_MYST: Final = frozenset(
    f"myst_{name}" for name, _value, _field in MdParserConfig().as_triple()
)
#: What is read where there is no conf.py: ``sphinx-quickstart`` leaves out the first three.
_EXCLUDED: Final = ("_build", "Thumbs.db", ".DS_Store", ".*", "**/.*", "node_modules")
_HOW_TO_GO_ON: Final = (
    "what conf.py imports must be installed where this runs; "
    "or use --no-config, and --option for the options that matter"
)


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The options of a site, as far as a check needs them.

    :ivar settings: those of the blog.
    :ivar formats: file name suffix -> format, as Sphinx's ``source_suffix``.
    :ivar exclude: patterns of files that are no documents.
    :ivar include: patterns of files that are documents.
    :ivar encoding: of the documents.
    :ivar suppressed: the warnings that nobody wants to see.
    :ivar myst: the options of MyST-Parser.
    """

    settings: Settings
    formats: dict[str, str | None]
    exclude: tuple[str, ...]
    include: tuple[str, ...]
    encoding: str
    suppressed: tuple[str, ...]
    myst: MdParserConfig


class _LazyTags:
    """Sphinx's tags, loaded only where a conf.py asks for them: it takes a tenth of a second."""

    @cached_property
    def _tags(self) -> Tags:
        from sphinx.util.tags import Tags  # noqa: PLC0415

        return Tags([])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tags, name)

    def __contains__(self, name: str) -> bool:
        return self._tags.has(name)


def read_site_config(
    conf_py: Path | None, srcdir: Path, overrides: Mapping[str, object]
) -> SiteConfig:
    """Read the options of a site.

    :param conf_py: the file; ``None`` for the defaults.
    :param srcdir: the folder of the documents, where there is no conf.py.
    :param overrides: options that go before what the file says.
    :raises InputError: if the file cannot be executed, or an option has a value it cannot have.
    """
    config = _executed(conf_py) if conf_py else Config({"exclude_patterns": list(_EXCLUDED)})
    register_options(config)
    for name, default in _OF_HTML.items():
        config.add(name, default, "html", Any)
    for name, default, _field in MdParserConfig().as_triple():
        config.add(f"myst_{name}", default, "env", Any)
    for name, value in overrides.items():
        setattr(config, name, value)
    confdir = conf_py.parent if conf_py else srcdir
    place = str(conf_py or "--option")
    try:
        codecs.lookup(config.source_encoding)
        return SiteConfig(
            settings=read_settings(config, confdir),
            formats=_formats(config.source_suffix),
            exclude=_texts(
                *config.exclude_patterns,
                *config.templates_path,
                *config.html_extra_path,
                *config.html_static_path,
            ),
            include=_texts(*config.include_patterns),
            encoding=config.source_encoding,
            suppressed=_texts(*config.suppress_warnings),
            myst=_myst_config(config),
        )
    except ConfigError as error:
        raise InputError(str(error), place) from error
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        message = f"one of Sphinx's options has a value it cannot have: {error}"
        raise InputError(message, place) from error


def read_overrides(given: Iterable[str]) -> dict[str, object]:
    """Read options from the command line.

    :param given: ``name=value``: the value as in conf.py, or a text without quotes.
    :raises InputError: if there is no such option, or the check does not need it.
    """
    short_names = {option.full_name: option.name for option in OPTIONS}
    names = short_names.keys() | _OF_HTML.keys() | _OF_SPHINX | _OF_MYST
    switches = {option.full_name for option in OPTIONS if isinstance(option.default, bool)}
    overrides: dict[str, object] = {}
    for item in given:
        written, equals, text = item.partition("=")
        name = written if written in names else PREFIX + written
        if name not in names or not equals:
            near = difflib.get_close_matches(written, {*names, *short_names.values()}, n=1)
            hint = f" (is '{near[0]}' meant?)" if near and equals else ""
            reason = "this is no option that the check needs" if equals else "write name=value"
            raise InputError(reason + hint, f"--option {item}")
        if name in switches and text in {"0", "1"}:
            # So sphinx-build takes them.
            overrides[name] = text == "1"
            continue
        try:
            overrides[name] = ast.literal_eval(text)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            overrides[name] = text
    return overrides


def _executed(conf_py: Path) -> Config:
    """Return what a conf.py says, which is trusted.

    What it prints is not mixed with what this command writes.
    """
    try:
        with redirect_stdout(sys.stderr):
            return Config.read(conf_py.parent, overrides={}, tags=cast("Tags", _LazyTags()))
    except ConfigError as error:
        cause = error.__cause__
        if cause is None or isinstance(cause, SystemExit):
            raise InputError(str(error).strip(), str(conf_py)) from error
        steps = traceback.extract_tb(cause.__traceback__)
        lines = [step.lineno or 0 for step in steps if Path(step.filename) == conf_py]
        line = (cause.lineno or 0) if isinstance(cause, SyntaxError) else (lines or [0])[-1]
        message = f"it cannot be executed: {type(cause).__name__}: {cause} ({_HOW_TO_GO_ON})"
        raise InputError(message, str(conf_py), line) from error


def _formats(value: object) -> dict[str, str | None]:
    """Return the formats of files as Sphinx has them after MyST-Parser is set up."""
    if isinstance(value, str):
        value = [value]
    formats: dict[str, str | None]
    if isinstance(value, dict):
        formats = dict(value)
    elif isinstance(value, list | tuple):
        formats = dict.fromkeys(value, "restructuredtext")
    else:
        raise TypeError("source_suffix")
    if formats.get(".md") in {None, "restructuredtext"}:
        formats[".md"] = "markdown"
    return formats


def _texts(*values: object) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _myst_config(config: Config) -> MdParserConfig:
    values = {
        name: config[f"myst_{name}"]
        for name, _value, field in MdParserConfig().as_triple()
        if "sphinx" not in field.metadata.get("omit", [])
    }
    try:
        return MdParserConfig(**values)
    except (TypeError, ValueError):
        return MdParserConfig()  # So does MyST-Parser, which says what is wrong.
