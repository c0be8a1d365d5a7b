"""Digests of what documents show of the blog that is not in their own source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_openinfra_blog.blog import matches, target_of
from sphinx_openinfra_blog.environment import domain_of
from sphinx_openinfra_blog.listing import Rows
from sphinx_openinfra_blog.model import digest_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


class DocumentStates:
    """Makes the digest of every document, in one build.

    :ivar showing: what listings show.
    """

    def __init__(self, env: BuildEnvironment) -> None:
        self.env = env
        self.showing = Rows(env)
        blog = self.showing.blog
        facts = (blog.index, self._title(blog.index), self.showing.in_place)
        # What every post's page shows besides its neighbours, in its breadcrumbs and byline.
        self._surroundings = digest_of(facts)

    def all(self) -> dict[str, str]:
        """Return docname -> digest for the documents that show something of the blog."""
        domain = domain_of(self.env)
        concerned = {*domain.blog.posts, *domain.listings, *domain.links}
        concerned |= {*domain.mentions, *domain.files, *domain.roles_used}
        return {name: self._shown_by(name) for name in sorted(concerned & self.env.found_docs)}

    def _shown_by(self, docname: str) -> str:
        """Return a digest of what a document shows of the blog."""
        domain = domain_of(self.env)
        blog = domain.blog
        links = domain.links.get(docname, ())
        facts: list[Any] = [
            # When it was read: the build of another output may have read it.
            self.env.all_docs.get(docname),
            [(address, self._answer(address)) for address in links],
            [
                (name, self._title(name) if shown else name in self.env.all_docs)
                for name, shown in domain.mentions.get(docname, ())
            ],
            [self._meant(*role) for role in domain.roles_used.get(docname, ())],
        ]
        if docname in blog.posts:
            around = blog.neighbours.get(docname)
            near = (around.older, around.newer) if around else ()
            facts += [post and (post.docname, domain.title_of(post)) for post in near]
            facts.append(self._surroundings)
        for listing in domain.listings.get(docname, ()):
            size = listing.paginate if domain.project.has_generated_pages else 0
            whole = self.showing.select(listing)
            shown = self.showing.digest(listing, whole.page(1, size))
            facts += [shown, whole.pages(size), self.showing.in_place, self._title(blog.index)]
        return digest_of(facts)

    def _meant(self, kind: str, name: str, shown: str | None) -> list[Any]:
        """Return what a role refers to, and how it shows that, unless in words of its own."""
        found = matches(self.showing.blog, kind, name)
        if shown is None:
            return [item.page for item in found]
        return [(item.page, item.text, self._title(item.page)) for item in found]

    def _answer(self, address: str) -> list[Any]:
        """Return what a link to *address* leads to."""
        answer = target_of(self.showing.blog, address)
        anchors = domain_of(self.env).anchors.get(answer.page or "", ())
        return [answer, answer.fragment in anchors]

    def _title(self, docname: str) -> str | None:
        env = self.env
        return env.titles[docname].astext() if docname in env.all_docs else None
