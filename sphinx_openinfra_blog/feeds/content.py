"""Turn the body of a built page into feed content.

nh3 does the cleaning: it reads HTML as browsers do, at any depth, and is made for what is hostile.
lxml, tried beside it, is faster, but has no cleaner to trust, reads HTML 5 only with a recent
libxml2, and loses a post with more than 255 elements in each other.
"""

from __future__ import annotations

import re
from functools import partial
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import nh3

from sphinx_openinfra_blog.model import srcset_images

from .values import xml_text

# What a post can show without running anything. Other elements are replaced by their content.
_TAGS: Final = nh3.ALLOWED_TAGS | set(
    # HTML
    "address audio big button dialog fieldset font iframe input label legend main menu meter "
    "object output picture progress search section source tfoot track video "
    # MathML
    "math maction annotation menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded "
    "mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext "
    "mtr munder munderover none semantics "
    # SVG
    "svg circle clipPath defs desc ellipse g line linearGradient marker mask path pattern polygon "
    "polyline radialGradient rect stop symbol text title tspan use".split()
)
_VOID: Final = frozenset("area br col hr img input source track wbr".split())

_URLS: Final = frozenset({"cite", "data", "href", "longdesc", "poster", "src"})
_ATTRIBUTES: Final = (_URLS - {"data"}) | set(
    # HTML
    "abbr align allow allowfullscreen alt autoplay bgcolor border cellpadding cellspacing checked "
    "class clear color colspan controls coords crossorigin datetime decoding default dir disabled "
    "download face for frameborder headers height hidden high hreflang id ismap kind label lang "
    "loading loop low max media min muted name nowrap open optimum playsinline preload "
    "referrerpolicy rel reversed role rowspan sandbox scope scrolling shape size sizes span "
    "srclang srcset start style summary tabindex target title translate type usemap valign value "
    "width "
    # MathML
    "accent accentunder close columnalign columnlines columnspacing columnspan depth display "
    "displaystyle encoding fence form frame largeop linethickness lspace mathbackground mathcolor "
    "mathsize mathvariant maxsize minsize movablelimits notation rowalign rowlines rowspacing "
    "rspace scriptlevel separator separators stretchy symmetric voffset xmlns "
    # SVG
    "clip-path clip-rule cx cy d dx dy fill fill-opacity fill-rule font-family font-size "
    "font-style font-weight fx fy gradientTransform gradientUnits marker-end marker-mid "
    "marker-start markerHeight markerUnits markerWidth offset opacity orient patternTransform "
    "patternUnits points preserveAspectRatio r refX refY rx ry spreadMethod stop-color "
    "stop-opacity stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-opacity stroke-width text-anchor transform version viewBox x x1 x2 y y1 y2".split()
)
_SCHEMES: Final = nh3.ALLOWED_URL_SCHEMES | {"data", "matrix"}
_RULES: Final[dict[str, Any]] = {
    "tags": _TAGS,
    "clean_content_tags": {"script", "style", "template"},
    "attributes": {"*": _ATTRIBUTES, "object": {"data"}},
    "generic_attribute_prefixes": {"aria-", "data-"},
    "url_schemes": _SCHEMES,
    "link_rel": None,
}
# Names of ``data-`` attributes with quotes are not the same to every parser.
_PLAIN_NAME: Final = re.compile(r"[\w.:-]+")
_CLEANER: Final = nh3.Cleaner(**_RULES)
# nh3 reads text in it, as browsers with scripts do; feed readers run none.
_NOSCRIPT: Final = re.compile(r"</?noscript\b[^>]*+(?:>|\Z)", re.IGNORECASE)

# What nh3 writes of one. It does not clean its content, which browsers do not show.
_IFRAME: Final = re.compile(
    r'(<iframe(?: [^\s=]+="[^"]*+")*+>)[^<]*+(?:<(?!/iframe>)[^<]*+)*+</iframe>'
)

# Formulas, as the parser below leaves them, whose TeX a script is to draw between two marks. A
# reader that knows no MathML would show a fraction of one and two as twelve; TeX is right in all.
_CLASS_MATH: Final = r'class="(?:[^" ]+ )*math(?: [^"]*)?"'
_INLINE_MATH: Final = re.compile(rf"<span {_CLASS_MATH}[^>]*>\\\(([^<]*)\\\)</span>")
_MATH_BLOCK: Final = re.compile(
    rf'(<div {_CLASS_MATH}[^>]*>\s*+(?:<span class="eqno">[^<]*</span>\s*+)?)'
    r"\\\[([^<]*)\\\]\s*</div>"
)

#: Classes of what Sphinx adds for readers of the page, or for its authors.
_UNWANTED: Final = frozenset({"headerlink", "system-message"})
#: Classes of the blog's own parts between a post's title and its body.
_HEADING: Final = frozenset({"blog-byline", "blog-categories", "blog-hero", "blog-preview"})
#: How the last part of a post's page begins.
_FOOT: Final = '<div class="blog-foot">'


def feed_content(body: str, page: str) -> str:
    """Return the content that a feed has of a page.

    The title, what is around the text, permalinks, scripts and style sheets are removed; URLs
    become absolute, and formulas that a script would draw their TeX.

    :param body: the HTML of a document as Sphinx writes it, with raw HTML from anyone in it.
    :param page: the absolute URL of the page.
    """
    # Python's own parser reads clean HTML as browsers do. What comes of it is cleaned again, so
    # that no harm depends on that.
    parser = _BodyParser()
    if _FOOT in body:
        # The last one is ours: whatever a post's own HTML says comes before.
        body = body[: body.rindex(_FOOT)]
    clean = _CLEANER.clean(_NOSCRIPT.sub("", xml_text(body)))
    parser.feed(_IFRAME.sub(r"\1</iframe>", clean))
    parser.close()
    cleaner = nh3.Cleaner(**_RULES, attribute_filter=partial(_attribute, page))
    html = _INLINE_MATH.sub(r"<code>\1</code>", "".join(parser.parts))
    html = _MATH_BLOCK.sub(r"\1<pre><code>\2</code></pre></div>", html)
    return xml_text(cleaner.clean(html))


def _attribute(page: str, tag: str, name: str, value: str) -> str | None:
    """Return the value that an attribute has in a feed, or ``None`` to drop it."""
    if not _PLAIN_NAME.fullmatch(name):
        return None
    if name == "srcset":
        found = [(_absolute(page, tag, url), size) for url, size in srcset_images(value)]
        return ", ".join(f"{url}{size}" for url, size in found if url) or None
    if name == "style":
        # Nothing runs and nothing is loaded without a function.
        return ";".join(part for part in value.split(";") if "(" not in part) or None
    if name not in _URLS or (tag not in {"a", "area"} and value.startswith("#")):
        return value
    return _absolute(page, tag, value) if value.strip() or name == "href" else None


def _absolute(page: str, tag: str, url: str) -> str | None:
    """Return a URL made absolute, or ``None`` if it is invalid or its scheme not allowed."""
    url = url.strip()
    try:
        if not all(urlsplit(url)[:2]):  # without a scheme or host
            url = urljoin(page, url.replace("\\", "/"))
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    if scheme == "data" and not (tag in {"img", "source"} and url.startswith("data:image/")):
        return None
    return url.replace(" ", "%20") if scheme in _SCHEMES else None


class _BodyParser(HTMLParser):
    """Removes the title, permalinks and the like from clean HTML, which closes every element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._cut = 0  # depth in removed elements
        self._titled = False  # the title has been seen
        self._heading = False  # and nothing of the body yet

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._cut and not self._is_cut(tag, dict(attrs).get("class") or ""):
            self._heading = False
            self.parts.append(self.get_starttag_text() or "")
        elif tag not in _VOID:
            self._cut += 1

    def _is_cut(self, tag: str, classes: str) -> bool:
        if tag == "h1" and not self._titled:
            self._titled = self._heading = True
            return True
        unwanted = _UNWANTED | _HEADING if self._heading else _UNWANTED
        return not unwanted.isdisjoint(classes.split())

    def handle_endtag(self, tag: str) -> None:
        if self._cut:
            self._cut -= 1
        else:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._cut:
            self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")
