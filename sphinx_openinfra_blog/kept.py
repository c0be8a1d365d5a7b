"""Front matter that is not the blog's: kept for MyST, Sphinx, themes and extensions; pure.

They take what a page says of itself for the word of whoever wrote conf.py: MyST lets a page
switch on its templates, which can call any Python, themes write addresses into pages as they are.
So only what cannot do harm reaches them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from .frontmatter import clean
from .permalinks import is_web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .frontmatter import Entry

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
_ADDRESSES: Final = frozenset({"bitbucket_url", "github_url", "gitlab_url"})
#: Sphinx and pydata_sphinx_theme count up to them.
_NUMBERS: Final = frozenset({"tocdepth", "html_theme.show_nav_level"})
_NUMBER: Final = re.compile(r"-1|[0-9]{1,2}")

# Sphinx and sphinxext-opengraph write keys into tags as they are.
_MARKUP: Final = re.compile("""[<>"'&]""")
_META_KEY: Final = re.compile(r"[\w:.-]+(?:=[\w:.-]+)?(?: [\w:.-]+=[\w:.-]+)*")
#: YAML ends the search for a key's colon after 1024 characters.
_LONGEST_KEY: Final = 200
# JSON may hold these as they are, YAML 1.1 may not (5.1 there).
_UNHELD: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def kept_json(entries: Mapping[str, Entry]) -> tuple[str, list[tuple[str, int]]]:
    """Return front matter as one line of JSON that is YAML too, and what was left out of it.

    :param entries: the keys that are not the blog's, with their values.
    :returns: besides, a sentence and the 1-based line for everything left out.
    """
    keeper = _Keeper()
    kept = {
        name: value
        for key, entry in entries.items()
        if (name := clean(key)) and name.lower() not in _BIBLIOGRAPHIC
        if (value := keeper.value(name, entry)) is not None or entry.data is None
    }
    text = json.dumps(kept, ensure_ascii=False)
    text = _UNHELD.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return _SURROGATE.sub("\ufffd", text), keeper.problems


class _Keeper:
    """Decides about one key after the other.

    :ivar problems: what was left out, and the line of each.
    """

    def __init__(self) -> None:
        self.problems: list[tuple[str, int]] = []

    def value(self, name: str, entry: Entry) -> Any:
        """Return what is kept of a value, or ``None``."""
        if _MARKUP.search(name) or len(name) > _LONGEST_KEY:
            return self._leave_out(name, "is no word that can stand in a page", entry)
        if name in _NUMBERS and not _NUMBER.fullmatch(entry.text):
            return self._leave_out(name, "must be a number below 100", entry)
        if name in _ADDRESSES and not is_web_address(entry.text):
            return self._leave_out(name, "must be an address (https://...)", entry)
        if name == "myst" and isinstance(entry.data, dict):
            found = ((key, self._of_myst(key, item)) for key, item in entry.data.items())
            return {key: value for key, value in found if value is not None}
        if name == "html_meta":
            return self._meta(entry)
        return entry.plain()

    def _leave_out(self, name: str, why: str, entry: Entry) -> None:
        self.problems.append((f"the key '{name[:80]}' {why}, so it is left out", entry.line))

    def _of_myst(self, key: str, entry: Entry) -> Any:
        name = f"myst.{clean(key)}"
        if key not in _OF_MYST:
            return self._leave_out(name, "is for conf.py to decide", entry)
        if key == "words_per_minute" and (not isinstance(entry.data, int) or entry.data < 1):
            return self._leave_out(name, "must be a number above 0", entry)
        if key == "html_meta":
            return self._meta(entry)
        value = entry.plain()
        if key == "enable_extensions":
            # MyST takes anything that it can go through, such as the keys of a mapping.
            if not isinstance(value, list):
                return self._leave_out(name, "must be a list", entry)
            if _TEMPLATES in value:
                self._leave_out(f"{name}: {_TEMPLATES}", "is for conf.py to decide", entry)
                return [item for item in value if item != _TEMPLATES]
        return value

    def _meta(self, entry: Entry) -> Any:
        """Return the ``meta`` tags of a page, whose attributes are written as they are."""
        if not isinstance(entry.data, dict):
            return entry.plain()
        kept = {}
        for key, item in entry.data.items():
            if _META_KEY.fullmatch(key) and "http-equiv" not in key.casefold():
                kept[key] = item.plain()
            else:
                self._leave_out(f"html_meta.{clean(key)}", "is no name of a tag", item)
        return kept
