"""A source file to a document."""

from __future__ import annotations

from .document import note_document
from .files import file_at, file_of_picture
from .images import copy_picture, pictures_in
from .links import FixLinks, resolve_own_links
from .raw import close_html
from .source import SourceReader, tolerate_impossible_links
from .title import PostByline, PostTitle, TranslatedTitle

__all__ = [
    "FixLinks",
    "PostByline",
    "PostTitle",
    "SourceReader",
    "TranslatedTitle",
    "close_html",
    "copy_picture",
    "file_at",
    "file_of_picture",
    "note_document",
    "pictures_in",
    "resolve_own_links",
    "tolerate_impossible_links",
]
