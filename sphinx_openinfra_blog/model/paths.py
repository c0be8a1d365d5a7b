"""Make paths of URLs and file names, and names of generated pages; pure, and safe on any input.

A *path* here is relative to the site root, without slashes at its ends: ``blog/some-post``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from .posts import Taxonomy
from .problems import __
from .text import UNPRINTABLE
from .urls import ascii_host

if TYPE_CHECKING:
    from collections.abc import Container

    from .problems import Message

#: File systems end a name at 255 bytes; Sphinx appends ``.doctree``, and room is left for ``-2``.
MAX_PART_BYTES: Final = 230
MAX_PATH_BYTES: Final = 1000

_TERM_FOLDERS: Final = frozenset(taxonomy.value for taxonomy in Taxonomy)
_RESERVED_FIRST: Final = _TERM_FOLDERS | {"page", "atom.xml", "rss.xml", "feed.json"}
_RESERVED_ANYWHERE: Final = frozenset({"_static", "_sources", "_images", "_downloads", "_modules"})
#: Names that Windows reserves, with anything after a dot.
DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(rf"""[{UNPRINTABLE}\t\n\r\u2028\u2029\\*?\[\]<>"|]""")
# Sphinx writes docnames into links as they are: these would be read as something else there.
_MISREAD: Final = re.compile("[:%#]")
_EDGES: Final = re.compile(r"^[\s.]+|[\s.]+$")
_ESCAPED_SEPARATOR: Final = re.compile(r"%(2f|5c|00)", re.IGNORECASE)
_FURTHER_PAGE: Final = re.compile(r"(?:.*/)?page/\d+", re.DOTALL)
# A folder of that name would be where Sphinx writes a file.
_FILE_SUFFIXES: Final = (".html", ".htm", ".doctree", ".txt", ".json", ".fjson", ".xml")


class PathError(ValueError):
    """A URL or path that no page can have.

    :ivar reason: why.
    """

    def __init__(self, reason: Message) -> None:
        """Remember the reason."""
        super().__init__(reason)
        self.reason = reason


def path_of(url: str, blog: str, root: str = "") -> str:
    """Return the path of a URL, percent-decoded, without slashes at its ends.

    Host, query and fragment do not count (contract point 3).

    :param url: absolute or relative.
    :param blog: the blog's path; tells a host without a scheme from a folder.
    :param root: the URL that paths are relative to (``html_baseurl``), if it has a path.
    :raises PathError: if there is no such path.
    """
    try:
        parts = urlsplit(url)
        base = urlsplit(root)
        folder = base.path.rstrip("/")
        host = ascii_host(parts.hostname or "")
        same_site = bool(folder and host) and host == ascii_host(base.hostname or "")
    except ValueError as error:
        raise PathError(__("not a URL")) from error
    if parts.scheme and parts.scheme not in {"http", "https"}:
        raise PathError(__("unsupported scheme '%s'", parts.scheme))
    path = parts.path
    if same_site and path.startswith(f"{folder}/"):
        path = path[len(folder) :]
    if _ESCAPED_SEPARATOR.search(path):
        raise PathError(__("contains a percent-encoded path separator"))
    try:
        path = unquote(path, errors="strict")
    except UnicodeDecodeError as error:
        raise PathError(__("percent-encoded bytes are not UTF-8")) from error
    path = re.sub("/+", "/", unicodedata.normalize("NFC", path)).strip("/")
    first, _, rest = path.partition("/")
    if not parts.netloc and "." in first and is_below(rest, blog):
        path = rest
    if not path:
        raise PathError(__("missing path"))
    return path


def checked(path: str) -> str:
    """Return *path* if every file system allows a page there.

    :raises PathError: if not; nothing of such a path may reach the file system.
    """
    if len(path.encode("utf-8", "replace")) > MAX_PATH_BYTES:
        raise PathError(__("too long"))
    if match := _FORBIDDEN.search(path):
        raise PathError(__("contains the character %s", repr(match[0])))
    parts = path.split("/")
    for number, part in enumerate(parts, start=1):
        if part.strip(" .") == "" or part != part.strip():
            raise PathError(__("'%s' is not allowed in a path", part))
        if part.startswith(".") or part.endswith("."):
            raise PathError(__("'%s' begins or ends with a dot", part[:80]))
        if len(part.encode()) > MAX_PART_BYTES:
            raise PathError(__("'%s...' is too long", part[:80]))
        if part.casefold() in _RESERVED_ANYWHERE or DEVICES.fullmatch(part):
            raise PathError(__("'%s' is reserved", part))
        if re.fullmatch(r"[A-Za-z]:", part):
            raise PathError(__("'%s' names a drive", part))
        if number < len(parts) and part.casefold().endswith(_FILE_SUFFIXES):
            raise PathError(__("the folder '%s' has the suffix of a file", part[:80]))
    return path


def is_below(path: str, blog: str) -> bool:
    """Tell whether *path* lies below the blog's path, letters' case aside."""
    return path.casefold().startswith(blog.casefold() + "/")


def permalink(path: str, blog: str) -> tuple[str, str | None]:
    """Return the docname for a post that wants *path*, and the alias it leaves behind.

    A path outside the blog goes below it and leaves an alias where it was. So does one with a
    character that the links that Sphinx makes cannot contain.

    :raises PathError: if no post can be there.
    """
    wanted = path
    if path.casefold().endswith((".html", ".htm")):
        path = path.rpartition(".")[0]
    if path.casefold().endswith("/index"):
        path = path[: -len("/index")]
    if is_below(path, blog):
        docname = blog + path[len(blog) :]
    elif path.casefold() in {blog.casefold(), "index", ""}:
        raise PathError(__("it is the URL of the blog or the site"))
    else:
        docname = f"{blog}/{path}"
    docname = _MISREAD.sub("-", docname).rstrip(".")
    checked(docname)
    inner = docname[len(blog) + 1 :]
    if inner.split("/")[0].casefold() in _RESERVED_FIRST or inner.casefold() == "index":
        raise PathError(__("'%s' is reserved for generated pages", inner[:80]))
    if wanted == docname:
        return docname, None
    try:
        return docname, checked(wanted)
    except PathError:
        return docname, None


def from_file_name(stem: str, blog: str) -> str:
    """Return the docname that a file's own name gives: the name verbatim, in NFC.

    :param stem: the path below the blog's folder, without its suffix.
    """
    stem = unicodedata.normalize("NFC", stem)
    parts = [_part(part) for part in stem.split("/")]
    if len(parts) > 1 and parts[-1].casefold() == "index":
        parts.pop()
    if len(parts) == 1 and parts[0].casefold() == "index":  # The blog itself is there.
        parts[0] += "-post"
    if parts[0].casefold() in _RESERVED_FIRST:
        parts[0] += "-post"
    if len("/".join([blog, *parts]).encode()) > MAX_PATH_BYTES:
        # The folders are too deep for a URL; a digest of them keeps two files apart.
        parts[:-1] = [hashlib.sha256(stem.encode("utf-8", "replace")).hexdigest()[:16]]
    return "/".join([blog, *parts])


def _part(part: str) -> str:
    """Return the nearest name to *part* that every file system takes."""
    cleaned = _EDGES.sub("", _MISREAD.sub("-", _FORBIDDEN.sub("-", part))) or "post"
    if cleaned.casefold() in _RESERVED_ANYWHERE or DEVICES.fullmatch(cleaned):
        # What follows a dot does not make a device's name another one.
        name, dot, rest = cleaned.partition(".")
        cleaned = f"{name}-post{dot}{rest}"
    if cleaned.casefold().endswith(_FILE_SUFFIXES):
        cleaned = cleaned.replace(".", "-")
    if len(cleaned.encode()) > MAX_PART_BYTES:
        digest = hashlib.sha256(part.encode()).hexdigest()[:8]
        cut = cleaned.encode()[: MAX_PART_BYTES - 9].decode(errors="ignore").rstrip(" .")
        cleaned = f"{cut}-{digest}"
    return cleaned


def free(docname: str, taken: Container[str]) -> str:
    """Return *docname*, or the first of ``-2``, ``-3`` … that is not taken, case aside."""
    candidate, number = docname, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{docname}-{number}"
    return candidate


def term_page(blog: str, taxonomy: Taxonomy, slug: str = "") -> str:
    """Return the name of a term's page, or of the taxonomy's overview for an empty slug."""
    return "/".join(part for part in (blog, taxonomy.value, slug) if part)


def may_be_generated(name: str, blog: str) -> bool:
    """Tell whether a page of a term, an overview or a further page could have this name."""
    if _FURTHER_PAGE.fullmatch(name) or name == f"{blog}/index":
        return True
    own = name.removeprefix(f"{blog}/")
    return own != name and own.partition("/")[0] in _TERM_FOLDERS
