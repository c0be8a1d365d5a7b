"""The check for a move: which old addresses and feed ids the new site does not have."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from .built_site import BuiltSite
from .commands import Command
from .feed_reading import Feed, read_feed
from .losses import compare
from .untrusted import InputError, on_one_line, read_bytes
from .web_addresses import read_addresses

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from .losses import Losses

_DESCRIPTION: Final = (
    "List every address and every feed id of an old site that a built site does not have, "
    "and say why. The exit status is 1 if there is any, 0 if there is none, "
    "2 if something cannot be read. Nothing is asked of the network."
)


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("site", metavar="SITE", type=Path, help="the output folder of a build")
    parser.add_argument(
        "--urls",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="addresses of the old site, one on each line, or its sitemap; can be repeated",
    )
    parser.add_argument(
        "--rss",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="a feed of the old site: RSS 2.0, Atom 1.0 or JSON Feed; can be repeated",
    )
    parser.add_argument(
        "--redirects",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="redirects that the server makes: JSON that maps old addresses to new ones, or lines "
        "as in _redirects, which is read by itself if SITE has it; can be repeated",
    )
    parser.add_argument(
        "--base",
        metavar="PATH",
        help="the path of SITE on its host "
        "(default: that of the canonical address of its index.html, else /)",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="how the result is written (default: text)",
    )
    parser.set_defaults(wrong_usage=parser.error)


def _run(given: Namespace, out: TextIO) -> int:
    if not given.urls and not given.rss:
        given.wrong_usage("name a file with --urls or --rss: there is nothing to check")
    feeds = [_old_feed(path) for path in given.rss]
    listed = [read_addresses(read_bytes(path), str(path)) for path in given.urls]
    site = BuiltSite(given.site, given.base, given.redirects)
    losses = compare(site, [address for part in listed for address in part], feeds)
    write = _write_json if given.format == "json" else _write_text
    write(losses, out)
    return 1 if losses.addresses or losses.ids else 0


def _old_feed(path: Path) -> Feed:
    feed = read_feed(read_bytes(path), str(path))
    if not feed.entries:
        raise InputError("there is no item with an id or a link in it", str(path))
    return feed


def _write_text(losses: Losses, out: TextIO) -> None:
    lines: list[tuple[str, ...]] = [
        *(("lost address", lost.address, lost.reason) for lost in losses.addresses),
        *(("lost feed id", lost.id, lost.reason) for lost in losses.ids),
        *(("note", note) for note in losses.notes),
    ]
    out.writelines("  ".join(on_one_line(part) for part in line) + "\n" for line in lines)
    checked = [_count(losses.checked_addresses, "address", "addresses")]
    if losses.checked_ids:
        checked.append(_count(losses.checked_ids, "feed id", "feed ids"))
    lost = len(losses.addresses) + len(losses.ids)
    out.write(f"{' and '.join(checked)} checked: {lost or 'none'} lost\n")


def _write_json(losses: Losses, out: TextIO) -> None:
    json.dump(asdict(losses), out, indent=2)
    out.write("\n")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


COMMAND: Final = Command(
    "parity",
    "check that a move loses no address and no feed id",
    _DESCRIPTION,
    _add_arguments,
    _run,
)
