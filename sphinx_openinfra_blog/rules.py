"""What the options say of addresses and terms, and what one file says of itself; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from .fields import Fields
    from .model import Profile, Taxonomy, Term, Visibility


@dataclass(frozen=True, slots=True)
class Person:
    """An author as the roster has it.

    :ivar slug: the last part of the author page's path, or an empty string: the name's.
    """

    name: str
    slug: str
    profile: Profile


@dataclass(frozen=True, slots=True)
class Rules:
    """The options that decide about addresses and terms.

    :ivar blog: the blog's path, without slashes at its ends.
    :ivar root: ``html_baseurl``, or an empty string.
    :ivar pattern: the option ``permalink``.
    :ivar slugs: the option ``slugs``.
    :ivar timezone: the option ``timezone``.
    :ivar categories: the configured categories, their slugs not yet unique.
    :ivar profiles: what else the options say of categories, by taxonomy and key.
    :ivar roster: the authors' roster: id -> person.
    :ivar preview: whether drafts, scheduled and expired posts have pages.
    :ivar hosts: those that posts may have been published at; none if nobody says which.
    :ivar lint: the option ``lint``.
    """

    blog: str
    root: str
    pattern: str
    slugs: str
    timezone: tzinfo
    categories: tuple[Term, ...]
    profiles: Mapping[tuple[Taxonomy, str], Profile]
    roster: Mapping[str, Person]
    preview: bool
    hosts: frozenset[str] = frozenset()
    lint: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One file that is a post.

    :ivar path: relative to the source directory, with forward slashes.
    :ivar stem: *path* below the blog's folder, without the suffix.
    :ivar docname: what Sphinx would call the document by itself.
    """

    path: str
    stem: str
    docname: str
    fields: Fields
    visibility: Visibility
