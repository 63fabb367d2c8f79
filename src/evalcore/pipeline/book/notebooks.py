"""Executed notebooks as pages of the appendix: parameters folded away, machine paths taken out."""

import json
import re
from collections.abc import Callable, Container
from pathlib import Path
from typing import Any

import yaml

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.book.inert import inert
from evalcore.pipeline.book.places import Places

PARAMETER_TAGS = {"parameters", "injected-parameters"}
TITLES = "book/notebooks.yml"
"""Headings of the notebooks where the book is not in their language."""
HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
PYTHON = {"name": "python", "pygments_lexer": "ipython3", "file_extension": ".py", "mimetype": "text/x-python"}


def appendix(edition: Any, places: Places, withheld: Container[str]) -> dict[str, bytes]:
    """Return `appendix/<task>.ipynb` for every executed notebook; those of withheld tasks without their outputs."""
    folder = places.build / "notebooks"
    names = {entity.id: getattr(entity.name, places.lang) for entity in edition.entities}
    paths, titles = sorted(folder.glob("*.ipynb")), _titles(places)
    return {f"appendix/{path.name}": _page(path, names, titles, places, path.stem in withheld) for path in paths}


def _titles(places: Places) -> dict[str, str] | None:
    """Return notebook -> heading in the book's language; None where the notebooks' own ones serve."""
    if places.lang == "en":
        return None
    path = places.root / TITLES
    return yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}


def _page(path: Path, names: dict[str, str], titles: dict[str, str] | None, places: Places, withheld: bool) -> bytes:
    try:
        text = path.read_text("utf-8")
        notebook = json.loads(_without_root(text, places.root))
    except ValueError as problem:
        raise EvalcoreError(
            say(f"notebooks/{path.name}", f"is not a notebook: {problem}", remedy="run it again")
        ) from problem
    item, stem = _item(places.build / "records" / f"{path.stem}.json", path.stem)
    notebook["metadata"] = {"language_info": PYTHON}  # papermill's times and paths stay behind
    notebook["cells"] = [_cell(cell, withheld) for cell in notebook["cells"]]
    if titles is not None:
        _rename(notebook["cells"], lambda _: _translated(stem, titles))
    if item is not None:
        named = places.words()["notebook_of"]
        _rename(notebook["cells"], lambda heading: named.format(heading=heading, item=inert(names.get(item, item))))
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _without_root(text: str, root: Path) -> str:
    """Replace the checkout's folder by a dot: the site is read elsewhere."""
    return re.sub(re.escape(root.as_posix()) + r"""(?=[/"'\\])""", ".", text)


def _item(record: Path, stem: str) -> tuple[str | None, str]:
    """Return the item of a notebook that is repeated, and the notebook's name without it."""
    told = json.loads(record.read_text("utf-8")) if record.is_file() else {}
    return told.get("item"), Path(told.get("notebook", stem)).stem


def _translated(stem: str, titles: dict[str, str]) -> str:
    if stem not in titles:
        remedy = f"add a line `{stem}: …` in the book's language"
        raise EvalcoreError(say(TITLES, f"has no heading for notebooks/{stem}.ipynb", remedy=remedy))
    return titles[stem]


def _cell(cell: dict, withheld: bool) -> dict:
    tags = cell["metadata"].get("tags", [])
    kept = {key: value for key, value in cell["metadata"].items() if key in ("tags", "mystnb")}
    if PARAMETER_TAGS & set(tags):
        kept["tags"] = [*tags, "remove-input"]
    blank = {"outputs": []} if withheld and cell["cell_type"] == "code" else {}
    return cell | blank | {"metadata": kept}


def _rename(cells: list[dict], new: Callable[[str], str]) -> None:
    """Change the notebook's heading; one that is repeated has the same one every time, but for its item."""
    for cell in cells:
        source = "".join(cell["source"])
        heading = HEADING.search(source) if cell["cell_type"] == "markdown" else None
        if heading:
            cell["source"] = source[: heading.start(1)] + new(heading[1]) + source[heading.end(1) :]
            return
