"""A person's handle on X, formerly Twitter, from the ways in which people write it; pure."""

from __future__ import annotations

import re
from typing import Final

_HANDLE: Final = re.compile(
    r"(?:(?:https?:)?//)?(?:(?:www\.|mobile\.)?(?:twitter|x)\.com/)?@?(?P<name>\w{1,50})/?(?:[?#].*)?",
    re.ASCII | re.IGNORECASE,
)


def twitter_handle(written: str) -> str:
    """Return a handle with its ``@``, or an empty string if *written* is none.

    :param written: ``@name``, ``name`` or the address of the profile (contract point 13).
    """
    match = _HANDLE.fullmatch(written.strip().replace("@ ", "@"))
    return f"@{match['name']}" if match else ""
