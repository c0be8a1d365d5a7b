"""What the style sheet may say, and how large it may be."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import sphinx_openinfra_blog

SHEET = Path(sphinx_openinfra_blog.__file__).parent / "static/openinfra-blog.css"


def test_the_style_sheet_is_small() -> None:
    text = SHEET.read_bytes()
    assert len(text) <= 14_000
    assert len(gzip.compress(text, 9)) <= 3_500


def test_the_style_sheet_depends_on_no_direction_theme_or_size_of_the_root() -> None:
    rules = re.sub(r"/\*.*?\*/", "", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    unwanted = r"!important|\d+rem\b|\b(?:left|right)\b|furo|pydata|rtd|url\(|@import|@font-face"
    assert re.findall(unwanted + "|prefers-color-scheme", rules) == []
