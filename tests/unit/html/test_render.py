"""What rendering a page without a document does to the builder."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from sphinx_openinfra_blog.html.render import rendering

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder


class _Builder:
    imagedir = "_images"

    def __init__(self) -> None:
        self.current_docname = "index"

    def get_target_uri(self, name: str) -> str:
        raise KeyError(name)


def test_a_builder_is_restored_even_if_it_does_not_know_the_page() -> None:
    builder = _Builder()
    with (
        pytest.raises(KeyError),
        rendering(cast("StandaloneHTMLBuilder", builder), "blog/tag/x"),
    ):
        pass
    assert vars(builder) == {"current_docname": "index"}
