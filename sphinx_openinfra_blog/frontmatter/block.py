"""Find the front matter of a file, whatever its format; pure, and safe on hostile input."""

from __future__ import annotations

import re
from enum import Enum
from json import JSONDecodeError, JSONDecoder
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_openinfra_blog.model import __

from .data_forms import read_json, read_toml
from .directive import myst_post, rest_post
from .entries import MAX_CHARACTERS, FrontMatterError
from .headers import HEADER, field_list, header_lines, nikola_lines
from .keys import OF_SPHINX
from .spelling import hides, spelling
from .yaml_form import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .entries import FrontMatter
    from .headers import Lines


class Markup(Enum):
    """What a file is written in."""

    MARKDOWN = "markdown"
    REST = "restructuredtext"
    #: A Jupyter notebook, in JSON.
    NOTEBOOK = "notebook"


class Block(NamedTuple):
    """The front matter of a file.

    :ivar first: the number of its first line, from 0.
    :ivar end: that of the line after the last, delimiters included.
    :ivar read: reads it.
    """

    first: int
    end: int
    read: Callable[[], FrontMatter]

    @property
    def height(self) -> int:
        """The number of its lines."""
        return self.end - self.first


#: So many lines at the beginning of a file are searched for front matter in a wrong place.
_SEARCHED: Final = 60
_YAML: Final = re.compile(r"-{3,}[ \t]*$")
_YAML_END: Final = re.compile(r"^(?:-{3,}|\.{3})[ \t]*$", re.MULTILINE)
_TOML: Final = re.compile(r"\+{3}[ \t]*$")
_JSON: Final = re.compile(r'\{\s*(?:"|\}\s*$)')
_CONFLICT: Final = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
# What separates front matter, in any tool or written by mistake: dashes of any kind too.
_DELIMITER_LIKE: Final = re.compile(
    r"(?:\\?[-\u2010-\u2015\u2212]{1,}|\+{3}|;{3}|[*_=]{3,})[ \t]*"
    r"(?:(?:ya?ml|toml|json|js)\b.*|#.*)?$|"
    r"(?:`{3}|~{3})[ \t]*(?:ya?ml|toml|json|markdown|md)?$",
    re.IGNORECASE,
)
#: A line of a comment, and the key and value in it, if there are some.
_IN_COMMENT: Final = re.compile(
    r"""(?:<!--|%|//|/\*|\[//\]:|\.\.(?: |$)|\{\#|\{%|\#!)[-<!#(\s]*"""
    r"""(?:([A-Za-z_]+)\s*[:=]\s*["']?(\w+)["']?\s*(?:-->|\*/|\))?$)?"""
)
#: A directive of reStructuredText, whose options are like fields.
_DIRECTIVE: Final = re.compile(r"\.\. [\w:.+-]+::(?: |$)")
_KEY: Final = re.compile(r"""[ "':.{]*([A-Za-z_][\w .-]*?)["']?\s*[:\uff1a=](.*)""")
# In its simplest forms; what else may be hidden or visible is a part of the page, as in Hugo's
# "cover: {hidden: true}".
_SWITCH: Final = re.compile(
    r"""\s*["']?(\w*(?:[Dd]raft|[Pp]ublish)\w*)["']?\s*[:\uff1a=]\s*["']?(\w+)["']?,?\s*$"""
)
# Blanks of all kinds, and what cannot be seen: formatting characters and controls.
_INVISIBLE: Final = (
    "\x00-\x20\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
)
_EDGES: Final = re.compile(f"^[{_INVISIBLE}]+|[{_INVISIBLE}]+$")


def find(
    text: str, markup: Markup = Markup.MARKDOWN, *, in_directive: bool = False
) -> Block | None:
    r"""Find the front matter of a file.

    :param text: a whole file, decoded, with ``\n`` line ends.
    :param in_directive: whether a directive ``post`` is front matter.
    :returns: ``None`` if the file has no front matter.
    :raises FrontMatterError: if it has some that is in a wrong place, not closed or in conflict.
    """
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if _CONFLICT.match(first):
        raise _in_conflict(lines.index(first))
    block = (
        _delimited(text, lines, markup)
        or _json(text, lines)
        or _of_lines(nikola_lines(lines))
        or _of_lines(field_list(lines) if markup is Markup.REST else None)
        or _of_lines(header_lines(lines))
        or (_of_directive(lines, markup) if in_directive else None)
    )
    if block is None:
        _refuse_misplaced(lines, markup)
        return None
    for number in range(block.first, block.end):
        if _CONFLICT.match(lines[number]):
            raise _in_conflict(number)
    _refuse_second(lines, block)
    return block


def read(
    text: str, markup: Markup = Markup.MARKDOWN, *, in_directive: bool = False
) -> FrontMatter | None:
    r"""Read the front matter of a file.

    :param text: a whole file, decoded, with ``\n`` line ends.
    :param in_directive: whether a directive ``post`` is front matter.
    :returns: ``None`` if the file has no front matter.
    :raises FrontMatterError: if it has some that cannot be read.
    """
    if (block := find(text, markup, in_directive=in_directive)) is None:
        return None
    matter = block.read()
    _refuse_hidden_switch(text.split("\n"), block, matter)
    return matter


def conflict_in(text: str, first: int) -> int | None:
    """Find an unresolved conflict of versions in the body of a file.

    :param text: the whole file.
    :param first: the number of the body's first line, from 0.
    :returns: the number of the line at which it begins. One in a fence is an example.
    """
    begin, is_open, fence = None, False, ""
    for number, line in enumerate(text.split("\n")[first:], first):
        mark = _FENCE.match(line)
        if mark and (not fence or (mark[1].startswith(fence) and line.strip() == mark[1])):
            fence = "" if fence else mark[1]
        elif fence:
            continue
        elif line.startswith("<<<<<<< "):
            begin, is_open = number, False
        elif line == "=======":
            is_open = begin is not None
        elif is_open and line.startswith(">>>>>>> "):
            return begin
    return None


def _in_conflict(number: int) -> FrontMatterError:
    return FrontMatterError(__("unresolved conflict of versions in front matter"), number + 1)


def _delimited(text: str, lines: Sequence[str], markup: Markup) -> Block | None:
    """Return a block of YAML or TOML between two lines."""
    if _YAML.match(lines[0]):
        closing, reader, written = _YAML_END, read_yaml, "---"
    elif _TOML.match(lines[0]):
        closing, reader, written = re.compile(r"^\+{3}[ \t]*$", re.MULTILINE), read_toml, "+++"
    else:
        return None
    begin = len(lines[0]) + 1
    end = closing.search(text, begin, begin + MAX_CHARACTERS)
    if end is None:
        if len(text) > MAX_CHARACTERS and closing.search(text, begin + MAX_CHARACTERS):
            raise FrontMatterError(
                __("front matter is longer than %s characters", MAX_CHARACTERS), 1
            )
        if _known_keys(lines, 1):
            message = __("front matter is not closed (missing line '%s')", written)
            raise FrontMatterError(message, 1)
        return None
    height = text.count("\n", 0, end.start()) + 1
    if markup is Markup.REST and (
        not _known_keys(lines[:height], 1) or (height == 3 and len(lines[0].rstrip()) > 3)
    ):
        return None  # A title between two lines, or a transition.
    block = text[begin : end.start()]
    return Block(0, height, lambda: reader(block, 2))


def _json(text: str, lines: Sequence[str]) -> Block | None:
    """Return a JSON object, which ends with its brace."""
    if not _JSON.match(text):
        return None
    begin = text[:MAX_CHARACTERS]
    try:
        _value, end = JSONDecoder().raw_decode(begin)
    except (JSONDecodeError, RecursionError):
        if not _known_keys(lines, 0):
            return None
        end = len(begin.partition("\n\n")[0])
    end = begin.find("\n", end) if "\n" in begin[end:] else len(begin)
    return Block(0, begin.count("\n", 0, end) + 1, lambda: read_json(begin[:end], 1))


def _of_lines(found: Lines | None) -> Block | None:
    """Return lines of keys and values as a block, if two of the keys are known."""
    if found is None:
        return None
    keys = {key.lower() for key, _value, _line in found.pairs}
    if sum(key in OF_SPHINX or spelling(key) is not None for key in keys) < 2:
        hiding = [line for key, value, line in found.pairs if hides(key, value)]
        if hiding:
            message = __("front matter needs two keys that the blog knows, such as a title")
            raise FrontMatterError(message, hiding[0] + 1)
        return None
    return _regular(found)


def _of_directive(lines: Sequence[str], markup: Markup) -> Block | None:
    """Return the directive ``post`` as a block."""
    found = rest_post(lines) if markup is Markup.REST else myst_post(lines)
    return None if found is None else _regular(found)


def _regular(found: Lines) -> Block:
    if found.odd >= 0:
        message = __("this line in front matter is not a key with a value")
        raise FrontMatterError(message, found.odd + 1)
    return Block(found.first, found.end, found.matter)


def _refuse_second(lines: Sequence[str], block: Block) -> None:
    """Look for a second block right after the first, which may be an empty one.

    :raises FrontMatterError: if there is one that would keep the file from the public.
    """
    rest = range(block.end, len(lines))
    number = next((at for at in rest if lines[at].strip()), len(lines))
    is_second = number < len(lines) and (_YAML.match(lines[number]) or _TOML.match(lines[number]))
    if is_second or block.height == 2:
        first = number + bool(is_second)
        hiding = [line for line, key, value in _known_keys(lines, first) if hides(key, value)]
        if hiding:
            raise FrontMatterError(__("second block of front matter"), hiding[0] + 1)


def _refuse_hidden_switch(lines: Sequence[str], block: Block, matter: FrontMatter) -> None:
    """Look for a line such as ``draft: true`` that is part of another value, by a slip.

    :raises FrontMatterError: if there is one.
    """
    own = {entry.line for entry in matter.entries.values()}
    for number in range(block.first, block.end):
        match = _SWITCH.match(lines[number]) if number + 1 not in own else None
        if match and hides(match[1], match[2]):
            message = __("'%s' is not a key of its own (correct its indentation)", match[1])
            raise FrontMatterError(message, number + 1)


def _refuse_misplaced(lines: Sequence[str], markup: Markup) -> None:
    """Look for front matter that is not where, or not what, it should be.

    :raises FrontMatterError: if something before the text looks like it.
    """
    below_heading = False
    for number, bare in _marked(lines):
        if markup is Markup.REST and _DIRECTIVE.match(bare):
            return
        comment = _IN_COMMENT.match(bare)
        if comment and comment[1] and hides(comment[1], comment[2]):
            raise FrontMatterError(__("'%s' is in a comment", comment[1]), number + 1)
        if comment:
            continue
        if _CONFLICT.match(bare):
            raise _in_conflict(number)
        if bare.startswith("#"):
            below_heading = True
        elif _DELIMITER_LIKE.match(bare):
            is_example = below_heading and bare.startswith(("`", "~"))
            above_title = markup is Markup.REST and re.fullmatch("-{4,}", bare)
            if not (is_example or above_title) and _known_keys(lines, number + 1):
                message = __("front matter must begin with '---' on the first line")
                raise FrontMatterError(message, number + 1)
            return
        else:
            known = [] if below_heading else _known_keys(lines, number)
            hiding = [line for line, key, value in known if hides(key, value)]
            if len(known) > 1 or hiding:
                line = (hiding or [known[0][0]])[0]
                message = __("front matter is not between two lines '---'")
                raise FrontMatterError(message, line + 1)
            return


def _marked(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the numbers and texts of lines that are not blank, those in HTML comments marked."""
    in_comment = False
    for number, line in enumerate(lines[:_SEARCHED]):
        bare = _EDGES.sub("", line)
        if in_comment or bare.startswith("<!--"):
            in_comment = "-->" not in bare
            yield number, f"<!--{bare}"
        elif bare:
            yield number, bare


def _known_keys(lines: Sequence[str], first: int) -> list[tuple[int, str, str]]:
    """Return the lines of one block that begin with a known key, with that key and the value.

    Blank lines and comments at its beginning do not end it.
    """
    found: list[tuple[int, str, str]] = []
    for number, line in enumerate(lines[first : first + _SEARCHED], first):
        bare = _EDGES.sub("", line)
        if found and not bare:
            break
        if (match := _KEY.match(bare)) and spelling(match[1]):
            found.append((number, match[1], match[2].strip(" \t\"',")))
        elif (
            not found
            and bare
            and not (HEADER.match(bare) or line[0] in " \t#-{<=>|" or bare.startswith("export "))
        ):
            break
    return found
