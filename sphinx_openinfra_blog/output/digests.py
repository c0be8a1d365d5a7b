"""Digests of what documents show of the blog that is not in their own source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_openinfra_blog.blog import matches, target_of
from sphinx_openinfra_blog.environment import shown_excerpt
from sphinx_openinfra_blog.html import place_state
from sphinx_openinfra_blog.model import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_openinfra_blog.html import ItemTemplates
    from sphinx_openinfra_blog.listing import Rows
    from sphinx_openinfra_blog.model import SiteLink


class DocumentDigests:
    """Makes the digest of every document, in one build."""

    def __init__(
        self,
        rows: Rows,
        find_file: Callable[[SiteLink], str],
        items: ItemTemplates,
        in_heads: object = None,
    ) -> None:
        """Prepare for the documents of a build.

        :param find_file: returns where a link leads that leads to no page of the blog.
        :param items: the templates that listings are written with.
        :param in_heads: what the heads of all of them show.
        """
        self.find_file, self.items = find_file, items
        self.rows, self.domain, self.blog = rows, rows.domain, rows.blog
        self.env = rows.domain.env
        top = self.blog.index
        facts = top, self._title(top), rows.in_place, in_heads, place_state(self.env, (top,))
        self._in_heads = in_heads
        # What every post's page shows besides its neighbours: breadcrumbs, navigation, byline.
        self._surroundings = digest_of(facts)

    def all(self) -> dict[str, str]:
        """Return docname -> digest for the documents that show something of the blog."""
        domain = self.domain
        concerned = {*domain.blog.posts, *domain.listings, *domain.links}
        concerned |= {*domain.mentions, *domain.files, *domain.roles_used}
        return {name: self._shown_by(name) for name in sorted(concerned & self.env.found_docs)}

    def _shown_by(self, docname: str) -> str:
        """Return a digest of what a document shows of the blog."""
        domain, blog = self.domain, self.blog
        links = domain.links.get(docname, ())
        facts: list[Any] = [
            # When it was read: the build of another output may have read it.
            domain.read_at(docname),
            [self._target(link) for link in links],
            [self._mentioned(*mention) for mention in domain.mentions.get(docname, ())],
            [self._meant(*role) for role in domain.roles_used.get(docname, ())],
        ]
        if docname in blog.posts:
            around = blog.neighbours.get(docname)
            near = (around.older, around.newer) if around else ()
            facts += [post and (post.docname, domain.title_of(post)) for post in near]
            post = blog.posts[docname]
            facts += [self._surroundings, shown_excerpt(domain, post)]
            for author in post.authors:
                facts += [self.rows.profile(author), self.rows.face_state(author)]
        for listing in domain.listings.get(docname, ()):
            size = listing.paginate if domain.project.has_generated_pages else 0
            whole = self.rows.select(listing)
            part = whole.page(1, size)
            shown = self.rows.digest(listing, part), self.items.digest((listing, part))
            facts += [*shown, whole.pages(size), self.rows.in_place, self._title(blog.index)]
            facts.append(self._in_heads)
        return digest_of(facts)

    def _mentioned(self, name: str, shown: bool) -> tuple[str | None, str | bool | None]:
        """Return what a docname, or the name of a file, refers to, and its title if shown."""
        page = name if name in self.env.all_docs else target_of(self.blog, f"/{name}").page
        is_there = page in self.env.all_docs
        return page, self._title(page or "") if shown else is_there

    def _meant(self, kind: str, name: str, shown: str | None) -> list[Any]:
        """Return what a role refers to, and how it shows that, unless in words of its own."""
        found = matches(self.blog, kind, name)
        if shown is None:
            return [item.page for item in found]
        return [(item.page, item.text, self._title(item.page)) for item in found]

    def _target(self, link: SiteLink) -> list[Any]:
        """Return what a link leads to, and how it shows that without words of its own."""
        target = target_of(self.blog, *link.urls)
        if target.page is None:
            return [target, self.find_file(link)]
        title = self._title(target.page)
        return [target, title, self.domain.anchor_of(target.page, target.fragment)]

    def _title(self, docname: str) -> str | None:
        env = self.env
        return env.titles[docname].astext() if docname in env.all_docs else None
