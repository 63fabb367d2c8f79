"""An allow-list for markup in outputs of notebooks: myst-nb writes it into pages as it is."""

import re

TAGS = re.compile(
    "table|thead|tbody|tfoot|tr|th|td|caption|colgroup|col|div|span|p|br|hr|b|strong|i|em|u|code|pre|small|sub|sup|"
    "ul|ol|li|dl|dt|dd|h[2-6]|blockquote|figure|figcaption|details|summary|abbr|a|img"
)
ATTRIBUTES = re.compile("class|id|style|scope|colspan|rowspan|border|align|title|lang|dir|alt|href|src")
# One attribute or one whole tag, strictly: what a browser might read differently is not let through.
ATTRIBUTE = re.compile(r"""\s+([A-Za-z][A-Za-z-]*)(?:=("[^"<>]*"|'[^'<>]*'|[A-Za-z0-9.%#_-]+))?""")
TAG = re.compile(rf"</?([A-Za-z][A-Za-z0-9]*)((?:{ATTRIBUTE.pattern})*)\s*/?>")
OPENS = re.compile(r"<(?=[A-Za-z/!?])")
STYLE = re.compile(r"<style(?: scoped(?:=\"\")?)?>([^<]*)</style>")
# Character references and backslashes are refused with them: a browser would read a forbidden word through them.
LOADS = re.compile(r"url\s*\(|@import|expression\s*\(|javascript:|\\|&", re.IGNORECASE)
LINK = re.compile(r"(https?://|mailto:|#|[\w./-]+$)", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=\s]+$")
MARKDOWN_LINK = re.compile(r"(\]\(|^\s*\[[^]]+\]:)\s*<?\s*(javascript|vbscript|data):", re.IGNORECASE | re.MULTILINE)
SVG_ACTIVE = re.compile(
    r"<\s*(\w+:)?(script|foreignObject|iframe|animate|set)\b|[\s/\"']on\w+\s*=|javascript:|<!ENTITY|@import"
    r"|href\s*=\s*[\"'](?!#|data:image/(png|jpeg);base64,)|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)
SHOWN = 60


def unsafe_html(text: str) -> str | None:
    """Return the first piece of HTML or Markdown that is not on the allow-list, None where all is well."""
    if found := MARKDOWN_LINK.search(text):
        return _excerpt(text, found.start())
    opening = OPENS.search(text)
    while opening:
        piece = _allowed(text, opening.start())
        if piece is None:
            return _excerpt(text, opening.start())
        opening = OPENS.search(text, piece.end())
    return None


def _allowed(text: str, start: int) -> re.Match | None:
    """Return the harmless style or tag that begins here; what comes next is looked for only after its end."""
    style = STYLE.match(text, start)
    if style:
        return None if LOADS.search(style[1]) else style
    tag = TAG.match(text, start)
    return tag if tag and TAGS.fullmatch(tag[1].lower()) and not _bad_attribute(tag) else None


def unsafe_svg(text: str) -> str | None:
    """Return the first active or loading piece of an SVG, None where it only draws."""
    found = SVG_ACTIVE.search(text)
    return _excerpt(text, found.start()) if found else None


def _bad_attribute(tag: re.Match) -> bool:
    pairs = [(name.lower(), value.strip("\"'")) for name, value in ATTRIBUTE.findall(tag[2])]
    attributes = dict(pairs)
    # Of an attribute given twice a browser takes the first, a dict the last.
    unknown = len(attributes) < len(pairs) or not all(ATTRIBUTES.fullmatch(name) for name in attributes)
    if unknown or LOADS.search(attributes.get("style", "")):
        return True
    if "href" in attributes and not LINK.match(attributes["href"]):
        return True
    is_picture = tag[1].lower() == "img" and not tag[0].startswith("</")
    return is_picture and not (attributes.get("alt") and PICTURE.match(attributes.get("src", "")))


def _excerpt(text: str, start: int) -> str:
    return repr(text[start : start + SHOWN])
