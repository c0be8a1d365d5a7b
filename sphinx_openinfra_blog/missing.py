"""Roles that refer to nothing, or to several things: a warning that says what is meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from .diagnostics import Subtype
from .domain import BlogDomain
from .model import Taxonomy
from .report import warn
from .roles import ROLES

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.domains import Domain


def warn_of_role(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Warn of a role that refers to nothing (``warn-missing-reference``).

    Not in the domain: another site may have what this one has not, which intersphinx says.

    :returns: that there is nothing more to say, for roles of the blog.
    """
    del app
    if not isinstance(domain, BlogDomain) or node["reftype"] not in ROLES:
        return None
    kind, name = node["reftype"], node["reftarget"]
    project = domain.project
    if kind == "post":
        blog = project.settings.rules.blog
        names = [docname.removeprefix(f"{blog}/") for docname in project.posts]
    else:
        terms = project.terms.pages[Taxonomy(kind)]
        names = [text for term in terms for text in (term.slug, term.label)]
    near = difflib.get_close_matches(name, names, n=1)
    hint = f": is '{near[0]}' meant?" if near else ""
    warn(Subtype.ROLE, f"no {kind} of the blog is called '{name}'{hint}", node)
    return True
