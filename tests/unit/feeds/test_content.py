"""What a feed holds of a page."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.feeds.content import feed_content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

PAGE = "https://s.example/docs/blog/a.html"

#: As Sphinx writes a post.
POST = """
<section class="blog-post" id="a-post">
<span id="old"></span><h1>A post<a class="headerlink" href="#a-post" title="Link">¶</a></h1>
<p class="blog-byline"><span class="blog-published">By <a href="author/a.html">A</a></span></p>
<div class="blog-preview admonition note">
<p class="admonition-title">Note</p>
<p>Preview: this post is a draft.</p>
</div>
<p>Text</p>
<ul class="blog-posts"><li><p class="blog-byline">By somebody</p></li></ul>
<h2>Head<a class="headerlink" href="#head" title="Link">¶</a></h2>
</section>
"""


def rewritten(body: str) -> str:
    return feed_content(body, PAGE)


def attribute(html: str, name: str) -> str | None:
    """Return an attribute of the one element, as a browser reads it."""
    (element,) = elements(html)
    value = element.get(name)
    return None if value is None else str(value)


def parsed(html: str, *, scripting: bool = False) -> Element:
    """Return a fragment as a browser reads it."""
    tree: Element = html5lib.parseFragment(html, namespaceHTMLElements=False, scripting=scripting)
    return tree


def as_xml(html: str) -> str:
    return ET.canonicalize(ET.tostring(parsed(html), encoding="unicode"))


def elements(html: str, *, scripting: bool = False) -> list[Element]:
    """Return every element in a fragment, as a browser finds them."""
    return list(parsed(html, scripting=scripting).iter("*"))[1:]


def test_title_byline_and_links_to_headings_are_left_out() -> None:
    assert re.sub(r"\n+", "\n", rewritten(POST)).strip() == (
        '<section class="blog-post" id="a-post">\n<span id="old"></span>\n<p>Text</p>\n'
        '<ul class="blog-posts"><li><p class="blog-byline">By somebody</p></li></ul>\n'
        "<h2>Head</h2>\n</section>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "a &amp; b &lt; &nbsp; ü 漢 \u202e",
        '<pre><span class="k">if</span> a &lt; b:\n\n    c  = "d"\n</pre>',
        '<p class="x" hidden="" data-y="1" aria-label="z">a<br>b</p>',
        '<p style="color: red;text-align: center">a</p>',
        '<figure id="f"><picture><source media="(min-width: 1px)" '
        'srcset="https://x.example/a.webp 2x">'
        '<img alt="" src="https://x.example/a.png" width="3"></picture>'
        "<figcaption>a</figcaption></figure>",
        '<video controls="" poster="https://x.example/p.png"><source src="https://x.example/a.mp4">'
        '<track kind="captions" src="https://x.example/a.vtt" srclang="en"></video>',
        '<audio controls="" src="https://x.example/a.ogg"></audio>',
        '<iframe allowfullscreen="" src="https://v.example/e?a=1&amp;b=2" width="3"></iframe>',
        '<object data="https://x.example/g.svg" type="image/svg+xml">a</object>',
        '<svg viewBox="0 0 1 1"><defs><linearGradient id="x"></linearGradient></defs>'
        '<use href="#x"></use><path d="M0 0" fill="url(#x)"></path><title>a</title></svg>',
        '<math display="block"><semantics><mrow><mi mathvariant="bold">x</mi><mo>=</mo></mrow>'
        '<annotation encoding="application/x-tex">x=</annotation></semantics></math>',
        '<table border="1"><colgroup><col span="2"></colgroup><tbody><tr>'
        '<td colspan="2">a</td></tr></tbody></table>',
        '<details open=""><summary>a</summary><dl><dt id="t">b</dt><dd>c</dd></dl></details>',
        '<ul><li><input checked="" disabled="" type="checkbox"> a</li></ul>',
        '<aside role="note"><h2>a</h2></aside><h6>b</h6><del cite="https://x.example/">c</del>',
        '<img alt="" src="data:image/png;base64,AAAA">',
        '<a href="mailto:a@b.example">m</a><a href="tel:1">t</a><a href="HTTP://x.example/../a?">',
        '<a href="https://x.example/" rel="license" title="javascript: the good parts">t</a>',
        '<span class="problematic" id="p">:ref:`x`</span>',
    ],
)
def test_what_posts_show_stays(html: str) -> None:
    assert as_xml(rewritten(html)) == as_xml(html)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("a<script>b</script>c", "ac"),
        ("a<SCRIPT src=x>b<b>'</SCRIPT\n>c", "ac"),
        ("a<style>b</style >c<template><p>d</p></template>e", "ace"),
        ("a<!-- b > c -->d<!-->e<!doctype x>i<?php x?>j</>k", "adeijk"),
        ("a<![CDATA[b]]>c<!b>d</ b>e", "acde"),
        ('<base href="/"><meta http-equiv="refresh" content="0"><link rel="x" href="/y">a', "a"),
        ("<noscript><b>x</b></NOSCRIPT >a<noscript", "<b>x</b>a"),
        ("<form action=x><select><option>a</select><textarea>b</textarea></form>c", "abc"),
        ("<x-y>a</x-y><embed src=x>b", "ab"),
        ('<aside class="a system-message"><p>x</p></aside>a', "a"),
        ("<div class=system-message>x<div>y</div>z</div>a", "a"),
        ("<A Class='system-message' id=x>x</A>b", "b"),
        ("<svg><style/></svg>a", "<svg></svg>a"),
        ("<svg><set attributeName=href to='javascript:x'/></svg>a", "<svg></svg>a"),
        ("<iframe src='https://x.example/'><![x[ <p onclick=x> </div></iframe>a",
         '<iframe src="https://x.example/"></iframe>a'),
        ('<div class="system-message"><iframe><div></iframe></div>a', "a"),
        ("\x00a\x0b\ufffeb\ud800&#1;", "ab"),
        ("a<", "a&lt;"),
        ("<![x[<p>a", "a"),
    ],
)  # fmt: skip
def test_what_only_browsers_need_is_left_out(html: str, kept: str) -> None:
    assert rewritten(html) == kept


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (
            r'<p>So <span class="math notranslate">\(a &lt; \frac{1}{2}\)</span>.</p>',
            r"<p>So <code>a &lt; \frac{1}{2}</code>.</p>",
        ),
        (
            '<div class="math" id="e"><span class="eqno">(1)<a class="headerlink">¶</a></span>'
            "\\[x\n\\]</div>",
            '<div class="math" id="e"><span class="eqno">(1)</span>'
            "<pre><code>x\n</code></pre></div>",
        ),
        (
            r'<div class="amsmath math">\[x\]</div>',
            '<div class="amsmath math"><pre><code>x</code></pre></div>',
        ),
        # Pictures of formulas, and MathML, need no script; other text is no formula.
        *(
            (html, html)
            for html in (
                '<span class="math"><img src="https://s.example/m.png" alt="x"></span>',
                '<span class="math"><math><mi>x</mi></math></span>',
                r"<p>\(x\)</p>",
                r'<span class="aftermath">\(x\)</span>',
            )
        ),
    ],
)
def test_formulas_are_readable_without_scripts(html: str, kept: str) -> None:
    assert rewritten(html) == kept


def test_an_endless_formula_takes_no_long_time() -> None:
    html = '<div class="math">' + " " * 200_000 + "</div>"
    assert len(rewritten(html)) == len(html)


def test_what_is_in_a_frame_is_left_out_whatever_its_attributes_hold() -> None:
    assert rewritten("<iframe title='>' data-\"='x'><p></iframe>a").endswith("></iframe>a")


def test_only_the_byline_of_the_post_itself_is_left_out() -> None:
    for html in ('<p class="blog-byline">a</p>', '<div class="blog-preview">a</div>'):
        assert rewritten(f"<h1>t</h1>\n{html}") == "\n"
        assert rewritten(f"<h1>t</h1><p>x</p>{html}") == f"<p>x</p>{html}"
        assert rewritten(html) == html
    assert rewritten("<h1>t</h1><h1>u</h1>") == "<h1>u</h1>"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p onclick=x>", "<p></p>"),
        ("<p id=y OnClick = 'x' title=z>", '<p id="y" title="z"></p>'),
        ('<img onerror="x" />', "<img>"),
        ("<svg/onload=x>", "<svg></svg>"),
        ("<iframe srcdoc='<p>'></iframe>", "<iframe></iframe>"),
        ('<img """><script>x</script>">', '<img>"&gt;'),
        ("<a/=x onclick=y ping=z>", "<a></a>"),
        ("<b style='width: expression(x); color: red; -moz-binding:url(y)'>",
         '<b style=" color: red"></b>'),
        ("<b style='background: url(x)'>", "<b></b>"),
        ("<b data-\"x=1 data-'y data-<z data-w=2>", '<b data-w="2"></b>'),
        ("<button formaction=x>a</button>", "<button>a</button>"),
    ],
)  # fmt: skip
def test_scripts_in_attributes_are_left_out(html: str, kept: str) -> None:
    assert rewritten(html) == kept


@pytest.mark.parametrize(
    "url",
    [
        "javascript:x",
        "  JaVaScRiPt:x",
        "java\tscript:x",
        "java\r\nscript\n:x",
        "&#x6a;avascript:x",
        "&#106avascript:x",
        "&#" + "0" * 5000 + "106;avascript:x",
        "java&Tab;script&colon;x",
        "&#1;javascript:x",
        "\x01javascript:x",
        "java\x00script:x",
        "vbscript:x",
        "data:text/html,x",
    ],
)
@pytest.mark.parametrize(
    "tag",
    ["a href", "area href", "img src", "iframe src", "video poster", "object data", "q cite",
     "svg href", "svg xlink:href"],
)  # fmt: skip
def test_urls_that_are_programs_are_left_out(tag: str, url: str) -> None:
    name = tag.partition(" ")[0]
    assert rewritten(f'<{tag}="{url}"></{name}>').replace(f"</{name}>", "") == f"<{name}>"


@pytest.mark.parametrize(
    ("url", "made"),
    [
        ("b.html", "https://s.example/docs/blog/b.html"),
        ("../_images/x y.png", "https://s.example/docs/_images/x%20y.png"),
        ("/img/x.png?a=1&amp;b=2", "https://s.example/img/x.png?a=1&b=2"),
        ("x?a=1&copy=2&lt;&amp=3&ampx", "https://s.example/docs/blog/x?a=1&copy=2<&amp=3&ampx"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("\\\\cdn.example\\x?\\", "https://cdn.example/x?/"),
        ("#part", PAGE + "#part"),
        ("?q", PAGE + "?q"),
        ("", PAGE),
        (" b\n.html ", "https://s.example/docs/blog/b.html"),
        ("https:b.html", "https://s.example/docs/blog/b.html"),
        ("../../../../x", "https://s.example/x"),
        ("1x:y", "https://s.example/docs/blog/1x:y"),
        ("https://x.example/ü?", "https://x.example/ü?"),
        ("//[", None),
        ("&#99999999999;", "https://s.example/docs/blog/\ufffd"),
    ],
)
def test_urls_are_made_absolute(url: str, made: str | None) -> None:
    assert attribute(rewritten(f'<a href="{url}">'), "href") == made


@pytest.mark.parametrize(
    "tag",
    [
        "<img src=x>",
        "<IMG SRC='x' alt>",
        "<source src=x>",
        "<video poster = x>",
        "<iframe src=x></iframe>",
        "<blockquote cite=x>",
        "<object data=x>",
        "<img longdesc=x>",
        "<img srcset='x 2x'>",
        "<area href=x>",
    ],
)
def test_every_attribute_with_a_url_is_known(tag: str) -> None:
    (element,) = elements(rewritten(tag))
    assert "https://s.example/docs/blog/x" in " ".join(element.attrib.values())


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("a.png", "{}a.png"),
        ("a.png 1x, b.png 2x", "{}a.png 1x, {}b.png 2x"),
        ("a.png, b.png 2x", "{}a.png, {}b.png 2x"),
        ("a,b.png 1x,c.png", "{}a,b.png 1x, {}c.png"),
        (", ,a.png 100w , b.png", "{}a.png 100w, {}b.png"),
        ("data:image/png;base64,AA 1x, b.png 2x", "data:image/png;base64,AA 1x, {}b.png 2x"),
        ("\n a.png\n 1x \n", "{}a.png\n 1x"),
        ("https://x.example/a,b 1x", "https://x.example/a,b 1x"),
        (",", None),
        ("javascript:x 1x, a.png", "{}a.png"),
        ("java&Tab;script:x 1x", "{}java\tscript:x 1x"),
        ("data:text/html,x", None),
    ],
)
def test_a_set_of_pictures_is_read_as_browsers_do(written: str, made: str | None) -> None:
    expected = made and made.replace("{}", "https://s.example/docs/blog/")
    assert attribute(rewritten(f'<img srcset="{written}">'), "srcset") == expected


#: What is read in one way by some and in another way by others, in pieces.
PIECES = (
    *"<>/='\"&;!?-#: \n`",
    *"<!-- --> --!> <![CDATA[ ]]> </ /> <? <script> </script> </script/x <p title=' \">".split(),
    *"<h1> </h1> <svg> </svg> <math> <mtext> <style> </style> <style/> <title> </title>".split(),
    *"<textarea> </textarea> <iframe> </iframe> <xmp> </xmp> <noscript> </noscript>".split(),
    *"<plaintext> <select> <option> </select> <template> </template> <table> <noembed>".split(),
    *"<foreignObject> <desc> <annotation-xml> <base> <a </a <form> <frameset>".split(),
    "<img src=x onerror=y>",
    '<img src="a.png" srcset="a.png, b 2x">',
    "<a href='javascript:x'>",
    '<a class="headerlink" href="#x">',
    '<p class="blog-byline">',
    "<svg><a xlink:href='x'>",
    ' title="',
    " onload=x",
    "&#106;",
    "&lt;",
    "text",
    "\x00",
    "\u0130",
)
SHORT = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
ADDRESSES = ("href", "src", "poster", "action", "cite", "background", "longdesc", "formaction")


def problems(html: str, *, scripting: bool) -> Iterator[str]:
    """Yield what a browser would run in a fragment, or would look for in the wrong place."""
    for element in elements(html, scripting=scripting):
        tag = str(element.tag).rpartition("}")[2].lower()
        if tag in {"script", "style", "template", "base", "meta", "link", "noscript"}:
            yield tag
        for key, value in element.items():
            name = str(key).rpartition("}")[2]
            if name.startswith("on") or name == "srcdoc":
                yield name
            inside = tag not in {"a", "area"} and value.startswith("#")
            if name in ADDRESSES and value.strip() and not inside and not SHORT.match(value):
                yield f"{name}={value}"
            if "javascript:" in value and name in ADDRESSES:
                yield value


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25).map("".join))
def test_whatever_is_written_no_script_and_no_relative_address_is_left(text: str) -> None:
    made = rewritten(text)
    assert list(problems(made, scripting=False)) == []
    assert list(problems(made, scripting=True)) == []
    made.encode()


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25).map("".join))
def test_what_a_feed_holds_is_not_changed_again(text: str) -> None:
    made = rewritten(text.replace("h1", "h2"))
    assert rewritten(made) == made


@given(st.text())
def test_text_stays_as_it_is(text: str) -> None:
    text = re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd]", "", text)
    (paragraph,) = elements(rewritten(f"<p>{escape(text)}</p>"))
    assert (paragraph.text or "") == text


def test_elements_in_each_other_are_kept_at_any_depth() -> None:
    depth = 2000
    assert rewritten("<div>" * depth + "a" + "</div>" * depth).count("<div>") == depth
