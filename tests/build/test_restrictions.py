"""What docs/security.md says of the bodies of posts, and of how to restrict them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import post

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Site

MARKDOWN = """\
<b id="inline" onclick="x">raw</b>

<script id="block">alert(1)</script>

```{raw} html
<i id="directive">x</i>
```

```{include} /secret.txt
```

```{literalinclude} /secret.txt
```

```{csv-table}
:file: ../secret.txt
```

{download}`/secret.txt`
"""
RST = """\
.. raw:: html

   <u id="rst">x</u>

.. include:: /secret.txt
"""
DOCUTILS_CONF = """\
[general]
file_insertion_enabled: no
raw_enabled: no
"""


def test_bodies_are_restricted_as_the_page_on_security_says(site: Callable[..., Site]) -> None:
    made = site(
        {
            "blog/m.md": post("Markdown", body=MARKDOWN),
            "blog/r.rst": post("reST", body=RST),
            "secret.txt": "SECRET",
        },
        exclude_patterns=["*.txt"],
    )
    free = made.build()
    ids = {node["id"] for page in ("m", "r") for node in free.html(f"blog/{page}").select("[id]")}
    assert {"inline", "block", "directive", "rst"} <= ids
    assert "SECRET" in free.path("blog/m").read_text(encoding="utf-8")

    made.write({"docutils.conf": DOCUTILS_CONF})
    bound = made.build(
        out="bound", doctrees="bound-trees", myst_disable_syntax=["html_block", "html_inline"]
    )
    for page in ("m", "r"):
        html = bound.html(f"blog/{page}")
        assert not html.select("#inline, #block, #directive, #rst, [onclick]")
        assert "SECRET" not in bound.path(f"blog/{page}").read_text(encoding="utf-8")
    # No switch stops this one, which the page says too.
    assert list((bound.out / "_downloads").rglob("secret.txt"))
