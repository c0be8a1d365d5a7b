"""Read an author's handle on X, formerly Twitter; pure."""

from __future__ import annotations

import re
from typing import Final

#: The ways in which people write a handle, for Python and for JSON Schema.
HANDLE: Final = (
    r"((https?:)?//)?((www\.|mobile\.)?(twitter|x)\.com/)?(@ ?)?([A-Za-z0-9_]{1,50})/?([?#].*)?"
)
_HANDLE: Final = re.compile(HANDLE, re.IGNORECASE)


def twitter_handle(written: str) -> str:
    """Return a handle with its ``@``, or an empty string if *written* is not one.

    :param written: ``@name``, ``name`` or the URL of the profile (contract point 13).
    """
    match = _HANDLE.fullmatch(written.strip())
    return f"@{match[7]}" if match else ""
