"""Where a site is that is named on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_openinfra_blog.commands.input import InputError
from sphinx_openinfra_blog.commands.site import SiteLocation, find_site


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a working folder, in which there is nothing."""
    folder = (tmp_path / "repository").resolve()
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")


@pytest.mark.parametrize("place", ["", "docs/", "doc/", "docs/source/", "doc/source/", "source/"])
def test_conf_py_is_found_where_people_have_it(repository: Path, place: str) -> None:
    write(repository, f"{place}conf.py")
    expected = SiteLocation(repository / place, repository / place / "conf.py")
    assert find_site([], None) == find_site([Path()], None) == expected
    assert find_site([repository], None) == find_site([], repository / place) == expected
    assert find_site([Path()], Path(place, "conf.py")) == expected


def test_a_folder_without_conf_py_is_one_of_documents(repository: Path) -> None:
    write(repository, "posts/blog/a.md", "docs/conf.py")
    assert find_site([Path("posts")], None) == SiteLocation(repository / "posts", None)
    assert find_site([Path("docs")], None, with_config=False).conf_py is None


def test_only_the_files_and_folders_that_are_named_are_meant(repository: Path) -> None:
    write(repository, "docs/conf.py", "docs/blog/a.md", "docs/blog/old/b.md", "README.md")
    files = [Path("README.md"), Path("docs/blog/a.md"), Path("docs/blog/old")]
    place = find_site(files, None)
    assert place.srcdir == repository / "docs"
    meant = [place.is_meant(path) for path in ("blog/a.md", "blog/old/b.md", "blog/c.md")]
    assert meant == [True, True, False]
    assert find_site(files, Path("docs")) == place
    assert find_site([Path("docs/blog")], None).is_meant("blog/c.md")


def test_files_outside_of_the_documentation_are_nobodys(repository: Path) -> None:
    write(repository, "docs/conf.py", "README.md")
    place = find_site([Path("README.md")], None)
    assert place.srcdir == repository / "docs"
    assert not place.is_meant("README.md")


def test_the_documents_may_be_in_another_folder_than_conf_py(repository: Path) -> None:
    write(repository, "conf/conf.py", "text/blog/a.md")
    place = find_site([Path("text")], Path("conf"))
    assert place == SiteLocation(repository / "text", repository / "conf" / "conf.py")


def test_a_post_that_is_a_link_is_known_by_its_own_name(repository: Path) -> None:
    write(repository, "docs/conf.py", "elsewhere/a.md")
    (repository / "docs/blog").mkdir()
    (repository / "docs/blog/a.md").symlink_to(repository / "elsewhere/a.md")
    assert find_site([Path("docs/blog/a.md")], None).is_meant("blog/a.md")


def test_nothing_above_the_working_folder_is_executed(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository, "conf.py", "blog/a.md")
    monkeypatch.chdir(repository / "blog")
    assert find_site([], None) == SiteLocation(repository / "blog", None)
    with pytest.raises(InputError, match=r"a\.md: no conf\.py found"):
        find_site([Path("a.md")], None)


@pytest.mark.parametrize("name", ["none", "a\0b", "x" * 5000])
def test_what_is_not_there_is_named(repository: Path, name: str) -> None:
    with pytest.raises(InputError):
        find_site([Path(name)], None)
    with pytest.raises(InputError):
        find_site([repository], Path(name))


def test_posts_of_two_sites_are_not_checked_at_once(repository: Path) -> None:
    write(repository, "a/conf.py", "a/x.md", "b/conf.py", "b/y.md")
    with pytest.raises(InputError, match="several sites"):
        find_site([Path("a/x.md"), Path("b/y.md")], None)
