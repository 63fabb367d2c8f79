"""What no reader needs is left out: source maps, catalogues of words, every form of the icons but one font.

The theme brings its icons twice, as a script of 1.5 MB that draws 2,000 of them and as fonts; the nine it shows come
from one font of 0.2 MB. It loads the index of the search with every page, though only the page of the search asks it.
Its words that nobody translated are put into the book's language here as well.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx

from evalcore_book.lean import lean

DROPPED = (
    *("**/*.map", "_static/scripts/fontawesome.js*", "_static/vendor/fontawesome/webfonts/*"),
    *("_static/locales/**/*.[mp]o", "_static/images/logo_*", "_static/*webpack-macros.html"),
)
KEPT = {"fa-solid-900.woff2"}
ICON_SCRIPT = re.compile(r"\s*<script[^>]*fontawesome\.js[^>]*></script>")
SEARCH_SCRIPT = re.compile(r'\s*<script[^>]*src="[^"]*(?:searchtools|language_data|searchindex)\.js[^>]*></script>')
SEARCH = "search.html"
MAP = re.compile(r"\n?(//[#@] sourceMappingURL=\S+|/\*[#@] sourceMappingURL=.*?\*/)\s*$")
PLURAL = re.compile(r"new Function\(\s*\"n\",\s*`return \(\$\{catalog\.plural_expr\}\)`,?\s*\)")
"""Sphinx makes a function of a translation's rule for plurals, which the policy forbids; no text here has a plural."""
THEME_WORDS = {
    "zh": {
        "Color mode": "配色",
        "System Settings": "跟随系统",
        "Toggle primary sidebar": "显示或隐藏目录",
        "Toggle secondary sidebar": "显示或隐藏本页内容",
        "Skip to main content": "跳到正文",
        "Copy to clipboard": "复制",
    }
}


def _slim(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for path in [found for pattern in DROPPED for found in out.glob(pattern) if found.name not in KEPT]:
        path.unlink(missing_ok=True)
    for path in [*out.glob("_static/**/*.js"), *out.glob("_static/**/*.css")]:
        _rewrite(path, lambda text: MAP.sub("\n", text))
    _rewrite(out / "_static/doctools.js", lambda text: PLURAL.sub("(n) => Number(n !== 1)", text))
    told = THEME_WORDS.get(app.config.evalcore_lang, {})
    for path in out.rglob("*.html"):
        loaded = SEARCH_SCRIPT if path != out / SEARCH else ICON_SCRIPT
        _rewrite(path, lambda text, loaded=loaded: lean(_said(loaded.sub("", ICON_SCRIPT.sub("", text)), told)))


def _said(html: str, words: dict[str, str]) -> str:
    for english, own in words.items():
        html = html.replace(f'"{english}"', f'"{own}"').replace(f">{english}<", f">{own}<")
    return html


def _rewrite(path: Path, change) -> None:
    text = path.read_text("utf-8")
    changed = change(text)
    if changed != text:
        path.write_text(changed, "utf-8")


def setup(app: Sphinx) -> None:
    """Run after every page is written, before the policy counts its scripts."""
    app.connect("build-finished", _slim, priority=940)
