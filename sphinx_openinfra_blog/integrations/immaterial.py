"""What sphinx-immaterial keeps of the site's tree."""

from __future__ import annotations

from typing import Final

#: Attributes of the environment that keep the tree of the first page for all pages; the theme
#: makes it anew where one is ``None``.
TREE_CACHES: Final = ("sphinx_immaterial_global_toc_cache",)
