"""Put the sources of a book together in `build/<edition>/book-src/<lang>`; `book/` is never written to."""

import json
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import yaml

from evalcore.audit import Lineage
from evalcore.pipeline.book.bundle import figures_zip, tables_zip
from evalcore.pipeline.book.config import book_config
from evalcore.pipeline.book.notebooks import appendix
from evalcore.pipeline.book.pages import render_pages
from evalcore.pipeline.book.pictures import png_of
from evalcore.pipeline.book.places import Places
from evalcore.pipeline.book.sync import sync
from evalcore.pipeline.book.toc import table_of_contents
from evalcore.pipeline.book.trail import Trail
from evalcore.pipeline.gate.verdicts import read_withheld

COPIED = ("_static", "_templates")
READER, READER_TASK = "weights/page.json", "90_weights"
"""What the page with the reader's own weights computes with, and who makes it."""


def assemble(edition: Any, root: Path, lang: str, lineage: Lineage, kind: str = "") -> Path:
    """Write the sources of the edition's book and return their folder.

    Nothing is written before everything could be read and rendered, and then only what changed.

    Parameters
    ----------
    edition
        The typed edition; name, year, title, notice, simulated, entity, entities and sources are used.
    root
        The checkout: `_config.yml`, `book/` and `build/` lie there.
    lang
        `en` or `zh`, a folder below `book/`.
    lineage
        How everything published was made; cards, audit index and pages of source tell it.
    kind
        "draft" or "failed": every page says so. What is withheld is shown in a draft only.
    """
    places = Places(Path(root).resolve(), edition.name, lang)
    kept = {"exhibits": {}, "tasks": {}} if kind == "draft" else read_withheld(places.build)
    pages, notebooks = render_pages(edition, places), appendix(edition, places, kept["tasks"])
    captions = places.words()
    captions["entities"] = captions["entities"].format(entity=getattr(edition.entity.one, lang))
    files = dict(_copies(places, kept["exhibits"])) | notebooks | Trail(lineage, pages, places, kept["tasks"]).files()
    files |= _reader(places, kept["tasks"])
    files["_files/tables.zip"] = tables_zip(places.build, kept["exhibits"])
    files["_files/figures.zip"] = figures_zip(files)
    files |= {f"{page.name}.md": page.text.encode() for page in pages}
    files["_toc.yml"] = _yaml(table_of_contents(pages, notebooks, captions))
    files["_config.yml"] = _yaml(book_config(edition, places, kind))
    sync(places.source, files)
    return places.source


def _copies(places: Places, withheld: Container[str]) -> Iterator[tuple[str, bytes]]:
    """Yield what is taken as it is: style, templates, pictures of pages, pictures and data of shown exhibits."""
    for folder in (places.root / "book" / name for name in COPIED):
        yield from ((path.relative_to(folder.parent).as_posix(), path.read_bytes()) for path in _files(folder))
    for path in _files(places.pages):
        if path.suffix != ".md":
            yield path.relative_to(places.pages).as_posix(), path.read_bytes()
    for folder in sorted((places.build / "exhibits").glob("*/")):
        if folder.name not in withheld:
            yield from _exhibit(folder, places)


def _reader(places: Places, withheld: Container[str]) -> dict[str, bytes]:
    """Return the data of the reader's own weights, as a script: a page opened from disk may not fetch."""
    page = places.build / READER
    if READER_TASK in withheld or not page.is_file():
        return {}
    data = json.dumps(json.loads(page.read_text("utf-8")), ensure_ascii=False, separators=(",", ":"))
    return {"_reader/weights.js": f"window.evalcoreWeightsPage = {data};\n".encode()}


def _exhibit(folder: Path, places: Places) -> Iterator[tuple[str, bytes]]:
    data, drawn = folder / "data.csv", folder / f"{places.lang}.svg"
    if data.is_file():
        yield f"_exhibits/{folder.name}.csv", data.read_bytes()
    if drawn.is_file():
        svg = drawn.read_bytes()
        yield f"_exhibits/{folder.name}.svg", svg
        yield f"_exhibits/{folder.name}.png", png_of(folder.name, svg, places)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _yaml(content: dict[str, Any]) -> bytes:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode()
