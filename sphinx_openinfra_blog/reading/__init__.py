"""A source file to a document."""

from __future__ import annotations

from .document import note_document
from .images import copy_pictures, picture_problems, pictures_in, warn_of_pictures
from .links import FixLinks
from .myst import read_posts_as_gfm, tolerate_impossible_links
from .own_links import LinkFiles, link_by_file, resolve_own_links, unknown_paths
from .raw import close_html
from .source import SourceReader
from .tasks import TaskLists
from .title import PostByline, PostTitle, TranslatedTitle
from .toctree import PostTocTree

__all__ = [
    "FixLinks",
    "LinkFiles",
    "PostByline",
    "PostTitle",
    "PostTocTree",
    "SourceReader",
    "TaskLists",
    "TranslatedTitle",
    "close_html",
    "copy_pictures",
    "link_by_file",
    "note_document",
    "picture_problems",
    "pictures_in",
    "read_posts_as_gfm",
    "resolve_own_links",
    "tolerate_impossible_links",
    "unknown_paths",
    "warn_of_pictures",
]
