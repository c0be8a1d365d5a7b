"""What Hypothesis makes front matter, bodies and addresses of."""

from __future__ import annotations

from hypothesis import strategies as st

KEYS = (
    "title author authors date updated category tags hidePost draft expires seo permalink slug"
    " templateKey hidepost unknown"
).split()

#: Any text that can stand in a file: no lone surrogates.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)

#: YAML values, most of them odd.
values = st.one_of(
    texts,
    st.sampled_from(
        "2026-01-02 2026-13-45 yes no ~ null 1.10 0777 12:30:45 .nan .inf [a,b] {a:1} '' \"x\""
        " &a *a !!python/name:os - | > # %".split()
    ),
    st.datetimes().map(str),
)
front_matter = st.lists(st.tuples(st.sampled_from(KEYS), values), max_size=8).map(
    lambda pairs: "---\n" + "".join(f"{key}: {value}\n" for key, value in pairs) + "---\nBody.\n"
)

#: Addresses as a web form or an attacker leaves them.
_parts = st.one_of(
    st.sampled_from(
        "blog .. . %2e%2e %2f %5c \\ C: CON index index.html _static category page author x.html"
        " a.doctree Foo foo+bar ünï a%20b ' \" < * ? : # 99".split()
    ),
    st.text(max_size=12),
)
addresses = st.tuples(
    st.sampled_from(["", "/", "//", "https://o.example/", "javascript:", "http://[", "file:///"]),
    st.lists(_parts, max_size=5).map("/".join),
).map("".join)

#: Markdown of headings and of what only looks like headings.
_blocks = st.sampled_from(
    [
        "# One", "## Two ##", "### Three", "###### Six", "Under\n=====", "Under\n---",
        "Two\nlines\n---", "#NoHeading", "```\n# code\n```", "~~~\nA\n===\n~~~", "> # quote",
        "- # item", "<div>\n# html\n</div>", "    # indented", "Text", "#", "| a |\n|---|\n| b |",
        "Text\n# After", "<!-- # comment -->", "[ref]: https://x.example", "1. a\n\n   ## nested",
    ]
)  # fmt: skip
bodies = st.lists(_blocks, max_size=8).map("\n\n".join)
