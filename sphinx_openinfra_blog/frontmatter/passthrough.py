"""Pass the front matter that is not the blog's on to MyST, Sphinx, themes and extensions; pure.

They trust a page as much as conf.py: MyST lets a page enable its templates, which can call any
Python, and themes write URLs into pages without escaping. So only what cannot do harm is passed.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from sphinx_openinfra_blog.model import UNPRINTABLE, __, clean, is_web_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_openinfra_blog.model import Message

    from .entries import Entry

# docutils would print these above the body, as bibliographic fields.
_BIBLIOGRAPHIC: Final = frozenset(
    "organization contact address version revision status copyright dedication abstract".split()
)
#: What a post may decide about its own Markdown. Not ``commonmark_only``, ``gfm_only``,
#: ``disable_syntax`` and ``url_schemes``, which decide what HTML and which links there may be.
_OF_MYST: Final = frozenset(
    "all_links_external colon_fence_exact_match dmath_allow_digits dmath_allow_labels"
    " dmath_allow_space dmath_double_inline enable_checkboxes enable_extensions fence_as_directive"
    " footnote_sort footnote_transition heading_anchors heading_anchors_html_ids"
    " highlight_code_blocks html_meta linkify_fuzzy_links links_external_new_tab"
    " number_code_blocks ref_domains strikethrough_single_tilde sub_delimiters substitutions"
    " title_to_header words_per_minute".split()
)
# Its templates are Jinja's, without a sandbox.
_TEMPLATES: Final = "substitution"
#: sphinx_rtd_theme writes them into links as they are.
_URLS: Final = frozenset({"bitbucket_url", "github_url", "gitlab_url"})
#: Sphinx and pydata_sphinx_theme count up to them.
_NUMBERS: Final = frozenset({"tocdepth", "html_theme.show_nav_level"})
_NUMBER: Final = re.compile(r"-1|[0-9]{1,2}")

# Sphinx and sphinxext-opengraph write keys into tags as they are.
_MARKUP: Final = re.compile("""[<>"'&]""")
_META_KEY: Final = re.compile(r"[\w:.-]+(?:=[\w:.-]+)?(?: [\w:.-]+=[\w:.-]+)*")
#: YAML ends the search for a key's colon after 1024 characters.
_LONGEST_KEY: Final = 200
# JSON may hold these as they are, YAML 1.1 may not (5.1 there) or takes them for line ends.
_UNHELD: Final = re.compile(f"[{UNPRINTABLE}\u2028\u2029\ufeff]")
_FOR_CONF_PY: Final = __("only conf.py may set it")
_INVALID: Final = __("invalid name")


def passthrough(entries: Mapping[str, Entry]) -> tuple[str, list[tuple[Message, int]]]:
    """Make one line of JSON, which is YAML too, of the front matter that others read.

    :param entries: the keys that are not the blog's, with their values.
    :returns: besides, a warning and the 1-based line for everything left out.
    """
    filter_ = _Filter()
    passed = {
        name: value
        for key, entry in entries.items()
        if (name := clean(key)) and name.lower() not in _BIBLIOGRAPHIC
        if (value := filter_.value(name, entry)) is not None or entry.data is None
    }
    return _UNHELD.sub("", json.dumps(passed, ensure_ascii=False)), filter_.problems


class _Filter:
    """Decides about one key after the other.

    :ivar problems: what was left out, and the line of each.
    """

    def __init__(self) -> None:
        self.problems: list[tuple[Message, int]] = []

    def value(self, name: str, entry: Entry) -> Any:
        """Return what is passed on of a value, or ``None``."""
        if _MARKUP.search(name) or len(name) > _LONGEST_KEY:
            return self._leave_out(name, _INVALID, entry)
        if name in _NUMBERS and not _NUMBER.fullmatch(entry.text):
            return self._leave_out(name, __("expected a number below 100"), entry)
        if name in _URLS and not is_web_url(entry.text):
            return self._leave_out(name, __("expected a URL, such as https://example.org"), entry)
        if name == "myst" and isinstance(entry.data, dict):
            found = ((key, self._of_myst(key, item)) for key, item in entry.data.items())
            return {key: value for key, value in found if value is not None}
        return self._meta(entry) if name == "html_meta" else entry.plain()

    def _leave_out(self, name: str, why: Message, entry: Entry) -> None:
        self.problems.append((__("ignoring '%s' (%s)", name[:80], why), entry.line))

    def _of_myst(self, key: str, entry: Entry) -> Any:
        name = f"myst.{clean(key)}"
        if key not in _OF_MYST:
            return self._leave_out(name, _FOR_CONF_PY, entry)
        if key == "words_per_minute" and (not isinstance(entry.data, int) or entry.data < 1):
            return self._leave_out(name, __("expected a number above 0"), entry)
        if key != "enable_extensions":
            return self._meta(entry) if key == "html_meta" else entry.plain()
        # MyST takes anything that it can iterate over, such as the keys of a mapping.
        if not isinstance(value := entry.plain(), list):
            return self._leave_out(name, __("expected a list"), entry)
        if _TEMPLATES in value:
            self._leave_out(f"{name}: {_TEMPLATES}", _FOR_CONF_PY, entry)
        return [item for item in value if item != _TEMPLATES]

    def _meta(self, entry: Entry) -> Any:
        """Return the ``meta`` tags of a page, whose attributes are written without escaping."""
        if not isinstance(entry.data, dict):
            return entry.plain()
        passed = {}
        for key, item in entry.data.items():
            if _META_KEY.fullmatch(key) and "http-equiv" not in key.casefold():
                passed[key] = item.plain()
            else:
                self._leave_out(f"html_meta.{clean(key)}", _INVALID, item)
        return passed
