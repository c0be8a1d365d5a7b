"""Redirects of the server: ``_redirects`` files, and mappings in JSON."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Final, NamedTuple
from urllib.parse import quote

from sphinx_openinfra_blog.commands.input import InputError, first_byte, read_json, read_text

from .addresses import UrlError, parse_url, with_query

_STATUS: Final = re.compile(r"(\d{3})(!?)")
_PLACEHOLDER: Final = re.compile(r":([A-Za-z_]\w*)")
_WILDCARD: Final = re.compile(rf"/{_PLACEHOLDER.pattern}|/\\\*$")


class ServerRule(NamedTuple):
    """One redirect.

    :ivar exact: the one path that it is for, without a trailing slash; ``None`` for a pattern.
    :ivar pattern: matches paths from the host's root, without a trailing slash.
    :ivar names: of the pattern's groups.
    :ivar target: as written, with placeholders.
    :ivar status: a status of 400 or more means that nothing is shown.
    :ivar forced: whether it takes precedence over a file.
    :ivar name: of the file that it is from.
    """

    exact: str | None
    pattern: re.Pattern[str]
    names: tuple[str, ...]
    target: str
    status: int
    forced: bool
    name: str

    def match(self, path: str) -> str | None:
        """Return the target for a path, or ``None`` if the rule is for others."""
        found = self.pattern.fullmatch(path.rstrip("/"))
        if found is None:
            return None
        values = dict(zip(self.names, found.groups(""), strict=True))
        return _PLACEHOLDER.sub(
            lambda name: quote(values.get(name[1], name[0]), safe="/:", errors="replace"),
            self.target,
        )


def read_rules(data: bytes, name: str, root: str = "/") -> list[ServerRule]:
    """Read the redirects in a file: a JSON object, or lines in Netlify's format.

    :param root: the path that relative sources are resolved against.
    :raises InputError: if it is neither.
    """
    if first_byte(data) != b"{":
        lines = enumerate(read_text(data, name).split("\n"), start=1)
        found = (_rule_of_line(line, (name, number), root) for number, line in lines)
        return [rule for rule in found if rule]
    loaded = read_json(data, name)
    if not all(isinstance(target, str) for target in loaded.values()):
        raise InputError("expected an object that maps URLs to URLs", name)
    return [_rule(source, target, (name, 0), root) for source, target in loaded.items()]


def _rule_of_line(line: str, place: tuple[str, int], root: str) -> ServerRule | None:
    fields = line.partition(" #")[0].split()
    if not fields or fields[0].startswith("#"):
        return None
    if len(fields) == 1:
        raise InputError("missing target of the redirect", *place)
    # Rules for some countries or languages do not apply to all readers.
    source, *rest = fields
    query = list(takewhile(lambda field: not field.startswith(("/", "http")), rest))
    target, *conditions = [*rest[len(query) :], ""]
    if any("=" in field for field in conditions) or any("=:" in field for field in query):
        return None
    if not target or any("=" not in field for field in query):
        raise InputError("missing target of the redirect", *place)
    status = _STATUS.fullmatch(conditions[0])
    rule = _rule(f"{source}?{'&'.join(query)}" if query else source, target, place, root)
    return rule._replace(status=int(status[1]), forced=bool(status[2])) if status else rule


def _rule(source: str, target: str, place: tuple[str, int], root: str) -> ServerRule:
    try:
        _host, path, query = parse_url(source, root)
        path = with_query(path, query)
    except UrlError as error:
        raise InputError(str(error), *place) from error
    names: list[str] = []

    def group(wildcard: re.Match[str]) -> str:
        names.append(wildcard[1] or "splat")
        return "/([^/]+)" if wildcard[1] else "(?:/(.*))?"

    pattern = re.compile(_WILDCARD.sub(group, re.escape(path)), re.DOTALL)
    return ServerRule(None if names else path, pattern, tuple(names), target, 301, False, place[0])
