"""The values that everything speaks in: posts, terms, problems, text, URLs, paths."""

from __future__ import annotations

from .paths import (
    MAX_PATH_BYTES,
    PathError,
    checked,
    free,
    from_file_name,
    is_below,
    may_be_generated,
    path_of,
    permalink,
    term_page,
)
from .posts import (
    Head,
    Moment,
    Picture,
    Post,
    Profile,
    Reading,
    Summary,
    Taxonomy,
    Term,
    TitleReference,
    Visibility,
)
from .problems import Message, Problem, Subtype, __
from .slugs import SLUG_STYLES, slug_of
from .text import UNPRINTABLE, clean, digest_of, excerpt_of, length_of, on_one_line, printable
from .urls import HANDLE, host_of, is_remote, is_web_url, twitter_handle

__all__ = [
    "HANDLE",
    "MAX_PATH_BYTES",
    "SLUG_STYLES",
    "UNPRINTABLE",
    "Head",
    "Message",
    "Moment",
    "PathError",
    "Picture",
    "Post",
    "Problem",
    "Profile",
    "Reading",
    "Subtype",
    "Summary",
    "Taxonomy",
    "Term",
    "TitleReference",
    "Visibility",
    "__",
    "checked",
    "clean",
    "digest_of",
    "excerpt_of",
    "free",
    "from_file_name",
    "host_of",
    "is_below",
    "is_remote",
    "is_web_url",
    "length_of",
    "may_be_generated",
    "on_one_line",
    "path_of",
    "permalink",
    "printable",
    "slug_of",
    "term_page",
    "twitter_handle",
]
