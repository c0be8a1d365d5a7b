"""What Sphinx knows of the blog: project, domain, nodes, builders, warnings."""

from __future__ import annotations

from .builders import (
    can_link_inside,
    canonical_url,
    has_generated_pages,
    has_redirects,
    holds_page,
    image_url,
    picture_file,
    public_file_url,
    public_url,
)
from .domain import BlogDomain, domain_of, warn_of_role
from .locale import _, locale_of, register_catalogs
from .nodes import (
    ancestors,
    blog_attribute,
    blog_block,
    blog_byline,
    blog_html,
    blog_line,
    blog_listing,
    blog_text,
    blog_time,
    is_bare_role,
    is_cell_output,
    is_role,
    plain_text,
    register_nodes,
)
from .options import read_settings, register_options
from .outdated import find_outdated, report_files, warn_of_globs
from .output_files import (
    MemoryFileError,
    folders_above,
    has_output,
    memory_folder,
    obstacle,
    page_file,
    remove_outputs,
    write_output,
)
from .parsers import MARKDOWN, MarkdownParser, Parsers
from .project import BlogProject, install, project_of
from .readings import content_of, in_sphinx, keep_unchanged, note_reading
from .warnings import inform, is_suppressed, sphinx_warnings, warn, warn_of

__all__ = [
    "MARKDOWN",
    "BlogDomain",
    "BlogProject",
    "MarkdownParser",
    "MemoryFileError",
    "Parsers",
    "_",
    "ancestors",
    "blog_attribute",
    "blog_block",
    "blog_byline",
    "blog_html",
    "blog_line",
    "blog_listing",
    "blog_text",
    "blog_time",
    "can_link_inside",
    "canonical_url",
    "content_of",
    "domain_of",
    "find_outdated",
    "folders_above",
    "has_generated_pages",
    "has_output",
    "has_redirects",
    "holds_page",
    "image_url",
    "in_sphinx",
    "inform",
    "install",
    "is_bare_role",
    "is_cell_output",
    "is_role",
    "is_suppressed",
    "keep_unchanged",
    "locale_of",
    "memory_folder",
    "note_reading",
    "obstacle",
    "page_file",
    "picture_file",
    "plain_text",
    "project_of",
    "public_file_url",
    "public_url",
    "read_settings",
    "register_catalogs",
    "register_nodes",
    "register_options",
    "remove_outputs",
    "report_files",
    "sphinx_warnings",
    "warn",
    "warn_of",
    "warn_of_globs",
    "warn_of_role",
    "write_output",
]
