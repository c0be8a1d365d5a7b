"""Links and images of Markdown posts -> the problems that a build would name, without one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from .diagnostics import Problem, Subtype
from .files import alternative_message, file_of_image, file_of_path, file_of_picture
from .link_rules import (
    LinkKind,
    complaint_of,
    fix_reference,
    fix_unknown,
    hidden_message,
    on_old_site,
    withheld_message,
)
from .lookup import answer
from .markdown import config_for, without_front_matter
from .markdown_body import BodyParser, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from myst_parser.config.main import MdParserConfig

    from .diagnostics import Message
    from .markdown_body import Element
    from .model import Post
    from .project import BlogProject

_Complaint: TypeAlias = "tuple[Subtype, Message | str]"

_MARKDOWN: Final = "markdown"


class BodyCheck:
    """Checks posts that have a page.

    :ivar unread: the posts whose text was not read, because it is no Markdown.
    """

    def __init__(
        self,
        project: BlogProject,
        formats: Mapping[str, str | None],
        encoding: str,
        config: MdParserConfig,
    ) -> None:
        """Remember where the posts are.

        :param formats: file name suffix -> format, as Sphinx's ``source_suffix``.
        :param config: of MyST-Parser.
        """
        self.project = project
        self.formats = formats
        self.encoding = encoding
        self.config = config
        self.unread: list[str] = []
        self._parser = BodyParser(config)

    def problems(self, post: Post) -> Iterator[Problem]:
        """Return the problems of a post's picture, links and images."""
        picture = file_of_picture(self.project, post)
        if picture is not None and picture.message:
            yield Problem(Subtype.IMAGE, picture.message, post.path, post.head.image_line)
        suffix = next((item for item in self.formats if post.path.endswith(item)), "")
        if self.formats.get(suffix) != _MARKDOWN:
            self.unread.append(post.path)
            return
        text = without_front_matter(self._text_of(post), post.passthrough)
        config = config_for(self.config, post.passthrough)
        parser = self._parser if config is self.config else BodyParser(config)
        has_problem = partial(self._has_problem, post=post)
        for element in parser.doubtful(text, post.title, self.project.hosts, has_problem):
            for subtype, message in self._complaints(element, post):
                yield Problem(subtype, message, post.path, element.line)

    def _has_problem(self, element: Element, post: Post) -> bool:
        return next(self._complaints(element, post), None) is not None

    def _text_of(self, post: Post) -> str:
        path = Path(self.project.srcdir, post.path)
        return path.read_text(encoding=self.encoding)

    def _complaints(self, element: Element, post: Post) -> Iterator[_Complaint]:
        target = element.target
        match element.kind:
            case Kind.IMAGE:
                place = file_of_image(self.project, post.path, target.strip())
                if place.message:
                    yield Subtype.IMAGE, place.message
                if element.is_silent and target.strip():
                    yield Subtype.ALT_TEXT, alternative_message(target.strip())
            case Kind.REFERENCE:
                yield from self._of_reference(target, post)
            case Kind.UNKNOWN:
                yield from self._of_unknown(target, post)
            case Kind.DOWNLOAD:
                yield from self._of_file(self._file_at(target, post), target, post)

    def _of_unknown(self, target: str, post: Post) -> Iterator[_Complaint]:
        """Return what is to be said of a link to a file, or to something else by name."""
        path = target.partition("#")[0]
        file = self._file_at(path, post)
        if file is not None and file.is_file():
            yield from self._of_file(file, path, post)
            return
        mended = fix_unknown(target, post.source_url, self.project.source_suffix)
        if mended.message:
            yield Subtype.LINK, mended.message
        if mended.kind is LinkKind.SITE_PATH:
            yield from self._of_path(mended.url, post)
        elif mended.kind is LinkKind.URL:
            yield from self._of_reference(mended.url, post)

    def _of_reference(self, address: str, post: Post) -> Iterator[_Complaint]:
        """Return what is to be said of a link to an address."""
        project = self.project
        blog = project.settings.rules.blog
        mended = fix_reference(address, project.hosts, blog, project.source_suffix)
        if mended.message:
            yield Subtype.LINK, mended.message
        if mended.kind is LinkKind.OWN:
            yield from self._of_own(address, address, post)
        elif mended.kind is LinkKind.SITE_PATH:
            yield from self._of_path(mended.url, post)

    def _of_path(self, path: str, post: Post) -> Iterator[_Complaint]:
        """Return what is to be said of a link to a path of the site the post was written for."""
        place = file_of_path(self.project, path)
        if place is None:
            uri = on_old_site(path, post.source_url, self.project.settings.rules.root)
            yield from self._of_own(path, uri, post)
        elif place.url:
            yield from self._of_reference(place.url, post)

    def _of_own(self, address: str, uri: str, post: Post) -> Iterator[_Complaint]:
        found = answer(self.project, address)
        if (complaint := complaint_of(found, address, uri)) is not None:
            yield complaint
        yield from self._of_document(found.page, post)

    def _of_file(self, file: Path | None, target: str, post: Post) -> Iterator[_Complaint]:
        if file is None:
            return
        if self.project.is_withheld(file):
            yield Subtype.OWN_LINK, withheld_message(target)
        else:
            yield from self._of_document(
                self.project.docname_at(self.project.relative(file)), post
            )

    def _of_document(self, docname: str | None, post: Post) -> Iterator[_Complaint]:
        if message := hidden_message(post, self.project.posts.get(docname or "")):
            yield Subtype.HIDDEN_LINK, message

    def _file_at(self, target: str, post: Post) -> Path | None:
        """Return the file that a link names, as Sphinx's ``relfn2path`` finds it."""
        folder = Path(self.project.srcdir)
        if not target.startswith("/"):
            folder = Path(folder, post.path).parent
        try:
            file = (folder / target.lstrip("/")).resolve()
            file.is_file()
        except (OSError, ValueError, RuntimeError):
            return None  # A file system may refuse to look for some names at all.
        return file
