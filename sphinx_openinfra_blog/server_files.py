"""What servers and CI read of the output: a map of the redirects, and when to build again."""

from __future__ import annotations

import json
from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders.html import StandaloneHTMLBuilder

    from .project import BlogProject
    from .redirects import Redirect


def redirect_map(builder: StandaloneHTMLBuilder, redirects: Iterable[Redirect], file: str) -> str:
    """Return a map of redirects, as JSON or as lines that Netlify and others read.

    Paths begin at the root of the host, and those without a slash at their end stand for both
    spellings. What the world may not be told of is not in it. Neither are, in the lines, pages
    that lack nothing but ``.html``: these servers answer both, Cloudflare by a redirect from the
    longer to the shorter, which would go round in a circle.

    :param file: its name, which decides about the format.
    """
    root = urlsplit(builder.config.html_baseurl or "").path.rstrip("/")
    found = {
        f"{root}/{quote(item.file.removesuffix('/index.html'))}": (
            f"{root}/{quote(builder.get_target_uri(item.page), safe='/%')}"
        )
        for item in redirects
        if item.public
    }
    if file.casefold().endswith(".json"):
        return json.dumps(dict(sorted(found.items())), indent=1) + "\n"
    lines = (f"{old} {new} 301\n" for old, new in sorted(found.items()) if new != f"{old}.html")
    return "".join(lines)


def schedule(project: BlogProject) -> str:
    """Return when a build would next change something, as JSON; no post is named.

    The moment is rounded up to a second: a build at it finds the change (RFC 3339, in UTC).
    """
    moment = project.next_change
    if moment is None:
        return '{"next": null}\n'
    moment = moment.astimezone(UTC)
    if moment.microsecond:
        moment = moment.replace(microsecond=0) + timedelta(seconds=1)
    return json.dumps({"next": moment.isoformat().replace("+00:00", "Z")}) + "\n"
