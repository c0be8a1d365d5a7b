"""What an author meant by a link's target that has no scheme; pure."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linkify_it import LinkifyIt

# A machine in reach of the reader, which seldom has a certificate.
_LOCAL: Final = re.compile(r"(localhost|\d{1,3}(\.\d{1,3}){3})(:\d+)?(/\S*)?$")
# Names of files as often as of hosts.
_FILE_SUFFIXES: Final = (".md", ".py", ".sh", ".zip", ".mov", ".pl", ".rs", ".so", ".ps", ".cc")


def meant_address(target: str, source_suffixes: Iterable[str] = ()) -> str | None:
    """Return the address that a bare host or mail address stands for.

    What counts as a host is decided by linkify-it's list of top-level domains.

    :param target: a link's target without a scheme.
    :param source_suffixes: suffixes of the site's own documents.
    :returns: ``None`` if *target* is neither, but rather a file.
    """
    if target.startswith("//"):
        return f"https:{target}" if _starts_with_host(target[2:]) else None
    if _LOCAL.match(target):
        return f"http://{target}"
    if any(char.isspace() for char in target) or not target[:1].isalnum():
        return None
    if target.casefold().endswith((*_FILE_SUFFIXES, *source_suffixes)) and "/" not in target:
        return None
    if "@" in target.split("/", 1)[0]:
        found = _linkify().match(target)
        is_mail = found is not None and found[0].schema == "mailto:" and found[0].index == 0
        return f"mailto:{target}" if is_mail else None
    return f"https://{target}" if _starts_with_host(target) else None


def _starts_with_host(target: str) -> bool:
    found = _linkify().match(target)
    return found is not None and found[0].index == 0 and found[0].schema == ""


@cache
def _linkify() -> LinkifyIt:
    # Not before it is needed: the domains take a megabyte, and most builds need none.
    from linkify_it import LinkifyIt  # noqa: PLC0415
    from linkify_it.tlds import TLDS  # noqa: PLC0415

    return LinkifyIt(options={"fuzzy_link": True, "fuzzy_email": True}).tlds(TLDS)
