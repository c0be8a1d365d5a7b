"""What the output has besides posts and documents, for links that lead there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from sphinx_openinfra_blog.environment import has_generated_pages, page_file, project_of
from sphinx_openinfra_blog.feeds import FeedFormat
from sphinx_openinfra_blog.model import host_of, path_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from sphinx.application import Sphinx

    from sphinx_openinfra_blog.model import SiteLink


class SiteFiles:
    """The files of the output; for builders without such files, those of the site in HTML."""

    def __init__(self, app: Sphinx, files: Container[str] = ()) -> None:
        """Begin.

        :param files: those that Sphinx and the blog make, relative to the output folder.
        """
        self.app, self.files = app, files
        self.blog = project_of(app).blog

    def find(self, link: SiteLink) -> str:
        """Return where a link leads, from the root of the output, or an empty string."""
        for url in link.urls:
            try:
                parts = urlsplit(url)
                if parts.netloc and host_of(url) not in self.blog.hosts:
                    continue
                path = path_of(url, self.blog.path, self.blog.settings.root)
            except ValueError:
                continue
            if there := self._made(path) or self._copied(path):
                return there + parts._replace(scheme="", netloc="", path="").geturl()
        return ""

    def _made(self, path: str) -> str:
        """Return the URL of a file that Sphinx or the blog makes."""
        builder = self.app.builder
        if not has_generated_pages(builder):
            stem = path.removesuffix("/index.html").removesuffix(".html")
            return quote(path) if stem in self._generated() or self._is_feed(path) else ""
        if path in self.files and not path.endswith(".html"):
            return quote(path)
        for name in (path, path.removesuffix(".html"), path.removesuffix("/index.html")):
            if page_file(builder, name) in self.files:
                return builder.get_target_uri(name)
        return ""

    def _generated(self) -> set[str]:
        """Return the names of the pages that Sphinx makes in HTML."""
        app = self.app
        indices = (
            f"{domain.name}-{index.name}"
            for domain in app.env.domains.sorted()
            for index in domain.indices
        )
        return {"genindex", "search", *app.config.html_additional_pages, *indices}

    def _is_feed(self, path: str) -> bool:
        settings = self.blog.settings
        folder, _, name = path.rpartition("/")
        if path in (item.lstrip("/") for item in settings.feed_paths.values()):
            return True
        has_feed = folder == settings.blog or self.blog.paths.find_page(folder) is not None
        return has_feed and name in {kind.file_name for kind in FeedFormat}

    def _copied(self, path: str) -> str:
        """Return the URL of a file that Sphinx copies."""
        if ".." in path.split("/"):
            return ""
        for folder, name in self._folders(path):
            for file in (name, f"{name}/index.html"):
                # Path.is_file() raises an error for a name that is too long.
                if os.path.isfile(folder / file):  # noqa: PTH113
                    return quote(path if file == name else f"{path}/")
        return ""

    def _folders(self, path: str) -> Iterator[tuple[Path, str]]:
        """Yield the folders where a file may be copied from, and its name there."""
        for copied in self.blog.settings.copied:
            there = Path(copied)
            is_file = there.is_file() and there.name == path
            yield (there.parent if is_file else there), path
        if path.startswith("_static/"):
            for entry in self.app.config.html_static_path:
                yield Path(self.app.confdir, entry), path.removeprefix("_static/")
