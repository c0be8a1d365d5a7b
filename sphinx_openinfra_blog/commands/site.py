"""The site that a command is about: where it is, and its options without an application."""

from __future__ import annotations

import ast
import codecs
import difflib
import sys
import traceback
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util.tags import Tags

from sphinx_openinfra_blog.config import OPTIONS, PREFIX
from sphinx_openinfra_blog.environment import MARKDOWN, Parsers, read_settings, register_options

from .input import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_openinfra_blog.config import Settings

_CONF: Final = "conf.py"
#: Where people have their documentation, relative to the top of a repository.
_FOLDERS: Final = (".", "docs", "doc", "docs/source", "doc/source", "source")
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
#: Formats that extensions give to suffixes, unless conf.py says otherwise.
_PARSERS: Final[dict[str, dict[str, str | None]]] = {
    "myst_parser": {".md": "markdown"},
    "myst_nb": {".md": "myst-nb", ".ipynb": "myst-nb"},
    "nbsphinx": {".ipynb": "jupyter_notebook"},
    **{name: {".md": name} for name in ("recommonmark", "m2r", "m2r2", "sphinx_mdinclude")},
}
#: The options of extensions that name further suffixes, and the formats of these.
_CUSTOM_FORMATS: Final = {
    "nb_custom_formats": "myst-nb",
    "nbsphinx_custom_formats": "jupyter_notebook",
}
#: Excluded if there is no conf.py; ``sphinx-quickstart`` excludes the first three.
_EXCLUDED: Final = ("_build", "Thumbs.db", ".DS_Store", ".*", "**/.*", "node_modules")
_REMEDY: Final = "install what it imports, or use --no-config, with --option where needed"


@dataclass(frozen=True, slots=True)
class SiteLocation:
    """Where a site is.

    :ivar srcdir: the folder of its documents.
    :ivar conf_py: its conf.py, if it has one.
    :ivar only: the files and folders to report about; empty for all.
    """

    srcdir: Path
    conf_py: Path | None
    only: tuple[Path, ...] = ()

    def is_meant(self, path: str) -> bool:
        """Tell whether to report about a file.

        :param path: absolute, or relative to the folder of the documents.
        """
        if not self.only:
            return True
        file = self.srcdir / path
        return any(file == item or item in file.parents for item in self.only)


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The options of a site, as far as a check needs them.

    :ivar settings: the options of the blog.
    :ivar parsers: the parsers of the site.
    :ivar exclude: patterns of files that are not documents.
    :ivar include: patterns of files that are documents.
    :ivar encoding: the encoding of the documents.
    :ivar suppressed: Sphinx's ``suppress_warnings``.
    """

    settings: Settings
    parsers: Parsers
    exclude: tuple[str, ...]
    include: tuple[str, ...]
    encoding: str
    suppressed: tuple[str, ...]


def find_site(
    named: Iterable[Path], config: Path | None, *, with_config: bool = True
) -> SiteLocation:
    """Find the site that is meant on the command line.

    conf.py is executed, so it is searched only where its owner expects it: in and below what is
    named, and above that up to the working folder.

    :param named: the folder of the site or of its repository, or files and folders of posts.
    :param config: its conf.py or the folder of that, if given.
    :param with_config: whether to search for a conf.py.
    :raises InputError: if a file is missing, or the files belong to several sites.
    """
    here = Path.cwd().resolve()
    paths = tuple(_existing(path) for path in named)
    folder = next(iter(paths), here) if len(paths) < 2 else None
    folder = folder if folder and folder.is_dir() else None
    if config is not None:
        return _with_conf(_conf_py(config), paths, folder)
    if not with_config:
        return SiteLocation(folder, None) if folder else SiteLocation(here, None, paths)
    if folder is not None and (found := _below(folder)) is not None:
        return SiteLocation(found.parent, found)
    above = {found for path in paths if (found := _above(path, here)) is not None}
    if len(above) > 1:
        names = " and ".join(sorted(str(item) for item in above))
        raise InputError(f"the files belong to several sites: {names}", "DOCS")
    if above:
        (found,) = above
        return SiteLocation(found.parent, found, paths)
    if folder is not None:
        return SiteLocation(folder, None)
    # Files of the repository, none of which belongs to its documentation.
    if all(path.is_relative_to(here) for path in paths) and (found := _below(here)) is not None:
        return SiteLocation(found.parent, found, paths)
    message = "no conf.py found above this file (name one with --config, or use --no-config)"
    raise InputError(message, str(paths[0]))


def _existing(path: Path) -> Path:
    """Return the absolute path of a file or folder; symbolic links to posts are kept."""
    try:
        if path.is_dir():
            return path.resolve()
        if path.exists() or path.is_symlink():
            return path.parent.resolve() / path.name
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(str(error), str(path)) from error
    raise InputError("no such file or folder", str(path))


def _conf_py(config: Path) -> Path:
    found = _existing(config)
    found = found / _CONF if found.is_dir() else found
    if found.name != _CONF or not found.is_file():
        raise InputError(f"neither a {_CONF} nor a folder with one", str(config))
    return found


def _with_conf(conf_py: Path, paths: tuple[Path, ...], folder: Path | None) -> SiteLocation:
    """Return the site of a given conf.py; its documents may be in another folder."""
    confdir = conf_py.parent
    if not paths or (folder is not None and confdir.is_relative_to(folder)):
        return SiteLocation(confdir, conf_py)
    if folder is not None and not folder.is_relative_to(confdir):
        return SiteLocation(folder, conf_py)
    return SiteLocation(confdir, conf_py, paths)


def _below(folder: Path) -> Path | None:
    found = (folder / name / _CONF for name in _FOLDERS)
    return next((path.resolve() for path in found if path.is_file()), None)


def _above(path: Path, last: Path) -> Path | None:
    folders = [item for item in (path, *path.parents) if item.is_relative_to(last)]
    return next((item / _CONF for item in folders if (item / _CONF).is_file()), None)


def read_site_config(
    conf_py: Path | None, srcdir: Path, overrides: Mapping[str, object]
) -> SiteConfig:
    """Read the options of a site.

    :param conf_py: the file; ``None`` for the defaults.
    :param srcdir: the folder of the documents, if there is no conf.py.
    :param overrides: options that override conf.py.
    :raises InputError: if the file cannot be executed, or an option has an invalid value.
    """
    config = _executed(conf_py) if conf_py else Config({"exclude_patterns": list(_EXCLUDED)})
    register_options(config)
    for name, default in (_OF_HTML | {key: {} for key in _CUSTOM_FORMATS}).items():
        config.add(name, default, "html", Any)
    for name, value in overrides.items():
        setattr(config, name, value)
    confdir = conf_py.parent if conf_py else srcdir
    place = str(conf_py or "--option")
    try:
        codecs.lookup(config.source_encoding)
        return SiteConfig(
            settings=read_settings(config, confdir, with_conf=conf_py is not None),
            parsers=_parsers(config),
            exclude=(
                *map(str, config.exclude_patterns),
                *map(str, config.templates_path),
                *map(str, config.html_extra_path),
                *map(str, config.html_static_path),
            ),
            include=tuple(map(str, config.include_patterns)),
            encoding=config.source_encoding,
            suppressed=tuple(map(str, config.suppress_warnings)),
        )
    except ConfigError as error:
        raise InputError(str(error), place) from error
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        message = f"invalid value of one of Sphinx's options: {error}"
        raise InputError(message, place) from error


def read_overrides(given: Iterable[str]) -> dict[str, object]:
    """Read options from the command line.

    :param given: ``name=value`` pairs; the value as in conf.py, or a string without quotes.
    :raises InputError: if an option is unknown or not needed by the check.
    """
    short_names = {option.full_name: option.name for option in OPTIONS}
    names = short_names.keys() | _OF_HTML.keys() | _OF_SPHINX
    switches = {option.full_name for option in OPTIONS if isinstance(option.default, bool)}
    overrides: dict[str, object] = {}
    for item in given:
        written, equals, text = item.partition("=")
        is_known = written in names or written.startswith("myst_")
        name = written if is_known else PREFIX + written
        if not (is_known or name in names) or not equals:
            near = difflib.get_close_matches(written, {*names, *short_names.values()}, n=1)
            hint = f" (did you mean '{near[0]}'?)" if near and equals else ""
            reason = "unknown option" if equals else "missing value (expected NAME=VALUE)"
            raise InputError(reason + hint, f"--option {item}")
        if name in switches and text in {"0", "1"}:
            # As in sphinx-build.
            overrides[name] = text == "1"
            continue
        try:
            overrides[name] = ast.literal_eval(text)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            overrides[name] = text
    return overrides


def overrides_for_sphinx(
    overrides: Mapping[str, object], *, with_config: bool
) -> dict[str, object]:
    """Return the overrides with which a Sphinx application has the same options.

    :param overrides: what :func:`read_overrides` returned.
    :param with_config: whether the application reads a conf.py.
    """
    defaults = {"extensions": ["sphinx_openinfra_blog"], "exclude_patterns": list(_EXCLUDED)}
    return ({} if with_config else defaults) | dict(overrides)


def _executed(conf_py: Path) -> Config:
    """Execute conf.py, which is trusted; what it prints goes to the standard error."""
    try:
        with redirect_stdout(sys.stderr):
            return Config.read(conf_py.parent, overrides={}, tags=Tags([]))
    except ConfigError as error:
        cause = error.__cause__
        if cause is None or isinstance(cause, SystemExit):
            raise InputError(str(error).strip(), str(conf_py)) from error
        steps = traceback.extract_tb(cause.__traceback__)
        lines = [step.lineno or 0 for step in steps if Path(step.filename) == conf_py]
        line = (cause.lineno or 0) if isinstance(cause, SyntaxError) else (lines or [0])[-1]
        message = f"cannot be executed: {type(cause).__name__}: {cause} ({_REMEDY})"
        raise InputError(message, str(conf_py), line) from error


def _parsers(config: Config) -> Parsers:
    """Return the parsers of files as Sphinx knows them once all extensions are set up."""
    value = config.source_suffix
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list | tuple):
        value = dict.fromkeys(value, "restructuredtext")
    if not isinstance(value, dict):
        raise TypeError("source_suffix")
    formats: dict[str, str | None] = {}
    for name in config.extensions:
        formats |= _PARSERS.get(name, {})
    for option, kind in _CUSTOM_FORMATS.items():
        formats |= dict.fromkeys(config[option], kind)
    brought = "" if MARKDOWN in formats or value.get(MARKDOWN) else MARKDOWN
    formats = {MARKDOWN: "markdown", **formats}
    # Without another format, the parser of an extension is used.
    default = {None, "restructuredtext"}
    known = {key: kind for key, kind in formats.items() if value.get(key) in default}
    others = {kind: kind for kind in known.values() if kind and kind in config.extensions}
    return Parsers(value | known, others, brought)
