"""Make themes link from a page to its real source file, or to none.

Themes build "edit this page" and "view source" links from the page's name and its file's suffix.
But a post's name is its permalink, and a generated page has no file. The name must not change,
since everything else depends on it, so the suffix carries the file's path; themes that need more
get it here. None of this is documented: it is what the templates of these themes read.
"""

from __future__ import annotations

from pathlib import PurePath
from posixpath import relpath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from sphinx_openinfra_blog.environment import has_redirects

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from sphinx_openinfra_blog.model import Post

_SUFFIX: Final = "page_source_suffix"
_EDIT: Final = "get_edit_provider_and_url"

_HOSTED: Final = "https://{host}/{user}/{repo}/{mode}/{version}{folder}{file}"
#: The URL that sphinx_rtd_theme's "breadcrumbs.html" makes for each service, in its order; then
#: the service's default host and view mode.
_SERVICES: Final = {
    "github": (_HOSTED, "github.com", "blob"),
    "bitbucket": (
        "https://bitbucket.org/{user}/{repo}/src/{version}{folder}{file}?mode={mode}",
        "",
        "view",
    ),
    "gitlab": (_HOSTED, "gitlab.com", "blob"),
}


class _FileSuffix(str):
    """The suffix of a file whose path does not begin with its page's name.

    It equals the plain suffix. Added to the page's name, as in furo, it makes the file's path;
    written after the name, a path that browsers resolve to it: ``blog/name`` + ``/../file.md``.
    """

    __slots__ = ("docname", "file")

    docname: str
    #: The file's path, percent-encoded.
    file: str

    def __radd__(self, before: str) -> str:
        if before.endswith(self.docname):
            return before.removesuffix(self.docname) + self.file
        return f"{before}{self}"

    def __str__(self) -> str:
        return "/" + relpath(f"/{self.file}", f"/{self.docname}")


def source_suffix(builder: Builder, post: Post) -> str:
    """Return the suffix of a post's file for the page context.

    It is a plain string where page name and suffix do make the file's path, and for builders
    that write the context itself to a file.
    """
    plain = PurePath(post.path).suffix
    if post.docname + plain == post.path or not has_redirects(builder):
        return plain
    suffix = _FileSuffix(plain)
    suffix.docname, suffix.file = post.docname, quote(post.path)
    return suffix


def mend_source_links(context: dict[str, Any], post: Post) -> None:
    """Make the links that themes add in their own ways lead to a post's file."""
    _mend_bug_report(context, post)
    # An extension that finds no source it may show has removed the suffix.
    suffix = context.get(_SUFFIX)
    if isinstance(suffix, _FileSuffix):
        _mend_breadcrumbs(context, suffix)
        _mend_edit_function(context, suffix)


def name_no_source(context: dict[str, Any]) -> None:
    """Let the bug report that openstackdocstheme prepares name no source."""
    if context.get("bug_project"):
        context["giturl"] = "none (generated page) "


def _mend_edit_function(context: dict[str, Any], suffix: _FileSuffix) -> None:
    """Correct the function by which pydata_sphinx_theme and sphinx_book_theme make links.

    It reads the suffix from the context when it is called. At other times the context has the
    plain one, which sphinx_book_theme shows as the name of a format.
    """
    original = context.get(_EDIT)
    if original is None:
        return
    plain = PurePath(suffix.file).suffix
    written = f"{suffix.docname}{suffix}"

    def get_edit_provider_and_url() -> tuple[str | None, str]:
        context[_SUFFIX] = suffix
        try:
            provider, address = original()
        finally:
            context[_SUFFIX] = plain
        # A site's own pattern may quote the path, because it makes it a part of a query.
        for path in (written, quote(written)):
            address = address.replace(path, suffix.file)
        return provider, address

    context[_SUFFIX] = plain
    context[_EDIT] = get_edit_provider_and_url


def _mend_breadcrumbs(context: dict[str, Any], suffix: _FileSuffix) -> None:
    """Add the whole URL to the metadata, where sphinx_rtd_theme looks for it.

    One that the post's author gave is kept. Other themes could misread it, hence the look for an
    option that only this theme has.
    """
    if "theme_vcs_pageview_mode" not in context:
        return
    meta = context.get("meta") or {}
    for service, (pattern, host, mode) in _SERVICES.items():
        if f"{service}_url" in meta:
            return
        if context.get(f"display_{service}"):
            address = pattern.format(
                host=context.get(f"{service}_host", host),
                user=context.get(f"{service}_user", ""),
                repo=context.get(f"{service}_repo", ""),
                mode=context["theme_vcs_pageview_mode"] or mode,
                version=context.get(f"{service}_version", ""),
                folder=context.get("conf_py_path", ""),
                file=suffix.file,
            )
            # A copy, because the environment's own must not change.
            context["meta"] = {**meta, f"{service}_url": address}
            return


def _mend_bug_report(context: dict[str, Any], post: Post) -> None:
    """Name the file in the bug reports that openstackdocstheme prepares.

    They name ``giturl``, a slash, the page's name and ``.rst``, whatever the file. So ``giturl``
    becomes the whole URL with a query, which the rest then is a meaningless part of.
    """
    if context.get("bug_project") and f"{post.docname}.rst" != post.path:
        context["giturl"] = (
            f"{context.get('giturl', '')}/{quote(post.path, errors='surrogateescape')}?page="
        )
