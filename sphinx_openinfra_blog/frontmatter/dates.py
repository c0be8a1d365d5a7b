"""Read points in time; pure.

The forms are those of ISO 8601, of YAML 1.1 (https://yaml.org/type/timestamp.html)
and of RFC 5322, which is what content systems and people write. Nothing is guessed:
a form that is read differently in two countries is not a date.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.model import Moment, clean

if TYPE_CHECKING:
    from datetime import tzinfo

#: Day, time, fraction and zone of ISO 8601 and YAML 1.1, for Python and for JSON Schema.
TIMESTAMP: Final = (
    r"([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})"
    r"(?:(?:[Tt]|\s+)([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,]([0-9]+))?"
    r"\s*([Zz]|UTC|GMT|[+-][0-9]{1,2}(?::?[0-9]{2})?)?)?"
)
_TIMESTAMP: Final = re.compile(TIMESTAMP, re.ASCII)


def read_moment(text: str, zone: tzinfo) -> Moment | None:
    """Read a date or a date and time.

    :param text: as written in the front matter.
    :param zone: the zone of a date that names none.
    :returns: ``None`` if *text* is not a date, or one that does not exist.
    """
    text = clean(text)
    try:
        if match := _TIMESTAMP.fullmatch(text):
            return _from_match(match, zone)
        return _moment(parsedate_to_datetime(text), "", zone) if len(text) < 100 else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def is_timestamp(text: str) -> bool:
    """Tell whether a text has the form of a date, even if there is no such day."""
    return _TIMESTAMP.fullmatch(clean(text)) is not None


def _from_match(match: re.Match[str], zone: tzinfo) -> Moment:
    day, time, fraction, offset = match.groups("")
    parts = [int(part) for part in (*day.split("-"), *filter(None, time.split(":")))]
    hour, minute, second = (*parts[3:], 0, 0, 0)[:3]
    micro = int(fraction[:6].ljust(6, "0"))
    written = _offset(offset) if offset else None
    return _moment(
        datetime(parts[0], parts[1], parts[2], hour, minute, second, micro, written),
        fraction,
        zone,
    )


def _offset(text: str) -> timezone:
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _moment(moment: datetime, fraction: str, zone: tzinfo) -> Moment:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    moment.astimezone(UTC)  # year 1 and year 9999 have instants that no other zone can show
    (moment - timedelta(days=2), moment + timedelta(days=2))
    text = moment.replace(tzinfo=None).isoformat(timespec="seconds")
    text += f".{fraction[:3]}" if fraction else ""
    offset = moment.strftime("%z")
    text += "Z" if offset[:5] == "+0000" else f"{offset[:3]}:{offset[3:5]}"
    return Moment(moment, text)
