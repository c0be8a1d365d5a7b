"""Warnings about roles that find nothing."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from sphinx_openinfra_blog.model import Subtype, Taxonomy, __

from .domain import BlogDomain
from .warnings import warn

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.domains import Domain


def warn_of_role(_app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Warn about an unresolved role and suggest a close match (``warn-missing-reference``).

    Not in :meth:`BlogDomain.resolve_xref`: intersphinx may still find the target elsewhere.

    :returns: ``True`` for the blog's roles, so that Sphinx does not warn too.
    """
    if not isinstance(domain, BlogDomain) or node["reftype"] not in BlogDomain.roles:
        return None
    kind, name = node["reftype"], node["reftarget"]
    blog = domain.blog
    if kind == "post":
        names = [docname.removeprefix(f"{blog.path}/") for docname in blog.posts]
    else:
        terms = blog.terms.pages[Taxonomy(kind)]
        names = [text for term in terms for text in (term.slug, term.label)]
    near = difflib.get_close_matches(name, names, n=1)
    message = __("unknown %s '%s'", kind, name)
    if near:
        message = __("unknown %s '%s'; did you mean '%s'?", kind, name, near[0])
    warn(Subtype.ROLE, message, node)
    return True
