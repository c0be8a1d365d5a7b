"""After a fresh checkout, posts that are as they were are neither read nor written again."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest
from helpers import PNG, Site, post, tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers import Built

TEMPLATE = '{% extends "!page.html" %}{% block body %}{{ super() }}{% endblock %}'
FILES = {
    "blog/a.md": post("A", "![dot](dot.png)\n\n[b](b.md)", date="2025-01-01", author="Ann"),
    "blog/b.md": post("B", "```{include} part.txt\n```", date="2025-01-02", category="One"),
    "blog/c.rst": "---\ntitle: C\ndate: 2025-01-03\n---\n\n.. figure:: dot.png\n\n   Text.\n",
    "blog/part.txt": "A part.\n",
    "other.md": "# Other\n\n## More\n\ntext\n",
    "_templates/page.html": TEMPLATE,
    "_static/own.css": "p {}\n",
}
INDEX = "# Site\n\n```{toctree}\n:maxdepth: 3\n\nblog/index\nother\n```\n"
POSTS = {"blog/a", "blog/b", "blog/c"}
CONF: dict[str, object] = {
    "html_theme": "alabaster",
    "html_baseurl": "https://s.example/",
    "templates_path": ["_templates"],
    "html_static_path": ["_static"],
    "html_css_files": ["own.css"],
}


def check_out(site: Site, moment: float | None = None) -> None:
    """Give every file the same new time, as a fresh checkout does."""
    moment = time.time() + 5 if moment is None else moment
    for path in site.src.rglob("*"):
        os.utime(path, (moment, moment))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "site", {"index.md": INDEX} | FILES, CONF)
    (site.src / "blog/dot.png").write_bytes(PNG)
    return site


def as_if_clean(site: Site, built: Built, builder: str = "html") -> bool:
    clean = site.build(builder, out="clean", doctrees="clean-doctrees")
    shutil.rmtree(site.root / "clean-doctrees")
    same = tree(built.out) == tree(clean.out)
    shutil.rmtree(clean.out)
    return same


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_of_the_blog_is_read_or_written(site: Site, builder: str, jobs: int) -> None:
    site.build(builder)
    check_out(site)
    built = site.build(builder, jobs=jobs)
    assert built.read == {"index", "blog/index", "other"}
    assert not built.written & POSTS
    assert as_if_clean(site, built, builder)


def test_the_build_after_it_reads_no_post_either(site: Site) -> None:
    site.build()
    check_out(site)
    site.build()
    built = site.build()
    assert not (built.read | built.written) & POSTS


def edit_the_body(site: Site) -> None:
    site.write({"blog/a.md": FILES["blog/a.md"] + "\nMore.\n"})


def edit_the_included_file(site: Site) -> None:
    site.write({"blog/part.txt": "Another part.\n"})


def edit_the_title(site: Site) -> None:
    site.write({"blog/b.md": FILES["blog/b.md"].replace("title: B", "title: Bee")})


def add_a_post(site: Site) -> None:
    site.write({"blog/d.md": post("D", date="2025-01-04", author="Ann")})


def swap_two_posts(site: Site) -> None:
    site.write({"blog/a.md": FILES["blog/b.md"], "blog/b.md": FILES["blog/a.md"]})


def withdraw(site: Site) -> None:
    site.write({"blog/b.md": FILES["blog/b.md"].replace("title", "draft: true\ntitle")})


def add_to_the_toctree(site: Site) -> None:
    site.write({"index.md": INDEX.replace("other", "other\nnew"), "new.md": "# New\n"})


def rename_a_section(site: Site) -> None:
    site.write({"other.md": "# Other\n\n## Less\n\ntext\n"})


def edit_a_template(site: Site) -> None:
    site.write({"_templates/page.html": TEMPLATE.replace("{{ super() }}", "{{ super() }}<hr>")})


def edit_a_template_for_posts(site: Site) -> None:
    site.write({"_templates/openinfra_blog/item-titles.html": "<b>{{ post.title }}</b>"})


def lose_a_page(site: Site) -> None:
    (site.root / "html/blog/b.html").unlink()


def get_the_page_of_another_branch(site: Site) -> None:
    (site.root / "html/blog/b.html").write_text("<html><body>Other</body></html>")


def get_the_list_of_another_branch(site: Site) -> None:
    (site.root / "html/blog/category/one.html").write_text("<html><body>Other</body></html>")


def lose_an_image(site: Site) -> None:
    (site.root / "html/_images/dot.png").unlink()


def lose_the_copy_of_a_source(site: Site) -> None:
    (site.root / "html/_sources/blog/b.md.txt").unlink()


def lose_the_search_index(site: Site) -> None:
    (site.root / "html/searchindex.js").unlink()


def lose_a_doctree(site: Site) -> None:
    (site.root / "doctrees/blog/a.doctree").unlink()


def lose_the_environment(site: Site) -> None:
    (site.root / "doctrees/environment.pickle").unlink()


def lose_what_outputs_hold(site: Site) -> None:
    shutil.rmtree(site.root / "doctrees/openinfra_blog")


def lose_the_output(site: Site) -> None:
    shutil.rmtree(site.root / "html")


@pytest.mark.parametrize(
    "change",
    [
        edit_the_body,
        edit_the_included_file,
        edit_the_title,
        add_a_post,
        swap_two_posts,
        withdraw,
        add_to_the_toctree,
        rename_a_section,
        edit_a_template,
        edit_a_template_for_posts,
        lose_a_page,
        get_the_page_of_another_branch,
        get_the_list_of_another_branch,
        lose_an_image,
        lose_the_copy_of_a_source,
        lose_the_search_index,
        lose_a_doctree,
        lose_the_environment,
        lose_what_outputs_hold,
        lose_the_output,
    ],
)
def test_whatever_changed_since_the_cache_was_kept_is_seen(
    site: Site, change: Callable[[Site], None]
) -> None:
    site.build()
    change(site)
    check_out(site)
    assert as_if_clean(site, site.build())


def test_an_image_of_the_same_name_is_seen(site: Site) -> None:
    site.build()
    (site.src / "blog/dot.png").write_bytes(PNG + b"\0")
    check_out(site)
    built = site.build()
    assert built.read & POSTS == {"blog/a", "blog/c"}
    assert (built.out / "_images/dot.png").read_bytes() == PNG + b"\0"


def test_pages_that_tell_their_day_are_written_again(site: Site) -> None:
    site.build(html_last_updated_fmt="%Y-%m-%d")
    check_out(site)
    built = site.build(html_last_updated_fmt="%Y-%m-%d")
    assert not built.read & POSTS
    assert built.written >= POSTS


def test_other_programs_read_posts_again(site: Site) -> None:
    site.build()
    (site.src / "more").mkdir()
    # An extension of the site's own, of which Sphinx only knows that it is there.
    local = "def setup(app):\n    return {'parallel_read_safe': True}\n"
    extensions = ["sphinx_openinfra_blog", "a_local_one"]
    path = site.root / "local"
    path.mkdir()
    (path / "a_local_one.py").write_text(local)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(path))
        site.build(extensions=extensions)
        (path / "a_local_one.py").write_text(local + "# other\n")
        check_out(site)
        built = site.build(extensions=extensions)
    assert built.read >= POSTS
    assert built.written >= POSTS


def test_a_build_that_is_killed_after_dating_pages_leaves_no_old_one(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    add_to_the_toctree(site)
    check_out(site)

    def fail(*_arguments: object) -> None:
        message = "killed"
        raise KeyboardInterrupt(message)

    with monkeypatch.context() as patch:
        patch.setattr("sphinx.environment.BuildEnvironment.find_files", fail)
        with pytest.raises(KeyboardInterrupt):
            site.build()
    assert as_if_clean(site, site.build())


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_what_was_withdrawn_is_gone_though_the_doctrees_were_removed(
    site: Site, builder: str
) -> None:
    site.write({"blog/about.md": "# About\n"})
    site.build(builder)
    shutil.rmtree(site.root / "doctrees")
    by_hand = site.root / builder / "blog/by-hand.html"
    by_hand.write_text("<p>No document.</p>")
    withdraw(site)
    built = site.build(builder)
    assert by_hand.is_file()
    by_hand.unlink()
    assert as_if_clean(site, built, builder)
