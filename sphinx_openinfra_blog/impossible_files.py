"""Links that no file can be at, kept from MyST-Parser; pure.

MyST-Parser asks the file system of every link without a known scheme. Of a name that is too long,
or holds a NUL, that answers with an error instead of "no", which would end the build.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from markdown_it.helpers import parseLinkDestination

from .link_rules import DEAD, Becomes, mend_unknown, on_old_site
from .permalinks import MAX_PATH_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from markdown_it import MarkdownIt

#: The most bytes of a file's name, on all usual file systems.
_LONGEST_NAME: Final = 255
#: How much of a name a message repeats, in characters.
_SHORT: Final = 60
#: How far the text of an image is followed, in characters.
_LONGEST_TEXT: Final = 1000
_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
#: What comes before the target of a link, or in the definition of one.
_BEFORE_TARGET: Final = re.compile(r"\]\(\s*|^ {0,3}\[(?!\^)[^\]\n]+\]: *\n? *", re.MULTILINE)
#: What ends a link behind its target: a title perhaps, and the parenthesis (CommonMark 6.3).
_END: Final = re.compile(r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)""")
#: A target that is short enough whatever its characters are: each has four bytes at most.
_SHORT_ENOUGH: Final = re.compile(r"[^ \t\n%]{0,62}[ \t\n]")


@dataclass(frozen=True, slots=True)
class Instead:
    """What stands in the place of a target.

    :ivar target: another target, which MyST-Parser can ask of.
    :ivar message: what its author should know.
    """

    target: str
    message: str


def instead_of(
    target: str, post_address: str, root: str, suffixes: Iterable[str]
) -> Instead | None:
    """Return what a link gets instead of a target that no file can have.

    :param target: as MyST-Parser has it.
    :param post_address: ``seo.url`` of the post.
    :param root: ``html_baseurl``, or an empty string.
    :param suffixes: those of the site's documents.
    :returns: ``None`` if there could be such a file.
    """
    path = target.partition("#")[0]
    written = path.encode("utf-8", "replace")
    shown = target if len(target) <= _SHORT else f"{target[:_SHORT]}…"
    shown = shown.replace("\0", "%00")
    if "\0" not in path:
        longest = max(map(len, written.split(b"/")))
        if len(written) <= MAX_PATH_BYTES and longest <= _LONGEST_NAME:
            return None
        mended = mend_unknown(target, post_address, suffixes)
        address = mended.address
        if mended.becomes is Becomes.SITE_PATH:
            address = on_old_site(address, post_address, root)
        if address.startswith(("https://", "http://")):
            message = (
                f"no file can have a name as long as '{shown}'; the link leads to '{address}'"
            )
            return Instead(address, mended.message or message)
    return Instead(DEAD, f"no file can be called '{shown}', so only the text of the link is shown")


def with_possible_targets(
    text: str,
    parser: MarkdownIt,
    schemes: Container[str],
    replace: Callable[[str], Instead | None],
    *,
    begin: int = 0,
) -> tuple[str, list[tuple[int, str]]]:
    """Return *text* without links that no file can be at, on as many lines.

    :param text: a whole Markdown file.
    :param parser: of its blocks, as MyST-Parser finds them.
    :param schemes: those that make a link an address.
    :param replace: tells what stands in the place of a target.
    :param begin: where the body begins.
    :returns: the text, and what is to be said at which line (1-based).
    """
    blocks: _Blocks | None = None
    parts, messages, done = [], [], 0
    for match in _BEFORE_TARGET.finditer(text, begin):
        if _SHORT_ENOUGH.match(text, match.end()):
            continue
        found = parseLinkDestination(text, match.end(), len(text))
        scheme = _SCHEME.match(found.str) if found.ok else None
        if not found.ok or match.end() < done or (scheme and scheme[1] in schemes):
            continue
        is_definition = not match[0].startswith("]")
        if scheme and scheme[1] == "data" and is_definition:
            continue  # What defines such a target does so for images, as word processors export.
        if not is_definition and _END.match(text, found.pos) is None:
            continue  # Text without blanks, as in Chinese, in parentheses behind brackets.
        instead = replace(parser.normalizeLinkText(parser.normalizeLink(found.str)))
        if instead is None:
            continue
        blocks = _blocks_of(parser, text) if blocks is None else blocks
        if is_definition and parser.normalizeLink(found.str) not in blocks.defined:
            continue
        line, place = text.count("\n", 0, match.end()), match.start()
        if line in blocks.code or _is_in_code(text, place) or _ends_image(text, place):
            continue
        parts += [text[done : match.end()], f"<{parser.normalizeLink(instead.target)}>"]
        messages.append((line + 1, instead.message))
        done = found.pos
    return "".join([*parts, text[done:]]), messages


class _Blocks(NamedTuple):
    """What the blocks of a text are.

    :ivar code: the 0-based lines of those that are shown as they are; directives are none.
    :ivar defined: the targets of all definitions.
    """

    code: set[int]
    defined: set[str]


def _blocks_of(parser: MarkdownIt, text: str) -> _Blocks:
    environment: dict[str, Any] = {}
    code: set[int] = set()
    for token in parser.parse(text, environment):
        is_code = token.type in {"code_block", "html_block"} or (
            token.type == "fence" and not token.info.strip().startswith("{")
        )
        if is_code and token.map:
            code.update(range(*token.map))
    references = environment.get("references", {}).values()
    return _Blocks(code, {item["href"] for item in references})


def _ends_image(text: str, end: int) -> bool:
    """Tell whether the bracket at *end* ends the text of an image; nobody asks MyST for those."""
    depth = 0
    for place in range(end - 1, max(-1, end - _LONGEST_TEXT), -1):
        if text[place] not in "[]" or text[place - 1 : place] == "\\":
            continue
        if text[place] == "]":
            depth += 1
        elif depth:
            depth -= 1
        else:
            return text[place - 1 : place] == "!"
    return False


def _is_in_code(text: str, place: int) -> bool:
    """Tell whether a place follows a backtick of its line that no other closed."""
    begin = text.rfind("\n", 0, place) + 1
    return text.count("`", begin, place) % 2 == 1
