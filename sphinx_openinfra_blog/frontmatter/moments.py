"""Read dates and times, and those at which a post appears or disappears; pure.

Its ``read_*`` functions are as those of :mod:`.values`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.model import Subtype, __, clean

from .dates import is_timestamp, read_moment
from .values import is_absent

if TYPE_CHECKING:
    from sphinx_openinfra_blog.model import Moment

    from .entries import Entry
    from .values import Values

#: The keys of a mapping of dates that say when a post was published.
DATES_IN_MAPPING: Final = ("created", "published", "publish")
_FORM: Final = "YYYY-MM-DD or ISO 8601"

# What programs write for a day that never comes; the calendar ends there, in some zone or other.
_NEVER: Final = re.compile("9999-12-3[01]")


def read_point(
    values: Values,
    key: str,
    entry: Entry,
    *,
    withholds: bool = False,
    subtype: Subtype = Subtype.DATE,
) -> Moment | None:
    """Read a date, or a date and a time.

    :param withholds: an invalid one withholds the post.
    :param subtype: of the warning of an invalid one.
    """
    moment = None if isinstance(entry.data, bool) else read_moment(entry.text, values.timezone)
    if moment is None:
        shown = clean(entry.text)[:80]
        if isinstance(entry.data, list | dict):
            shown = "[...]" if isinstance(entry.data, list) else "{...}"
        effect = __("; the post has no page") if withholds else ""
        many = None
        if is_timestamp(entry.text):
            message = __("nonexistent date for '%s': '%s'%s", key, shown, effect)
        else:
            form = re.sub("[0-9]", "0", shown)  # Another program wrote all dates alike.
            message = __("invalid date for '%s': '%s' (expected %s)%s", key, shown, _FORM, effect)
            many = __(
                "%s dates such as %s in '%s' have the form '%s' (expected %s)%s",
                key,
                form,
                _FORM,
                effect,
            )
        values.warn(subtype, message, entry.line, withholds=withholds, many=many, example=shown)
    return moment


def read_date(values: Values, key: str, entry: Entry) -> Moment | None:
    """Read when the post was published; keys of their own read what a mapping holds."""
    if isinstance(entry.data, dict) and entry.data.keys() & set(DATES_IN_MAPPING):
        return None
    return read_point(values, key, entry, withholds=not values.publish_undated)


def read_release(values: Values, key: str, entry: Entry) -> Moment | None:
    """Read the moment before which nobody may see the post; an invalid one withholds it."""
    return None if is_absent(entry) else read_point(values, key, entry, withholds=True)


def read_release_if_date(values: Values, key: str, entry: Entry) -> Moment | None:
    """Read such a moment where the key may also hold a truth value."""
    return read_release(values, key, entry) if is_timestamp(entry.text) else None


def read_expiry(values: Values, key: str, entry: Entry) -> Moment | None:
    """Read when a post disappears; an invalid date withholds it."""
    if _NEVER.match(entry.text):
        return None
    return read_point(values, key, entry, withholds=True, subtype=Subtype.VISIBILITY)
