"""Put the sources of a book together in `build/<edition>/book-src/<lang>`; `book/` is never written to."""

import json
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import yaml

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.book.config import book_config
from evalcore.pipeline.book.notebooks import appendix
from evalcore.pipeline.book.pages import render_pages
from evalcore.pipeline.book.places import Places
from evalcore.pipeline.book.sync import sync
from evalcore.pipeline.book.toc import table_of_contents
from evalcore.pipeline.gate.verdicts import read_withheld
from evalcore.provenance.commits import last_commits

COPIED = ("_static", "_templates")


def assemble(edition: Any, root: Path, lang: str, kind: str = "") -> Path:
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
    kind
        "draft" or "failed": every page says so. What is withheld is shown in a draft only.
    """
    places = Places(Path(root).resolve(), edition.name, lang)
    kept = {"exhibits": {}, "tasks": {}} if kind == "draft" else read_withheld(places.build)
    pages, notebooks = render_pages(edition, places), appendix(edition, places, kept["tasks"])
    captions = places.words()
    captions["entities"] = captions["entities"].format(entity=getattr(edition.entity.one, lang))
    config = book_config(edition, places, last_commits(places.root, _code_files(places)), kind)
    files = (
        dict(_copies(places, kept["exhibits"])) | notebooks | {f"{page.name}.md": page.text.encode() for page in pages}
    )
    files["_toc.yml"] = _yaml(table_of_contents(pages, notebooks, captions))
    files["_config.yml"] = _yaml(config)
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
        for name, suffix in ((f"{places.lang}.svg", ".svg"), ("data.csv", ".csv")):
            if folder.name not in withheld and (folder / name).is_file():
                yield f"_exhibits/{folder.name}{suffix}", (folder / name).read_bytes()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _code_files(places: Places) -> Iterator[str]:
    for path in sorted((places.build / "exhibits").glob("*/record.json")):
        try:
            record = json.loads(path.read_text("utf-8"))
        except ValueError as problem:
            place = path.relative_to(places.root)
            raise EvalcoreError(say(place, f"is not JSON: {problem}", remedy="run its notebook again")) from problem
        if "function" in record:
            yield record["function"]["file"]


def _yaml(content: dict[str, Any]) -> bytes:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode()
