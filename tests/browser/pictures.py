"""Take the pictures of docs/looks.md: ``python tests/browser/pictures.py docs/looks``.

It needs Chromium with its driver, Pillow, selenium, furo, pydata-sphinx-theme and
sphinx-rtd-theme. The posts are those of the documentation, with drawn pictures.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
#: Theme -> its name in the files, and the colour scheme.
THEMES: Final = {
    "furo": ("furo", "light"),
    "pydata_sphinx_theme": ("pydata", "dark"),
    "sphinx_rtd_theme": ("rtd", "light"),
}
#: Theme -> what is around the pieces in its sidebar, where it has a list of them.
PARTS: Final = {
    "furo": (
        ["sidebar/brand.html", "sidebar/search.html", "sidebar/scroll-start.html"],
        ["sidebar/scroll-end.html"],
    ),
    "pydata_sphinx_theme": (["sidebar-nav-bs"], []),
    "sphinx_rtd_theme": ([], []),
}
PIECES: Final = [f"blog-{name}.html" for name in ("recent", "categories", "tags", "feeds")]
#: Name in the files -> the page, whether its end is shown, and how much of it.
PAGES: Final = {
    "cards": ("latest", False, 860),
    "rows": ("blog/category/design-notes", False, 860),
    "archive": ("archive", False, 860),
    "table": ("table", False, 620),
    "post": ("blog/moving-a-blog", False, 860),
    "end": ("blog/moving-a-blog", True, 860),
    "author": ("blog/author/the-sphinx-openinfra-blog-developers", False, 620),
    "terms": ("terms", False, 460),
    "pages": ("pages", True, 620),
    "sidebar": ("install", False, 860),
}
WIDTH: Final = 1280

CONF: Final = """\
extensions = ["sphinx_openinfra_blog"]
project = html_title = "Example"
html_baseurl = "https://example.org/"
openinfra_blog_reading_time = True
openinfra_blog_hero = False
templates_path = ["_templates"]
openinfra_blog_categories = [
    {"id": "design", "label": "Design notes"}, {"id": "howto", "label": "How-tos"},
]
openinfra_blog_authors = {"dev": {
    "name": "The sphinx-openinfra-blog developers", "picture": "img/0.png",
    "bio": "They write this extension, and about it.",
    "links": {"github": "https://github.com/example", "mastodon": "https://example.net/@dev"},
}}
"""
FILES: Final = {
    "index.md": "# Example\n\n```{toctree}\n:glob:\n\n*\nblog/index\n```\n",
    "install.md": "# Installing\n\nThis page is about something else.\n",
    "latest.md": "# Latest posts\n\n```{blog}\n:style: cards\n:group-by: none\n:limit: 5\n```\n",
    "archive.md": "# Archive\n\n```{blog}\n:style: titles\n:group-by: year\n```\n",
    "table.md": "# Table\n\n```{blog}\n:style: table\n:group-by: none\n"
    ":fields: picture, title, categories, date\n```\n",
    "terms.md": "# Subjects\n\n```{blog}\n:show: categories\n```\n\n"
    "```{blog}\n:show: tags\n```\n\n```{blog}\n:show: feeds\n:categories: design, howto\n```\n",
    "pages.md": "# Pages\n\n```{blog}\n:style: rows\n:group-by: none\n:paginate: 2\n```\n",
    # A theme without a list of parts.
    "_templates/layout.html": '{% extends "!layout.html" %}{% block menu %}{{ super() }}'
    '{% if pagename == "install" %}'
    + "".join(f'{{% include "{piece}" %}}' for piece in PIECES)
    + "{% endif %}{% endblock %}",
}


def lay_out(source: Path) -> None:
    """Write the site; every other post gets a picture."""
    shutil.copytree(DOCS / "blog", source / "blog")
    (source / "img").mkdir()
    for number, path in enumerate(sorted((source / "blog").glob("*.md"))):
        drawn = Image.linear_gradient("L").resize((1200, 630))
        hue = drawn.point([(40 * number + value // 6) % 256 for value in range(256)])
        plain = [drawn.point([level] * 256) for level in (130, 215)]
        Image.merge("HSV", [hue, *plain]).convert("RGB").save(source / f"img/{number}.png")
        text = path.read_text(encoding="utf-8")
        if number % 2:
            text = text.replace("\ndate:", f"\nimage: /img/{number}.png\ndate:", 1)
        path.write_text(text, encoding="utf-8")
    (source / "_templates").mkdir()
    for name, text in FILES.items():
        (source / name).write_text(text, encoding="utf-8")


def shoot(browser: Chrome, address: str, scheme: str, height: int, *, at_end: bool) -> Image.Image:
    """Return what somebody sees of a page."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    metrics = {"width": WIDTH, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(address)
    if at_end:
        browser.execute_script("window.scrollTo({top: 1e6, behavior: 'instant'})")
    time.sleep(1)
    return Image.open(BytesIO(browser.get_screenshot_as_png())).convert("RGB")


def main(target: Path) -> None:
    """Build the site in each theme and write the pictures to *target*."""
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless", "--disable-gpu", "--no-sandbox", "--hide-scrollbars"):
        options.add_argument(argument)
    service = ChromeService(executable_path=shutil.which("chromedriver"))
    with tempfile.TemporaryDirectory() as name, Chrome(options, service) as browser:
        lay_out(Path(name, "src"))
        handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=name)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            for theme, (short, scheme) in THEMES.items():
                before, after = PARTS[theme]
                sidebars = {"install": [*before, *PIECES, *after]}
                conf = f"{CONF}html_theme = {theme!r}\nhtml_sidebars = {sidebars!r}\n"
                Path(name, "src/conf.py").write_text(conf, encoding="utf-8")
                command = [sys.executable, "-m", "sphinx", "-Q"]
                subprocess.run([*command, f"{name}/src", f"{name}/{theme}"], check=True)
                for page, (path, at_end, height) in PAGES.items():
                    address = f"http://127.0.0.1:{server.server_port}/{theme}/{path}.html"
                    picture = shoot(browser, address, scheme, height, at_end=at_end)
                    picture = picture.resize((960, height * 3 // 4), Image.Resampling.LANCZOS)
                    picture.save(target / f"{page}-{short}.webp", quality=72, method=6)
            server.shutdown()


if __name__ == "__main__":
    os.environ["SOURCE_DATE_EPOCH"] = "1795392000"
    main(Path(sys.argv[1]))
