"""Quirks of single themes and extensions, whose names nothing else knows."""

from __future__ import annotations

from .ablog import feeds_of_ablog, likely_owner
from .edit_links import mend_source_links, name_no_source, source_suffix
from .immaterial import TREE_CACHES
from .llms_txt import leave_out_of_llms_txt
from .notebooks import notebook_copies
from .openstackdocs import quote_titles
from .reredirects import elsewhere_redirected, overwritten
from .sitemap import leave_out_of_sitemap

__all__ = [
    "TREE_CACHES",
    "elsewhere_redirected",
    "feeds_of_ablog",
    "leave_out_of_llms_txt",
    "leave_out_of_sitemap",
    "likely_owner",
    "mend_source_links",
    "name_no_source",
    "notebook_copies",
    "overwritten",
    "quote_titles",
    "source_suffix",
]
