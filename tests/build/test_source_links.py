"""Links from a page to its source lead to the real file, or are absent."""

from __future__ import annotations

import json
import pickle
import re
from posixpath import normpath
from typing import TYPE_CHECKING, Any
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
GIT = "https://git.example/o/r"
EDIT = REPO + "/edit/main/docs/{file}"
VIEW = REPO + "/blob/main/docs/{file}"
COPY = HERE + "_sources/{page}.md.txt"
GITHUB = {"github_user": "o", "github_repo": "r", "github_version": "main"}
FURO = {"source_repository": REPO, "source_branch": "main", "source_directory": "docs/"}
PYDATA = {"use_edit_page_button": True}
BOOK = {
    "repository_url": REPO,
    "repository_branch": "main",
    "path_to_docs": "docs",
    "use_edit_page_button": True,
    "use_source_button": True,
}
READ_THE_DOCS = GITHUB | {"conf_py_path": "/docs/"}

#: Theme -> html_context, html_theme_options, and the links from a page to its source. Themes add
#: to both mappings, and without one here to Sphinx's own default.
THEMES: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "furo": ({}, FURO, [EDIT, VIEW + "?plain=true"]),
    "pydata_sphinx_theme": (GITHUB | {"doc_path": "docs"}, PYDATA, [EDIT, COPY]),
    "sphinx_book_theme": ({}, BOOK, [EDIT, VIEW + "?plain=1", COPY.removesuffix(".txt")]),
    "sphinx_rtd_theme": (READ_THE_DOCS | {"display_github": True}, {}, [VIEW]),
    "alabaster": ({}, {}, [COPY]),
    "classic": ({}, {}, [COPY]),
    # What the theme makes itself in a repository with "doc/source".
    "openstackdocs": ({"giturl": f"{REPO}/src/docs"}, {}, []),
}
POSTS = {
    "blog/hello": "blog/2026-x.md",
    "blog/odd": "blog/2026/a b#1&c%.md",
    "blog/same": "blog/same.md",
}
FILES = {
    "index.md": "# Site\n\n```{toctree}\nblog/index\nguide/page\n```\n",
    "guide/page.md": "# Page\n\nText.\n",
    "blog/2026-x.md": post("X", seo="{url: 'https://old.example/blog/hello'}", category="One"),
    "blog/2026/a b#1&c%.md": post("Odd", seo="{url: /blog/odd}"),
    "blog/same.md": post("Same"),
}


def conf_of(theme: str) -> dict[str, Any]:
    context, options, _links = THEMES[theme]
    conf: dict[str, Any] = {"html_context": {**context}, "html_theme_options": {**options}}
    if theme == "openstackdocs":
        conf |= {"openstackdocs_repo_name": "o/r", "openstackdocs_bug_project": "r"}
    return conf | {"html_theme": theme}


@pytest.fixture(autouse=True)
def forget_openstack(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let that theme read its options again, which it does once in a process."""
    monkeypatch.setattr("openstackdocstheme.ext._html_context_data", None)


def cases() -> Iterator[Any]:
    for theme in THEMES:
        yield pytest.param((theme, "html"), id=theme)
        yield pytest.param((theme, "dirhtml"), id=f"{theme}-dirhtml", marks=pytest.mark.matrix)


@pytest.fixture(scope="module", params=cases())
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the files above with one theme, once for several tests."""
    theme, builder = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1794000000")
        patch.setattr("openstackdocstheme.ext._html_context_data", None)
        return Site(tmp_path_factory.mktemp("site") / "x", FILES, conf_of(theme)).build(builder)


def source_links(built: Built, page: str) -> list[str]:
    """Return the links from a page to the repository or to ``_sources``, as a browser does."""
    base = HERE + built.app.builder.get_target_uri(page)
    links = {urlsplit(urljoin(base, item["href"])) for item in built.html(page).select("[href]")}
    return sorted(
        link._replace(path=normpath(link.path)).geturl()
        for link in links
        if "/_sources/" in link.path or "/o/r" in link.path
    )


def filled(patterns: list[str], page: str, file: str) -> list[str]:
    return sorted(pattern.format(page=page, file=quote(file)) for pattern in patterns)


def reported(built: Built, page: str) -> str:
    """Return the source that openstackdocstheme's script names in a bug report."""
    script = built.path(page).read_text(encoding="utf-8")
    ((first, last),) = re.findall(r'var sourceFile = "(.*)" \+ "(.*)";', script)
    (url,) = re.findall(r'gitURL = "Source: (.*)" \+ "/" \+ sourceFile;', script)
    return f"{url}/{first}{last}"


@pytest.mark.parametrize(("page", "file"), POSTS.items(), ids=POSTS)
def test_a_posts_links_lead_to_its_file(built: Built, page: str, file: str) -> None:
    theme = built.app.config.html_theme
    links = source_links(built, page)
    assert links == filled(THEMES[theme][2], page, file)
    for link in links:
        if "_sources" in link:
            copy = built.out / unquote(urlsplit(link).path)[1:]
            assert copy.read_text(encoding="utf-8") == FILES[file]
    if theme == "openstackdocs":
        url = urlsplit(reported(built, page))
        assert (unquote(url.path), url.fragment) == (f"/o/r/src/docs/{file}", "")
    assert built.text == ""


@pytest.mark.parametrize("page", ["blog/category/one", "blog/category", "blog/year/2026"])
def test_a_generated_page_has_no_link_to_a_source(built: Built, page: str) -> None:
    assert source_links(built, page) == []
    assert f"docs/{page}" not in built.path(page).read_text(encoding="utf-8")
    if built.app.config.html_theme == "openstackdocs":
        assert "://" not in reported(built, page)


def test_another_page_is_byte_for_byte_what_it_is_without_the_blog(
    built: Built, tmp_path: Path
) -> None:
    theme = built.app.config.html_theme
    extensions = ["myst_parser", *(["openstackdocstheme"] if theme == "openstackdocs" else [])]
    site = Site(tmp_path / "plain", FILES, conf_of(theme) | {"extensions": extensions})
    site.write({"blog/index.md": "# News\n"})
    plain = site.build(built.app.builder.name)
    assert built.path("guide/page").read_bytes() == plain.path("guide/page").read_bytes()
    expected = filled(THEMES[theme][2], "guide/page", "guide/page.md")
    assert source_links(built, "guide/page") == expected


def test_a_redirect_and_the_metadata_have_no_link(built: Built) -> None:
    if built.app.builder.name == "html":
        text = (built.out / "blog/hello/index.html").read_text(encoding="utf-8")
        assert "../hello.html" in text
        assert REPO not in text
        assert "_sources" not in text
    # Where sphinx_rtd_theme reads "github_url".
    known = built.app.env.metadata
    assert known["blog/hello"].keys() == known["blog/same"].keys() == {"orphan", "wordcount"}


SERVICES = READ_THE_DOCS | {
    f"{service}_{key}": value
    for service in ("bitbucket", "gitlab")
    for key, value in (("user", "o"), ("repo", "r"), ("version", "main"))
}
HOSTED = "https://{}/o/r/{}/main/docs/{{file}}"
FURO_PATTERNS = {
    "source_edit_link": GIT + "?edit={filename}",
    "source_view_link": GIT + "/{filename}",
}
PYDATA_PATTERN = {"edit_page_url_template": GIT + "?f={{ file_name|urlencode }}"}


@pytest.mark.parametrize(
    ("theme", "context", "options", "links"),
    [
        (
            "sphinx_rtd_theme",
            {"display_github": True, "github_host": "git.example"},
            {"vcs_pageview_mode": "edit"},
            [HOSTED.format("git.example", "edit")],
        ),
        ("sphinx_rtd_theme", {"display_gitlab": True}, {}, [HOSTED.format("gitlab.com", "blob")]),
        (
            "sphinx_rtd_theme",
            {"display_gitlab": True, "gitlab_host": "git.example"},
            {"vcs_pageview_mode": "raw"},
            [HOSTED.format("git.example", "raw")],
        ),
        (
            "sphinx_rtd_theme",
            {"display_bitbucket": True, "display_gitlab": True},
            {},
            [HOSTED.format("bitbucket.org", "src") + "?mode=view"],
        ),
        ("sphinx_rtd_theme", {"source_url_prefix": f"{GIT}/docs/"}, {}, [GIT + "/docs/{file}"]),
        ("sphinx_rtd_theme", {}, {}, [COPY]),
        ("furo", {}, FURO_PATTERNS, [GIT + "/{file}", GIT + "?edit={file}"]),
        ("furo", {"READTHEDOCS": True}, {}, [VIEW + "?plain=true", EDIT]),
        ("pydata_sphinx_theme", PYDATA_PATTERN, PYDATA, [GIT + "?f={file}"]),
    ],
)
def test_a_sites_own_hosts_and_patterns_get_the_real_file(
    site: Callable[..., Site],
    theme: str,
    context: Mapping[str, object],
    options: object,
    links: list[str],
) -> None:
    made = site(
        FILES,
        html_theme=theme,
        html_context={**SERVICES, **context},
        html_theme_options=options,
        # Where there are copies, furo and pydata_sphinx_theme link to them too.
        html_copy_source=theme == "sphinx_rtd_theme",
    ).build()
    for page in ("blog/hello", "blog/odd"):
        assert source_links(made, page) == filled(links, page, POSTS[page])


def test_a_url_that_the_author_gives_is_kept(site: Callable[..., Site]) -> None:
    files = {"blog/x.md": post(seo="{url: /blog/hello}", github_url=f"{GIT}/here.md")}
    built = site(files, **conf_of("sphinx_rtd_theme")).build()
    assert source_links(built, "blog/hello") == [f"{GIT}/here.md"]


def test_sphinx_book_theme_still_names_the_format(site: Callable[..., Site]) -> None:
    built = site(FILES, **conf_of("sphinx_book_theme") | {"html_theme_options": {}}).build()
    button = built.html("blog/hello").select_one(".btn-download-source-button")
    assert button.get_text(strip=True) == ".md"


@pytest.mark.parametrize(
    ("theme", "builder"),
    [("sphinx_rtd_theme", "json"), ("classic", "pickle"), ("openstackdocs", "pickle")],
)
def test_builders_that_write_the_context_write_what_sphinx_put_there(
    site: Callable[..., Site], theme: str, builder: str
) -> None:
    data = site(FILES, **conf_of(theme)).build(builder).path("blog/hello").read_bytes()
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
    many = FILES | {f"blog/f{n}.md": post(f"P{n}", seo=f"{{url: /blog/p{n}}}") for n in range(12)}
    made = site(many, **conf_of(theme))
    serial = made.build(out="one", doctrees="one-d")
    monkeypatch.setattr("openstackdocstheme.ext._html_context_data", None)
    parallel = made.build(jobs=2, out="two", doctrees="two-d")
    for page in ("blog/hello", "blog/p3", "blog/p11", "blog/category/one"):
        assert parallel.path(page).read_bytes() == serial.path(page).read_bytes()
    assert all("f3.md" in link or "_sources" in link for link in source_links(parallel, "blog/p3"))
