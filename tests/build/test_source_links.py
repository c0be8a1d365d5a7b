"""Links from a page to its source lead to the real file, or are absent."""

from __future__ import annotations

import json
import pickle
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from helpers import Site, post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from helpers import Built

pytestmark = pytest.mark.filterwarnings(
    "ignore:'sphinx_book_theme.*' is deprecated:PendingDeprecationWarning"
)

REPO = "https://github.com/o/r"
HERE = "https://here.example/"
EDIT = REPO + "/edit/main/docs/{file}"
VIEW = REPO + "/blob/main/docs/{file}"
COPY = HERE + "_sources/{page}.md.txt"
GITHUB = {"github_user": "o", "github_repo": "r", "github_version": "main"}

#: Theme -> conf.py, and the links from a page to its source.
THEMES: dict[str, tuple[dict[str, object], list[str]]] = {
    "furo": (
        {
            "html_theme_options": {
                "source_repository": f"{REPO}/",
                "source_branch": "main",
                "source_directory": "docs/",
            }
        },
        [EDIT, VIEW + "?plain=true"],
    ),
    "pydata_sphinx_theme": (
        {
            "html_context": GITHUB | {"doc_path": "docs"},
            # The theme adds to it, and without one here to Sphinx's own default.
            "html_theme_options": {"use_edit_page_button": True},
        },
        [EDIT, COPY],
    ),
    "sphinx_book_theme": (
        {
            # The same here, with both.
            "html_context": {},
            "html_theme_options": {
                "repository_url": REPO,
                "repository_branch": "main",
                "path_to_docs": "docs",
                "use_edit_page_button": True,
                "use_source_button": True,
            },
        },
        [EDIT, VIEW + "?plain=1", COPY.removesuffix(".txt")],
    ),
    "sphinx_rtd_theme": (
        {"html_context": GITHUB | {"display_github": True, "conf_py_path": "/docs/"}},
        [VIEW],
    ),
    "alabaster": ({}, [COPY]),
    "classic": ({}, [COPY]),
    "openstackdocs": (
        {
            "openstackdocs_repo_name": "o/r",
            "openstackdocs_bug_project": "r",
            # What the theme makes itself in a repository with "doc/source".
            "html_context": {"giturl": f"{REPO}/src/docs"},
        },
        [],
    ),
}
FILES = {
    "index.md": "# Site\n\n```{toctree}\nblog/index\nguide/page\n```\n",
    "guide/page.md": "# Page\n\nText.\n",
    "blog/2026-x.md": post("X", seo="{url: 'https://old.example/blog/hello'}", category="One"),
    "blog/2026/a b#1&c%.md": post("Odd", seo="{url: /blog/odd}"),
    "blog/same.md": post("Same"),
}


def themed(where: Path, theme: str, **conf: object) -> Site:
    return Site(where, FILES, {"html_theme": theme} | THEMES[theme][0] | conf)


class Case(NamedTuple):
    """What one theme, told where the repository is, has made of the files above."""

    theme: str
    built: Built

    def links(self, page: str) -> list[str]:
        return source_links(self.built, page)

    def expected(self, page: str, file: str) -> list[str]:
        patterns = THEMES[self.theme][1]
        return sorted(pattern.format(page=page, file=quote(file)) for pattern in patterns)


def cases() -> Iterator[Any]:
    for theme in THEMES:
        yield pytest.param((theme, "html"), id=theme)
        yield pytest.param((theme, "dirhtml"), id=f"{theme}-dirhtml", marks=pytest.mark.matrix)


@pytest.fixture(scope="module", params=cases())
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    theme, builder = request.param
    with pytest.MonkeyPatch.context() as patch:
        # As for every test, but this is made once for several.
        patch.setenv("SOURCE_DATE_EPOCH", "1794000000")
        forget_openstack(patch)
        return Case(theme, themed(tmp_path_factory.mktemp("site") / "x", theme).build(builder))


def forget_openstack(patch: pytest.MonkeyPatch) -> None:
    """Let that theme look at the options anew: it does so once in a process."""
    patch.setattr("openstackdocstheme.ext._html_context_data", None)


def source_links(built: Built, page: str) -> list[str]:
    """Return the links from a page to the repository or to ``_sources``, as a browser does."""
    base = HERE + built.app.builder.get_target_uri(page)
    links = {urljoin(base, item["href"]) for item in built.html(page).select("[href]")}
    return sorted(link for link in links if "_sources" in link or "/o/r" in urlsplit(link).path)


def reported(built: Built, page: str) -> str:
    """Return what openstackdocstheme's script says of the source when a bug is reported."""
    script = built.path(page).read_text(encoding="utf-8")
    name = re.search(r'var sourceFile = "(.*)" \+ "(.*)";', script)
    line = re.search(r'gitURL = "Source: (.*)" \+ "/" \+ sourceFile;', script)
    assert name
    assert line
    return f"{line[1]}/{name[1]}{name[2]}"


def copied(built: Built, links: list[str]) -> str:
    """Return the text of the copy that the one link to ``_sources`` leads to."""
    (link,) = [link for link in links if "_sources" in link]
    path = built.out / unquote(urlsplit(link).path)[1:]
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("blog/hello", "blog/2026-x.md"),
        ("blog/odd", "blog/2026/a b#1&c%.md"),
        ("blog/same", "blog/same.md"),
    ],
    ids=["differ", "odd", "same"],
)
def test_a_posts_links_lead_to_its_file(case: Case, page: str, file: str) -> None:
    links = case.links(page)
    assert links == case.expected(page, file)
    if any("_sources" in link for link in links):
        assert copied(case.built, links) == FILES[file]
    if case.theme == "openstackdocs":
        address = urlsplit(reported(case.built, page))
        assert unquote(address.path) == f"/o/r/src/docs/{file}"
        assert address.fragment == ""
    assert case.built.text == ""


@pytest.mark.parametrize("page", ["blog/category/one", "blog/category", "blog/year/2026"])
def test_a_generated_page_has_no_link_to_a_source(case: Case, page: str) -> None:
    assert case.links(page) == []
    assert f"docs/{page}" not in case.built.path(page).read_text(encoding="utf-8")
    if case.theme == "openstackdocs":
        assert "://" not in reported(case.built, page)


def test_another_page_is_byte_for_byte_what_it_is_without_the_blog(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_openstack(monkeypatch)
    extensions = ["myst_parser"]
    if case.theme == "openstackdocs":
        extensions.append("openstackdocstheme")
    site = themed(tmp_path / "plain", case.theme, extensions=extensions)
    site.write({"blog/index.md": "# News\n"})
    plain = site.build(case.built.app.builder.name)
    ours, theirs = (built.path("guide/page").read_bytes() for built in (case.built, plain))
    assert ours == theirs
    assert case.links("guide/page") == case.expected("guide/page", "guide/page.md")


def test_a_redirect_links_to_no_source(case: Case) -> None:
    if case.built.app.builder.name == "html":
        text = (case.built.out / "blog/hello/index.html").read_text(encoding="utf-8")
        assert "../hello.html" in text
        assert REPO not in text
        assert "_sources" not in text


HOSTED = "https://{}/o/r/{}/main/docs/blog/2026-x.md"


@pytest.mark.parametrize(
    ("context", "options", "link"),
    [
        (
            {"display_github": True, "github_host": "git.example"},
            {"vcs_pageview_mode": "edit"},
            HOSTED.format("git.example", "edit"),
        ),
        ({"display_gitlab": True}, {}, HOSTED.format("gitlab.com", "blob")),
        (
            {"display_gitlab": True, "gitlab_host": "git.example"},
            {"vcs_pageview_mode": "raw"},
            HOSTED.format("git.example", "raw"),
        ),
        (
            {"display_bitbucket": True, "display_gitlab": True},
            {},
            HOSTED.format("bitbucket.org", "src") + "?mode=view",
        ),
        (
            {"source_url_prefix": "https://git.example/o/r/docs/"},
            {},
            # Not the same text, but the same address.
            "https://git.example/o/r/docs/blog/hello/../2026-x.md",
        ),
        ({}, {}, COPY.format(page="blog/hello")),
    ],
    ids=["github", "gitlab", "gitlab host", "bitbucket first", "prefix", "copy"],
)
def test_read_the_docs_links_are_right_for_every_service(
    site: Callable[..., Site], context: Mapping[str, object], options: object, link: str
) -> None:
    named = {
        f"{service}_{key}": value
        for service in ("github", "gitlab", "bitbucket")
        for key, value in (("user", "o"), ("repo", "r"), ("version", "main"))
    }
    built = site(
        FILES,
        html_theme="sphinx_rtd_theme",
        html_context={**named, "conf_py_path": "/docs/", **context},
        html_theme_options=options,
    ).build()
    assert source_links(built, "blog/hello") == [link]


def test_an_address_that_the_author_gives_stays(site: Callable[..., Site]) -> None:
    own = "https://git.example/o/r/here.md"
    text = post(seo="{url: /blog/hello}", github_url=own)
    conf, _links = THEMES["sphinx_rtd_theme"]
    built = site({"blog/x.md": text}, html_theme="sphinx_rtd_theme", **conf).build()
    assert source_links(built, "blog/hello") == [own]


@pytest.mark.parametrize(
    ("theme", "conf", "expected"),
    [
        (
            "furo",
            {
                "html_theme_options": {
                    "source_edit_link": "https://git.example/o/r?edit={filename}",
                    "source_view_link": "https://git.example/o/r/{filename}",
                }
            },
            ["https://git.example/o/r/{file}", "https://git.example/o/r?edit={file}"],
        ),
        (
            "furo",
            {
                "html_context": GITHUB | {"READTHEDOCS": True, "conf_py_path": "/docs/"},
                "html_copy_source": False,
            },
            [VIEW + "?plain=true", EDIT],
        ),
        (
            "pydata_sphinx_theme",
            {
                "html_context": {
                    "edit_page_url_template": "https://git.example/o/r?f={{ file_name|urlencode }}"
                },
                "html_copy_source": False,
            },
            ["https://git.example/o/r?f={file}"],
        ),
    ],
    ids=["furo pattern", "furo on Read the Docs", "pydata pattern"],
)
def test_a_sites_own_pattern_gets_the_real_file(
    site: Callable[..., Site], theme: str, conf: dict[str, object], expected: list[str]
) -> None:
    built = site(FILES, html_theme=theme, **THEMES[theme][0] | conf).build()
    for page, file in (("blog/hello", "blog/2026-x.md"), ("blog/odd", "blog/2026/a b#1&c%.md")):
        links = sorted(link.format(file=quote(file)) for link in expected)
        assert source_links(built, page) == links


def test_sphinx_book_theme_still_names_the_format(site: Callable[..., Site]) -> None:
    conf = THEMES["sphinx_book_theme"][0] | {"html_theme_options": {}}
    built = site(FILES, html_theme="sphinx_book_theme", **conf).build()
    button = built.html("blog/hello").select_one(".btn-download-source-button")
    assert button.get_text(strip=True) == ".md"


def test_what_sphinx_remembers_of_a_post_is_left_alone(case: Case) -> None:
    # Where sphinx_rtd_theme reads "github_url".
    known = case.built.app.env.metadata
    assert known["blog/hello"].keys() == known["blog/same"].keys() == {"orphan", "wordcount"}


@pytest.mark.parametrize(
    ("theme", "builder"),
    [("sphinx_rtd_theme", "json"), ("classic", "pickle"), ("openstackdocs", "pickle")],
)
def test_builders_that_write_the_context_write_what_sphinx_put_there(
    site: Callable[..., Site], theme: str, builder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_openstack(monkeypatch)
    built = site(FILES, html_theme=theme, **THEMES[theme][0]).build(builder)
    data = built.path("blog/hello").read_bytes()
    # The test has written it itself.
    context = json.loads(data) if builder == "json" else pickle.loads(data)  # noqa: S301
    assert type(context["page_source_suffix"]) is str
    assert context["page_source_suffix"] == ".md"
    assert "github_url" not in context["meta"]
    assert "?" not in context.get("giturl", "")


@pytest.mark.matrix
@pytest.mark.parametrize("theme", THEMES)
def test_worker_processes_write_the_same_links(
    site: Callable[..., Site], theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_openstack(monkeypatch)
    many = FILES | {f"blog/f{n}.md": post(f"P{n}", seo=f"{{url: /blog/p{n}}}") for n in range(12)}
    made = site(many, html_theme=theme, **THEMES[theme][0])
    serial = made.build(out="one", doctrees="one-d")
    forget_openstack(monkeypatch)
    parallel = made.build(jobs=2, out="two", doctrees="two-d")
    for page in ("blog/hello", "blog/p3", "blog/p11", "blog/category/one"):
        assert parallel.path(page).read_bytes() == serial.path(page).read_bytes()
    assert all("f3.md" in link or "_sources" in link for link in source_links(parallel, "blog/p3"))
