"""The ``toctree`` directive, which also knows posts by their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils.statemachine import StringList
from sphinx.directives.other import TocTree
from sphinx.util import docname_join
from sphinx.util.nodes import explicit_title_re

from sphinx_openinfra_blog.blog import target_of
from sphinx_openinfra_blog.environment import domain_of

if TYPE_CHECKING:
    from sphinx import addnodes


class PostTocTree(TocTree):
    """Sphinx's own directive, with the entries that name a post's file naming its document."""

    def parse_content(self, toctree: addnodes.toctree) -> None:
        """Fill a node with the entries."""
        self.named: set[str] = set()
        self.content = StringList([self._named(entry) for entry in self.content], "")
        super().parse_content(toctree)
        domain = domain_of(self.env)
        found = [name for name in toctree["includefiles"] if domain.blog.contains(name)]
        if toctree["glob"] and (globbed := [name for name in found if name not in self.named]):
            domain.note_globbed(self.env.docname, globbed)

    def _named(self, entry: str) -> str:
        """Return an entry that Sphinx understands, and note the post that it names."""
        domain = domain_of(self.env)
        explicit = explicit_title_re.match(entry)
        name = explicit[2] if explicit else entry
        if not name or "://" in name:
            return entry
        suffix = next((item for item in self.config.source_suffix if name.endswith(item)), "")
        docname = docname_join(self.env.docname, name.removesuffix(suffix))
        if docname not in self.env.found_docs:
            docname = target_of(domain.blog, f"/{docname}").page or ""
        self.named.add(docname)
        post = domain.blog.posts.get(docname)
        if post is None:
            return entry
        domain.note_files(self.env.docname, {post.path: docname})
        return f"{explicit[1]} </{docname}>" if explicit else f"/{docname}"
