"""What is from elsewhere: files up to a limit, XML that brings nothing with it, text to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: A larger file is none that a blog has left behind.
MAX_BYTES: Final = 200 * 1024 * 1024
#: The elements of a feed nest four deep, those of posts in it a little deeper.
MAX_DEPTH: Final = 1000


class InputError(ValueError):
    """A file that cannot be read; the text names the file, the line and what is wrong."""

    def __init__(self, message: str, name: str, line: int = 0) -> None:
        """Put the place in front of the message.

        :param line: the 1-based line, 0 if the whole file is meant.
        """
        super().__init__(f"{name}:{line}: {message}" if line else f"{name}: {message}")


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    :raises InputError: if it cannot be read, or is larger than ``MAX_BYTES``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise InputError(reason or str(error), str(path)) from error
    if len(data) > MAX_BYTES:
        raise InputError(f"it is larger than {MAX_BYTES // 1024**2} MB", str(path))
    return data


def read_text(data: bytes, name: str) -> str:
    """Return the text of a file, without a byte order mark.

    :raises InputError: if it is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("it is not UTF-8", name, line) from error


def on_one_line(text: str) -> str:
    """Return a text as one line, whatever a stranger put into it: terminals obey to escapes.

    What is not printable is written as Python would write it; so are the characters that
    reverse the direction of the text after them (Unicode TR 36, 3.2).
    """
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode()
        for char in text
    )


class XmlReader:
    """Reads XML and calls two functions for each element.

    A document type is refused, and with it every entity: those that lead to other files, and
    those that grow without end (XML 1.0, section 4). Names are as expat writes them: the
    namespace, a space, the local name.

    :ivar path: the names of the open elements, outermost first.
    """

    def __init__(
        self,
        name: str,
        start: Callable[[dict[str, str]], None],
        end: Callable[[str], None],
    ) -> None:
        """Remember whom to call.

        :param name: of the file, for errors.
        :param start: takes the attributes of an element that begins.
        :param end: takes the text of an element that ends, without that of those in it.
        """
        self.path: list[str] = []
        self._name = name
        self._start = start
        self._end = end
        self._texts: list[list[str]] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.CharacterDataHandler = self._take

    @property
    def line(self) -> int:
        """The 1-based line that is being read."""
        return self._parser.CurrentLineNumber

    def read(self, data: bytes) -> None:
        """Read a whole file.

        :raises InputError: if it is not well-formed or has a document type.
        """
        try:
            self._parser.Parse(data, True)
        except InputError:
            raise
        except expat.ExpatError as error:
            problem = expat.ErrorString(error.code) or "it cannot be read"
            raise InputError(f"this is no XML: {problem}", self._name, error.lineno) from error
        except (ValueError, LookupError) as error:
            # An encoding that Python does not know, or not byte by byte.
            raise InputError(f"this XML cannot be read: {error}", self._name, 1) from error

    def _refuse(self, *_declared: object) -> None:
        message = "a document type (<!DOCTYPE) is not read, because it may define entities"
        raise InputError(message, self._name, self.line)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.path) == MAX_DEPTH:
            raise InputError("its elements are nested too deep", self._name, self.line)
        self.path.append(name)
        self._texts.append([])
        self._start(attributes)

    def _take(self, text: str) -> None:
        self._texts[-1].append(text)

    def _close(self, _name: str) -> None:
        self._end("".join(self._texts.pop()))
        self.path.pop()
