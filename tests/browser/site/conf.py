"""A site for the browser; its theme comes from the command line."""

from __future__ import annotations

from typing import Any

project = "A site"
html_baseurl = "https://site.example/"
extensions = ["sphinx_openinfra_blog"]
html_static_path = ["_static"]
# The roster and the categories are short, so that pages show both kinds.
suppress_warnings = ["openinfra_blog.unknown_author", "openinfra_blog.unknown_category"]
openinfra_blog_hosts = ["example.org"]
openinfra_blog_reading_time = True
openinfra_blog_categories = [
    {"id": "news", "label": "News & Announcements", "description": "What is new, and " * 9},
    {"id": "c2", "label": "Community"},
    {"id": "empty", "label": "Nobody wrote anything here"},
]
openinfra_blog_authors = {
    "ada": {
        "name": "Ada Lovelace",
        "title": "Mathematician",
        "company": "Analytical Engine Works",
        "bio": "Wrote the first program, for a machine that was never built. " * 3,
        "avatar": "_static/portrait.svg",
        "url": "https://example.org/people/" + "ada-lovelace-countess-of-" * 6,
        "socials": {"github": "ada", "Mastodon": "https://example.net/@ada"},
    },
}
openstackdocs_auto_name = False
openstackdocs_auto_version = False

#: This theme's fonts come from a host that no test reaches, and a switch has to be asked for.
_OPTIONS: dict[str, dict[str, Any]] = {
    "sphinx_immaterial": {
        "font": False,
        "palette": [
            {
                "media": f"(prefers-color-scheme: {name})",
                "scheme": scheme,
                "toggle": {"icon": "material/brightness-6", "name": f"It is {name}"},
            }
            for name, scheme in (("light", "default"), ("dark", "slate"))
        ],
    },
}
#: What one page has in its sidebar besides the theme's own.
_PIECES = ("recent", "categories", "tags", "archive", "feeds", "author")


def setup(app: Any) -> None:
    """Set the options of the theme that the command line names."""

    def configure(_app: Any, config: Any) -> None:
        config.html_theme_options |= _OPTIONS.get(config.html_theme, {})

    def add_pieces(app: Any) -> None:
        names = list(app.builder.theme.sidebar_templates)
        end = "sidebar/scroll-end.html"
        place = names.index(end) if end in names else len(names)
        names[place:place] = [f"blog-{piece}.html" for piece in _PIECES]
        app.config.html_sidebars = {"terms": names}

    app.connect("config-inited", configure, priority=1)
    app.connect("builder-inited", add_pieces)
