"""The ``blog`` directive, a placeholder until all posts are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils.nodes import make_id
from sphinx.util.docutils import SphinxDirective

from sphinx_openinfra_blog.environment import blog_listing, warn
from sphinx_openinfra_blog.model import Subtype, __

from .options import read_options

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.util.typing import OptionSpec


class _AnyOption(dict[str, Any]):
    """Accept every option as text, so that a mistake in one does not lose the listing.

    As autodoc's ``DummyOptionSpec`` does. The known ones are in
    :data:`~sphinx_openinfra_blog.listing.options.LISTING_OPTIONS`.
    """

    def __bool__(self) -> bool:
        """Tell MyST-Parser that there are options."""
        return True

    def __missing__(self, key: str) -> Any:
        return lambda text: text or ""


class BlogDirective(SphinxDirective):
    """List posts, or the terms that they have."""

    # With docutils' own error for content the listing would be lost.
    has_content = True
    option_spec: ClassVar[OptionSpec] = _AnyOption()

    def run(self) -> list[nodes.Node]:
        """Return a placeholder; which posts there are is known when all are read."""
        listing, problems = read_options(self.options)
        node = blog_listing("", listing=listing, docname=self.env.docname)
        self.set_source_info(node)
        if self.content:
            warn(Subtype.DIRECTIVE, __('the "blog" directive does not accept content'), node)
        for name, message in problems:
            warn(Subtype.DIRECTIVE, __("the option '%s' %s", name, message), node)
        node["classes"] = [make_id(name) for name in self.options.get("class", "").split()]
        self.add_name(node)
        return [node]
