"""Links from a page to its source: to the real file, or none at all.

Themes write "edit this page" and "view source" from the page's name and its file's suffix, as if
the two made the file's path. But a post's name is its permalink, and a generated page has no
file. The name must stay, since everything else follows it; so the suffix knows the file, and
the themes that need more get it here. None of what is met below is documented: it is what the
templates of these themes ask for, and where a theme asks for something else, nothing happens.
"""

from __future__ import annotations

from pathlib import PurePath
from posixpath import relpath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from .builders import has_redirects

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from .model import Post

_SUFFIX: Final = "page_source_suffix"
_EDIT: Final = "get_edit_provider_and_url"

_HOSTED: Final = "https://{host}/{user}/{repo}/{mode}/{version}{folder}{file}"
#: What sphinx_rtd_theme's "breadcrumbs.html" writes for each service, in the order in which it
#: looks for them; then the service's usual host, and the usual way to show a file there.
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
    """The suffix of a file which is named otherwise than its page.

    It equals the plain suffix. Added to the page's name, as furo does it, it makes the file's
    path; written behind the name, it makes a path that means the same to every browser:
    ``blog/name`` and ``/../file.md``.
    """

    __slots__ = ("docname", "file")

    docname: str
    #: The file's path as a part of an address.
    file: str

    def __radd__(self, before: str) -> str:
        if before.endswith(self.docname):
            return before.removesuffix(self.docname) + self.file
        return f"{before}{self}"

    def __str__(self) -> str:
        return "/" + relpath(f"/{self.file}", f"/{self.docname}")


def source_suffix(builder: Builder, post: Post) -> str:
    """Return what themes shall take for the suffix of a post's file.

    It is a plain string for builders that write the context itself to a file, and where a
    post's file is where its name says.
    """
    plain = PurePath(post.path).suffix
    if post.docname + plain == post.path or not has_redirects(builder):
        return plain
    suffix = _FileSuffix(plain)
    suffix.docname, suffix.file = post.docname, quote(post.path)
    return suffix


def no_source() -> dict[str, str]:
    """Return the part of a page's context by which themes see that it has no file.

    It has no suffix either, by which other extensions tell documents from pages like this.
    """
    return {"sourcename": ""}


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
    """Make the function exact by which pydata_sphinx_theme and sphinx_book_theme make links.

    It reads the suffix from the context when it is called. At all other times there is the
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
    """Give sphinx_rtd_theme the whole address, which it takes from a document's metadata.

    One that the post's author gave there stays. Other themes must not see an address that
    they may understand in another way, hence the look for an option that only this one has.
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

    They name ``giturl``, a slash, the page's name and ``.rst``, whatever the file. So the address
    is complete before the slash, and what follows it is a query which nobody answers.
    """
    if context.get("bug_project") and f"{post.docname}.rst" != post.path:
        context["giturl"] = (
            f"{context.get('giturl', '')}/{quote(post.path, errors='surrogateescape')}?page="
        )
