"""Whether the site shows what is there now: pages, appendix and exhibits against what they were built from."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evalcore.pipeline.book.building import mark_path
from evalcore.pipeline.book.fingerprint import fingerprint
from evalcore.pipeline.book.notebooks import appendix
from evalcore.pipeline.book.pages import render_pages
from evalcore.pipeline.book.places import Places
from evalcore.pipeline.gate.verdicts import read_withheld

SHOWS = re.compile(r"```\{exhibit\}\s+([a-z0-9-]+)")


def stale_pages(edition: Any, root: Path, lang: str) -> Iterator[tuple[str, str]]:
    """Yield (page or part of the site, what it does not show); nothing where all pages are up to date.

    Bytes of pages are not compared, and commits do not count.
    """
    places = Places(Path(root).resolve(), edition.name, lang)
    if not (places.site() / "index.html").is_file():
        yield f"site/{lang}", "there is none that may be published"
        return
    pages = {f"{page.name}.md": page.text.encode() for page in render_pages(edition, places)}
    for name, content in pages.items():
        if _bytes(places.source / name) != content:
            yield f"site/{lang}/{name.removesuffix('.md')}.html", "its text or the edition changed since it was built"
    for name, content in appendix(edition, places, read_withheld(places.build)["tasks"]).items():
        if _bytes(places.source / name) != content:
            yield f"site/{lang}/{name.removesuffix('.ipynb')}.html", "the executed notebook changed since it was built"
    yield from _exhibits(pages, places)
    mark = mark_path(places, "")
    if not mark.is_file() or mark.read_text() != fingerprint(places):
        yield f"site/{lang}", "tables, numbers, records or style changed since its pages were built"


def _exhibits(pages: dict[str, bytes], places: Places) -> Iterator[tuple[str, str]]:
    """Pages that show a picture or offer data other than the published ones."""
    for name, content in pages.items():
        for exhibit in SHOWS.findall(content.decode()):
            folder = places.build / "exhibits" / exhibit
            copies = {f"{exhibit}.svg": folder / f"{places.lang}.svg", f"{exhibit}.csv": folder / "data.csv"}
            old = [copy for copy, path in copies.items() if _bytes(places.source / "_exhibits" / copy) != _bytes(path)]
            if old:
                page = f"site/{places.lang}/{name.removesuffix('.md')}.html"
                yield page, f"shows {', '.join(old)} as before the last run"


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
