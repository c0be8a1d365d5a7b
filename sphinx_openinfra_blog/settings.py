"""The options as the extension uses them, and the moment of the build."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .checks import is_address
from .handles import twitter_handle
from .permalinks import host_of
from .roster import read_categories, read_roster
from .rules import Rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinx.config import Config


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """The options of the feeds.

    :ivar formats: of the blog's own feed.
    :ivar term_formats: of the feeds of categories, authors and tags.
    :ivar length: how many posts a feed holds; 0 for all.
    :ivar full: whether it holds the whole posts.
    :ivar paths: format -> where the blog's own feed is, relative to the output folder.
    :ivar unlisted: whether unlisted posts are in the feeds.
    """

    formats: tuple[str, ...]
    term_formats: tuple[str, ...]
    length: int
    full: bool
    paths: Mapping[str, str]
    unlisted: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """The options as the extension uses them, and the moment of the build.

    :ivar rules: what decides about addresses and terms.
    :ivar hosts: those that the options name.
    :ivar authority: the host in whose name the blog makes ids, or an empty string.
    :ivar media: prefix -> folder or address, the longest prefix first.
    :ivar copied: the folders whose content Sphinx copies into the output as it is.
    :ivar root_doc: the site's first document.
    :ivar title: of the generated index, or an empty string.
    :ivar reading_time: whether it is shown how long posts take to read.
    :ivar paginate: how many posts a generated page holds; 0 for all.
    :ivar canonical_source: whether ``seo.url`` is the canonical address.
    :ivar twitter: the site's handle, or an empty string.
    :ivar author_files: whether the roster is a folder of the content system's author files.
    :ivar redirect_map: a file in the output, or an empty string.
    :ivar schedule: a file in the output, or an empty string.
    :ivar now: an aware datetime.
    """

    rules: Rules
    hosts: frozenset[str]
    authority: str
    media: tuple[tuple[str, str], ...]
    copied: tuple[str, ...]
    root_doc: str
    publish_future: bool
    title: str
    reading_time: bool
    paginate: int
    canonical_source: bool
    twitter: str
    feeds: FeedSettings
    author_files: bool
    redirect_map: str
    schedule: str
    now: datetime


def read_settings(config: Config, confdir: Path) -> Settings:
    """Return the options, which are known to be right.

    :param confdir: the folder of conf.py.
    """
    categories, profiles = read_categories(
        config.openinfra_blog_categories, confdir, config.openinfra_blog_slugs
    )
    hosts = _named_hosts(config)
    rules = Rules(
        blog=config.openinfra_blog_path.strip("/"),
        root=config.html_baseurl or "",
        pattern=config.openinfra_blog_permalink,
        slugs=config.openinfra_blog_slugs,
        timezone=ZoneInfo(config.openinfra_blog_timezone),
        categories=categories,
        profiles=profiles,
        roster=read_roster(config.openinfra_blog_authors, confdir),
        preview=config.openinfra_blog_preview,
        hosts=frozenset(hosts if config.openinfra_blog_hosts else ()),
        lint=config.openinfra_blog_lint,
    )
    media = {
        prefix: str(target) if is_address(target) else str((confdir / target).resolve())
        for prefix, target in config.openinfra_blog_media.items()
    }
    return Settings(
        rules=rules,
        hosts=frozenset(hosts),
        # A tag URI has no port (RFC 4151, 2.1).
        authority=hosts[0].partition(":")[0] if hosts else "",
        media=tuple(sorted(media.items(), key=lambda item: -len(item[0]))),
        copied=tuple(str(confdir / entry) for entry in config.html_extra_path),
        root_doc=config.root_doc,
        publish_future=config.openinfra_blog_future == "publish",
        title=config.openinfra_blog_title,
        reading_time=config.openinfra_blog_reading_time,
        paginate=config.openinfra_blog_paginate,
        canonical_source=config.openinfra_blog_canonical == "source",
        twitter=twitter_handle(config.openinfra_blog_twitter),
        feeds=_feed_settings(config),
        author_files=_is_folder(config.openinfra_blog_authors, confdir),
        redirect_map=(config.openinfra_blog_redirect_map or "").strip("/"),
        schedule=(config.openinfra_blog_schedule or "").strip("/"),
        now=_now(),
    )


def _feed_settings(config: Config) -> FeedSettings:
    paths = config.openinfra_blog_feed_paths.items()
    return FeedSettings(
        formats=tuple(dict.fromkeys(config.openinfra_blog_feeds)),
        term_formats=tuple(dict.fromkeys(config.openinfra_blog_term_feeds)),
        length=config.openinfra_blog_feed_length,
        full=config.openinfra_blog_feed_content == "full",
        paths={kind: path.strip("/") for kind, path in paths},
        unlisted=config.openinfra_blog_feed_unlisted,
    )


def _is_folder(value: object, confdir: Path) -> bool:
    return isinstance(value, str) and (confdir / value).is_dir()


def _named_hosts(config: Config) -> list[str]:
    hosts = [host.casefold() for host in config.openinfra_blog_hosts]
    if config.html_baseurl and (host := host_of(config.html_baseurl)):
        hosts.append(host)
    return hosts


def _now() -> datetime:
    """Return the moment of the build (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch) if epoch.isdecimal() else time.time(), UTC)
