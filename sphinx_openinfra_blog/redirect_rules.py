"""Redirects that a server makes: ``_redirects`` files, and maps in JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from .feed_reading import read_json
from .untrusted import InputError, read_text
from .web_addresses import AddressError, web_address

if TYPE_CHECKING:
    from collections.abc import Iterable

_STATUS: Final = re.compile(r"(\d{3})(!?)")
_PLACEHOLDER: Final = re.compile(r":([A-Za-z_]\w*)")


class Rule(NamedTuple):
    """One redirect.

    :ivar source: the path from the host's root; its last part may be ``*``, others ``:name``.
    :ivar target: as written.
    :ivar status: 301 and the like redirect, 200 shows the target, 404 and the like nothing.
    :ivar forced: whether it goes before a page at the same address.
    :ivar name: the file that it is from.
    """

    source: str
    target: str
    status: int
    forced: bool
    name: str

    def is_pattern(self) -> bool:
        """Tell whether it holds for several addresses."""
        return self.source.endswith("/*") or "/:" in self.source

    def match(self, path: str) -> str | None:
        """Return where the rule leads from *path*, or ``None`` if it does not hold for it.

        Closing slashes do not count, as on Netlify.
        """
        wanted, given = self.source.strip("/").split("/"), path.strip("/").split("/")
        found = {}
        if wanted[-1] == "*":
            wanted.pop()
            found["splat"] = "/".join(given[len(wanted) :])
            given = given[: len(wanted)] if path.strip("/") else []
        if len(wanted) != len(given):
            return None
        for part, value in zip(wanted, given, strict=True):
            if part[:1] == ":" and part[1:]:
                found[part[1:]] = value
            elif part != value:
                return None
        return _PLACEHOLDER.sub(
            lambda match: quote(found.get(match[1], match[0]), safe="/:", errors="replace"),
            self.target,
        )


class Rules:
    """Redirect rules, of which the first that holds counts."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Tell rules for one address, which may be very many, from those for several."""
        self._exact: dict[str, tuple[int, Rule]] = {}
        self._patterns: list[tuple[int, Rule]] = []
        for number, rule in enumerate(rules):
            if rule.is_pattern():
                self._patterns.append((number, rule))
            else:
                self._exact.setdefault(rule.source.rstrip("/"), (number, rule))

    def find(self, path: str) -> tuple[Rule, str] | None:
        """Return the rule for a path from the host's root, and where it leads."""
        first = self._exact.get(path.rstrip("/"))
        for number, rule in self._patterns:
            if first is not None and first[0] < number:
                break
            target = rule.match(path)
            if target is not None:
                return rule, target
        return None if first is None else (first[1], first[1].target)


def read_rules(data: bytes, name: str, root: str = "/") -> list[Rule]:
    """Return the rules of a file: JSON if it begins with a brace, else lines for Netlify.

    :param root: the path that addresses without a leading slash are relative to.
    :raises InputError: if it is neither.
    """
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        loaded = read_json(data, name)
        if not all(isinstance(target, str) for target in loaded.values()):
            raise InputError("it must map addresses to addresses", name)
        pairs = [(source, target, 0) for source, target in loaded.items()]
        return [_rule(pair, root, name) for pair in pairs]
    rules = []
    for number, line in enumerate(read_text(data, name).split("\n"), start=1):
        fields = line.partition(" #")[0].split()
        if not fields or fields[0].startswith("#"):
            continue
        if len(fields) == 1:
            raise InputError("a redirect needs two addresses", name, number)
        # Rules for some countries, languages or queries do not hold for everybody.
        if "=" in fields[1] and not fields[1].startswith(("/", "http")):
            continue
        match = _STATUS.fullmatch(fields[2]) if len(fields) > 2 else None
        if any("=" in field for field in fields[3 if match else 2 :]):
            continue
        rule = _rule((fields[0], fields[1], number), root, name)
        if match:
            rule = rule._replace(status=int(match[1]), forced=bool(match[2]))
        rules.append(rule)
    return rules


def _rule(pair: tuple[str, str, int], root: str, name: str) -> Rule:
    source, target, line = pair
    try:
        path = web_address(source, root).path
    except AddressError as error:
        raise InputError(f"'{source}': {error}", name, line) from error
    return Rule(path, target, 301, False, name)
