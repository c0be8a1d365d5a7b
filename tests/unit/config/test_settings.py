"""Options, the categories' list and the authors' roster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sphinx.config import Config
from sphinx.errors import ConfigError

from sphinx_openinfra_blog.config import unknown_options
from sphinx_openinfra_blog.config.option import PREFIX, Option
from sphinx_openinfra_blog.config.people import read_roster
from sphinx_openinfra_blog.config.settings import OPTIONS, Settings
from sphinx_openinfra_blog.environment.files import FileTarget, by_media
from sphinx_openinfra_blog.environment.options import read_settings, register_options
from sphinx_openinfra_blog.environment.project import BlogProject

if TYPE_CHECKING:
    from pathlib import Path


def settings_of(folder: Path, **values: object) -> Settings:
    """Return the settings of a conf.py with these values."""
    config = Config({PREFIX + name: value for name, value in values.items()})
    register_options(config)
    config.add("html_baseurl", "https://s.example:8080/", "html", Any)
    config.add("html_extra_path", [], "html", Any)
    return read_settings(config, folder)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("openinfra_blog_catgories", "openinfra_blog_categories"),
        ("openinfra_blog_Path", "openinfra_blog_path"),
        ("openinfra_blogs_path", "openinfra_blog_path"),
        ("OPENINFRA_BLOG_PATH", "openinfra_blog_path"),
        ("openinfrablog_time_zone", "openinfra_blog_timezone"),
        ("openinfra_blog_feed_lenght: int", "openinfra_blog_feed_length"),
        ("openinfra_blog_qqq", ""),
    ],
)
def test_a_misspelt_option_is_named_with_the_one_that_is_meant(name: str, meant: str) -> None:
    source = f"import os\nif os.environ:\n    {name} = 1\n".encode()
    (problem,) = unknown_options(source, "/s/conf.py")
    assert (problem.path, problem.line) == ("/s/conf.py", 3)
    written = name.partition(":")[0]
    hint = f"; did you mean '{meant}'?" if meant else ""
    assert str(problem.message) == f"unknown option '{written}'{hint}"


def test_options_and_other_names_are_not_misspelt() -> None:
    names = [option.full_name for option in OPTIONS]
    names += ["openinfra_title", "blog_path", "openstackdocs_auto_name", "html_theme"]
    source = "".join(f"{name} = None\n" for name in names)
    source += "print(openinfra_blog_catgories if 0 else '')\n"
    assert [*unknown_options(source.encode(), "conf.py")] == []


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: str(option.name))
def test_every_default_is_right(option: Option, tmp_path: Path) -> None:
    option.read(option.default, tmp_path)
    assert option.help.endswith(".")


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("path", "/news/", "blog", "news"),
        ("hosts", ["O.example"], "hosts", {"o.example", "s.example:8080"}),
        ("hosts", [], "authority", "s.example"),
        ("future", "publish", "publish_future", True),
        ("canonical", "source", "canonical_source", True),
        ("feed_content", "summary", "feed_full", False),
        ("twitter", "https://x.com/name", "twitter", "@name"),
        ("feeds", ["rss", "rss"], "feeds", ("rss",)),
        ("feed_paths", {"rss": "/rss.xml"}, "feed_paths", {"rss": "rss.xml"}),
        ("schedule", "/due.json", "schedule", "due.json"),
        ("authors", ".", "author_files", ()),
        ("date_format", None, "date_format", ""),
        ("date_format", "d 'de' MMMM y", "date_format", "d 'de' MMMM y"),
        ("date_format", "short", "date_format", "short"),
    ],
)
def test_a_value_is_converted(
    name: str, value: object, field: str, expected: object, tmp_path: Path
) -> None:
    assert getattr(settings_of(tmp_path, **{name: value}), field) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("path", ""), ("path", "../x"), ("path", 3), ("path", "/"), ("hosts", "o.example"),
        ("hosts", ["https://o.example"]), ("timezone", "Mars"), ("timezone", None),
        ("date_format", "%d. %m. %Y"), ("date_format", "%d"), ("date_format", "d MMM HH"),
        ("date_format", ""), ("date_format", "'day'"), ("date_format", "longer"),
        ("date_format", 3), ("date_format", "MMMMMM"), ("date_format", "d 'x"),
        ("permalink", "{year}"), ("permalink", "{slug}/{x}"), ("permalink", "../{slug}"),
        ("slugs", "SLUG"), ("categories", "nowhere.json"), ("categories", [{}]),
        ("categories", ["A", "A"]), ("authors", "nowhere.yaml"), ("authors", ["x"]),
        ("authors", {"x": ""}), ("media", ["x"]), ("media", {"img/": "x"}),
        ("media", {"/img/": "nowhere"}), ("preview", 1), ("future", "never"),
        ("canonical", "here"), ("twitter", "two words"), ("twitter", None), ("feeds", "atom"),
        ("feeds", ["html"]), ("feeds", [["atom"]]), ("feeds", {"atom"}), ("term_feeds", None),
        ("feed_length", -1), ("feed_length", True), ("feed_content", "all"),
        ("feed_paths", ["rss"]), ("feed_paths", {"html": "x"}), ("feed_paths", {"rss": None}),
        ("feed_paths", {"rss": "../x"}), ("feed_paths", {"rss": "folder/"}),
        ("feed_paths", {"rss": "/x.xml", "atom": "X.xml"}), ("feed_unlisted", "no"),
        ("redirect_map", ""), ("redirect_map", "../x"), ("redirect_map", 3),
        ("schedule", "/"), ("schedule", "_static/x.json"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named(name: str, value: object, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=f"^{PREFIX}{name} "):
        settings_of(tmp_path, **{name: value})


def test_categories_come_from_the_content_systems_file(tmp_path: Path) -> None:
    text = '{"categories": [{"id": "i", "text": "OpenStack"}, {"text": "News"}]}'
    (tmp_path / "c.json").write_text(text, encoding="utf-8")
    settings = settings_of(tmp_path, categories="c.json", slugs="kebab")
    assert [(item.key, item.label, item.slug) for item in settings.categories] == [
        ("i", "OpenStack", "open-stack"),
        ("News", "News", "news"),
    ]


def test_authors_come_from_a_folder_of_author_files(tmp_path: Path) -> None:
    for name, text in {"ann": "---\nauthorName: ' Ann Lee '\n---\n", "x": "no author"}.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    names = {key: person.name for key, person in read_roster(".", tmp_path).value.items()}
    assert names == {"ann": "Ann Lee"}


def test_media_prefixes_lead_to_folders_and_addresses(tmp_path: Path) -> None:
    media = {"/img/x/": "https://cdn.example/x", "/img/": "pictures"}
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures/a b.png").touch()
    project = BlogProject(tmp_path, {}, settings_of(tmp_path, media=media))
    assert by_media(project, "/img/a%20b.png") == FileTarget(file="pictures/a b.png")
    assert by_media(project, "/img/x/c.png") == FileTarget(url="https://cdn.example/x/c.png")
    assert by_media(project, "/other/a.png") is None
    missing = by_media(project, "/img/\x00%00")
    assert missing is not None
    assert missing.missing
