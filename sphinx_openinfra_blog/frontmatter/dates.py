"""Read points in time; pure.

The forms are those of ISO 8601, of YAML 1.1 (https://yaml.org/type/timestamp.html), of RFC 5322,
and English ones: what content systems and people write. Nothing is guessed: a form that is read
differently in two countries is not a date.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.model import Moment, clean

if TYPE_CHECKING:
    from datetime import tzinfo

_MONTHS: Final = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
_MONTH: Final = (
    "([Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?"
    "|[Aa]ug(?:ust)?|[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)[.]?"
)
_WEEKDAY: Final = (
    "(?:(?:[Mm]on|[Tt]ues?|[Ww]ed(?:nes)?|[Tt]hu(?:rs?)?|[Ff]ri|[Ss]at(?:ur)?|[Ss]un)"
    r"(?:day)?[.]?,?\s+)?"
)
_DAY: Final = "([0-9]{1,2})(?:st|nd|rd|th)?"
#: The forms of a day.
_DAYS: Final = (
    "([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})",
    "([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})",
    r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})",
    "([0-9]{4})([0-9]{2})([0-9]{2})",
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+([0-9]{{4}})",
    rf"{_WEEKDAY}{_DAY}[\s-]+{_MONTH},?[\s-]+([0-9]{{4}})",
)
#: Where year, month and day are in each.
_ORDERS: Final = (*[(0, 1, 2)] * 4, (2, 0, 1), (2, 1, 0))
#: Hour, minute, second, fraction, half of the day and zone. The names of zones are those of
#: RFC 5322 (4.3), which have one meaning; Go repeats "UTC" behind its offset.
_TIME: Final = (
    r"(?:(?:[Tt]|,?\s+(?:at\s+)?)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?"
    r"(?:\s*([AaPp])[.]?[Mm][.]?)?"
    r"(?:\s*([Zz]|UTC|GMT|UT|[ECMP][SD]T|(?:UTC)?[+-][0-9]{1,2}(?::?[0-9]{2})?)(?:\s+UTC)?)?)?"
)
#: The forms of points in time, for JSON Schema.
FORMS: Final = tuple(f"{day}{_TIME}" for day in _DAYS)
_FORMS: Final = tuple(re.compile(form, re.ASCII) for form in FORMS)
_ZONES: Final = {"E": -5, "C": -6, "M": -7, "P": -8}


def read_moment(text: str, zone: tzinfo) -> Moment | None:
    """Read a date or a date and time.

    :param text: as written in the front matter.
    :param zone: the zone of a date that names none.
    :returns: ``None`` if *text* is not a date, or one that does not exist.
    """
    if (found := _match(text)) is None:
        return None
    (year, month, day), (hour, minute, second, fraction, half, offset) = found
    fraction = fraction or ""
    try:
        clock = int(hour or 0)
        if half:
            if not 1 <= clock <= 12:
                return None
            clock = clock % 12 + (12 if half in "Pp" else 0)
        moment = datetime(
            int(year),
            int(month),
            int(day),
            clock,
            int(minute or 0),
            int(second or 0),
            int(fraction[:6].ljust(6, "0")),
            _offset(offset) if offset else None,
        )
        return _moment(moment, fraction, zone)
    except (ValueError, OverflowError):
        return None


def is_timestamp(text: str) -> bool:
    """Tell whether a text has the form of a date, even if there is no such day."""
    return _match(text) is not None


def _match(text: str) -> tuple[tuple[str, str, str], tuple[str | None, ...]] | None:
    """Return year, month and day, and the parts of the time."""
    text = clean(text)
    for number, form in enumerate(_FORMS):
        if match := form.fullmatch(text):
            year, month, day, *time = (
                match.groups()[at] for at in _ORDERS[number] + (*range(3, 9),)
            )
            if month.isalpha():
                month = str(_MONTHS.index(month[:3].lower()) + 1)
            return (year, month, day), tuple(time)
    return None


def _offset(text: str) -> timezone:
    if text.upper() in {"Z", "UTC", "GMT", "UT"}:
        return UTC
    text = text.removeprefix("UTC")  # so writes Nikola
    if text[0] in _ZONES:
        return timezone(timedelta(hours=_ZONES[text[0]] + (text[1] == "D")))
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
