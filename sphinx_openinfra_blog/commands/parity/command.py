"""The command that finds old URLs and feed ids that a built site does not have."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from sphinx_openinfra_blog.commands.command import Command
from sphinx_openinfra_blog.commands.input import InputError, read_bytes
from sphinx_openinfra_blog.commands.reports import counted
from sphinx_openinfra_blog.model import on_one_line

from .addresses import read_urls
from .built_site import BuiltSite
from .compare import compare
from .old_feeds import read_feed

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from .compare import Losses
    from .proposals import Proposal

_DESCRIPTION: Final = (
    "List every URL and every feed id of an old site that a built site does not have, with the "
    "reason. The exit status is 1 if there are any, 0 if there are none, 2 if something cannot "
    "be read. Nothing is requested over the network."
)


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("site", metavar="SITE", type=Path, help="the output folder of a build")
    for option, text in (
        ("--urls", "URLs of the old site, one per line, or its sitemap"),
        ("--rss", "a feed of the old site: RSS 2.0, Atom 1.0 or JSON Feed"),
        (
            "--redirects",
            "redirects of the server: a JSON object that maps old URLs to new ones, or lines in "
            "the format of _redirects; SITE/_redirects is read by default",
        ),
    ):
        parser.add_argument(
            option,
            metavar="FILE",
            type=Path,
            action="append",
            default=[],
            help=f"{text}; can be repeated",
        )
    parser.add_argument(
        "--base",
        metavar="PATH",
        help="the path of SITE on its host "
        "(default: that of the canonical URL of its index.html, else /)",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="the format of the result (default: text)",
    )
    parser.set_defaults(wrong_usage=parser.error)


def _run(given: Namespace, out: TextIO) -> int:
    if not given.urls and not given.rss:
        given.wrong_usage("nothing to check (use --urls or --rss)")
    feeds = [read_feed(read_bytes(path), str(path)) for path in given.rss]
    for feed in feeds:
        if not feed.items:
            raise InputError("no items with an id or a link", feed.name)
    urls = [url for path in given.urls for url in read_urls(read_bytes(path), str(path))]
    losses = compare(BuiltSite(given.site, given.base, given.redirects), urls, feeds)
    if given.format == "json":
        json.dump(asdict(losses), out, indent=2)
        out.write("\n")
    else:
        out.writelines(f"{line}\n" for line in _lines(losses))
    return 1 if losses.addresses or losses.ids else 0


def _lines(losses: Losses) -> Iterator[str]:
    """Yield the lines of the result as text."""
    for line in (
        *(("lost URL", lost.address, lost.reason) for lost in losses.addresses),
        *(("lost feed id", lost.id, lost.reason) for lost in losses.ids),
        *(_shown(item) for item in losses.proposals),
        *(("note", note) for note in losses.notes),
    ):
        yield "  ".join(on_one_line(part) for part in line)
    checked = counted(losses.checked_addresses, "URL")
    if losses.checked_ids:
        checked += f" and {counted(losses.checked_ids, 'feed id')}"
    yield f"{checked} checked: {len(losses.addresses) + len(losses.ids) or 'none'} lost"


def _shown(proposal: Proposal) -> tuple[str, str, str]:
    answers = f"answers {counted(proposal.answers, 'lost URL')}"
    where = f"in the front matter of the post at {proposal.where}; " if proposal.where else ""
    return "proposal", proposal.text, where + answers


COMMAND: Final = Command(
    "parity",
    "check that a move loses no URL and no feed id",
    _DESCRIPTION,
    _add_arguments,
    _run,
)
