"""The guard around MyST-Parser's links to files."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from sphinx_openinfra_blog.reading.myst import tolerate_impossible_links

if TYPE_CHECKING:
    import pytest


def test_what_an_other_extension_has_wrapped_is_guarded_too_and_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def original(_self: object, _token: object) -> None: ...

    @wraps(original)
    def wrapped(self: object, token: object) -> None:
        original(self, token)

    monkeypatch.setattr(SphinxRenderer, "render_link_path", wrapped)
    tolerate_impossible_links()
    guarded = vars(SphinxRenderer)["render_link_path"]
    assert guarded is not wrapped
    tolerate_impossible_links()
    assert vars(SphinxRenderer)["render_link_path"] is guarded
