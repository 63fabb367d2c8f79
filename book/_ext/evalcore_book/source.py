"""Pages of source: every file of code that a card or the audit index names, highlighted, an anchor on each line."""

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from evalcore_book.links import linked, site_link

FIRST = "en"
"""Source is the same in every language: its pages stand once, in the first book, and the others lead there."""

FOLDER = "_code"
"""Below the sources: the files as they are in the checkout."""


def code_link(code: dict, lang: str, named: bool = False) -> site_link | nodes.inline:
    """Build a link to a function's first line; `named` says the function's whole name before it."""
    place = linked(f"{code['file']}:{code['line']}", _page(code["file"], lang), f"line-{code['line']}", code=True)
    return nodes.inline("", "", nodes.literal("", code["name"]), nodes.Text(" · "), place) if named else place


def _page(file: str, lang: str) -> str:
    return f"{'' if lang == FIRST else f'../{FIRST}/'}code/{file.removesuffix('.py')}"


def _pages(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    folder = Path(app.srcdir, FOLDER)
    wanted = app.builder.format == "html" and app.config.evalcore_lang == FIRST
    for path in sorted(folder.rglob("*.py")) if wanted else ():
        name = path.relative_to(folder).as_posix()
        listing = app.builder.highlighter.highlight_block(path.read_text("utf-8"), "python", linespans="line")
        heading = f"<h1><code>{name}</code></h1>"
        yield _page(name, FIRST), {"title": name, "body": f"<section>{heading}{listing}</section>"}, "page.html"


def setup(app: Sphinx) -> None:
    """Add the pages when the others are written."""
    app.connect("html-collect-pages", _pages)
