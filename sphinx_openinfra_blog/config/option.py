"""What an option is, and what is read from a file that it names."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

from sphinx_openinfra_blog.model import Problem, Subtype, printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_openinfra_blog.model import Message

PREFIX: Final = "openinfra_blog_"

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    :ivar name: without the prefix ``openinfra_blog_``.
    :ivar default: its value where conf.py says nothing.
    :ivar rebuild: what Sphinx rebuilds after a change. Options that only affect resolved front
        matter need nothing: the posts they change are found by comparison.
    :ivar check: converts a value, or raises :exc:`ValueError` with what is wrong with it.
    :ivar help: the text of the reference page, in Markdown.
    :ivar names_files: whether *check* takes the directory of conf.py too.
    """

    name: str
    default: object
    rebuild: Literal["", "env", "html"]
    check: Callable[..., object]
    help: str
    names_files: bool = False

    @property
    def full_name(self) -> str:
        """The name in conf.py."""
        return PREFIX + self.name

    def read(self, value: object, confdir: Path) -> object:
        """Return *value* as the extension uses it.

        :raises ValueError: if the option cannot have this value.
        """
        return self.check(value, confdir) if self.names_files else self.check(value)


@dataclass(slots=True)
class FromFile(Generic[_T]):
    """What an option names, and what is wrong with the file that holds it.

    :ivar files: the absolute paths of the files of a folder that were used.
    :ivar path: the absolute path of the file, or an empty string for a value of conf.py.
    """

    value: _T
    path: str = ""
    problems: list[Problem] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def warn(self, message: Message, line: int) -> None:
        """Add a problem of the file.

        :raises ValueError: if the mistake is in conf.py.
        """
        if not self.path:
            raise ValueError(printable(str(message)))
        self.problems.append(Problem(Subtype.DATA_FILE, message, self.path, line))


def option(*args: Any, **kwargs: Any) -> Any:
    """Return a dataclass field for an :class:`Option`."""
    made = Option(*args, **kwargs)

    def default() -> object:
        value = made.read(made.default, Path())
        return value.value if isinstance(value, FromFile) else value

    return field(default_factory=default, metadata={"option": made})
