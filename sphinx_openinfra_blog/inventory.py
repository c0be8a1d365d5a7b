"""What other sites may refer to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .lookup import page_of
from .model import Taxonomy, Visibility
from .roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .model import Post
    from .project import BlogProject

# A line of the inventory is "name type priority address title": a name with such words in it
# would be read as something else.
_BREAKS_INVENTORY: Final = re.compile(r"\s\S+:\S+\s+-?\d+\s")
# Sphinx's word for objects that are in the inventory, but that its search does not show.
_NOT_IN_SEARCH: Final = -1


def objects_of(
    project: BlogProject, title_of: Callable[[Post], str]
) -> Iterator[tuple[str, str, str, str, str, int]]:
    """Return the published posts and the pages of terms, as Sphinx's inventory has them.

    Nothing of it is for this site's own search, which knows the posts as documents.

    :param title_of: the title of a post as readers see it.
    """
    if not project.has_generated_pages:
        return
    blog = project.settings.rules.blog
    public = {post.docname for post in project.listed if post.visibility is Visibility.PUBLISHED}
    for docname in sorted(public):
        title = title_of(project.posts[docname])
        for name in (docname.removeprefix(f"{blog}/"), docname):
            yield name, title, "post", docname, "", _NOT_IN_SEARCH
    for taxonomy, terms in project.terms.pages.items():
        for term in terms if taxonomy.value in ROLES else ():
            under = {post.docname for post in project.under.get((taxonomy, term.key), ())}
            if not under & public and (under or taxonomy is not Taxonomy.CATEGORY):
                continue  # it is there for a preview, or for an unlisted post
            page = page_of(project, term)
            for name in dict.fromkeys((term.slug, term.key, term.label)):
                alone = len(project.terms.find(taxonomy, name)) == 1
                if alone and not _BREAKS_INVENTORY.search(name):
                    yield name, term.label, taxonomy.value, page, "", _NOT_IN_SEARCH
