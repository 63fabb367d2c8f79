"""Executed notebooks as pages of the appendix: parameters folded away, machine paths taken out."""

import json
import re
from collections.abc import Container
from pathlib import Path
from typing import Any

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.book.inert import inert
from evalcore.pipeline.book.places import Places

PARAMETER_TAGS = {"parameters", "injected-parameters"}
HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
PYTHON = {"name": "python", "pygments_lexer": "ipython3", "file_extension": ".py", "mimetype": "text/x-python"}


def appendix(edition: Any, places: Places, withheld: Container[str]) -> dict[str, bytes]:
    """Return `appendix/<task>.ipynb` for every executed notebook; those of withheld tasks without their outputs."""
    folder = places.build / "notebooks"
    names = {entity.id: getattr(entity.name, places.lang) for entity in edition.entities}
    paths = sorted(folder.glob("*.ipynb"))
    return {f"appendix/{path.name}": _page(path, names, places, path.stem in withheld) for path in paths}


def _page(path: Path, names: dict[str, str], places: Places, withheld: bool) -> bytes:
    try:
        text = path.read_text("utf-8")
        notebook = json.loads(_without_root(text, places.root))
    except ValueError as problem:
        raise EvalcoreError(
            say(f"notebooks/{path.name}", f"is not a notebook: {problem}", remedy="run it again")
        ) from problem
    item = _item(places.build / "records" / f"{path.stem}.json")
    notebook["metadata"] = {"language_info": PYTHON}  # papermill's times and paths stay behind
    notebook["cells"] = [_cell(cell, withheld) for cell in notebook["cells"]]
    if item is not None:
        _name_item(notebook["cells"], names.get(item, item), places.words()["notebook_of"])
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _without_root(text: str, root: Path) -> str:
    """Replace the checkout's folder by a dot: the site is read elsewhere."""
    return re.sub(re.escape(root.as_posix()) + r"""(?=[/"'\\])""", ".", text)


def _item(record: Path) -> str | None:
    return json.loads(record.read_text("utf-8")).get("item") if record.is_file() else None


def _cell(cell: dict, withheld: bool) -> dict:
    tags = cell["metadata"].get("tags", [])
    kept = {key: value for key, value in cell["metadata"].items() if key in ("tags", "mystnb")}
    if PARAMETER_TAGS & set(tags):
        kept["tags"] = [*tags, "remove-input"]
    blank = {"outputs": []} if withheld and cell["cell_type"] == "code" else {}
    return cell | blank | {"metadata": kept}


def _name_item(cells: list[dict], name: str, pattern: str) -> None:
    """Add the item's name to the heading, since a notebook that is repeated has the same one every time."""
    for cell in cells:
        source = "".join(cell["source"])
        heading = HEADING.search(source) if cell["cell_type"] == "markdown" else None
        if heading:
            title = pattern.format(heading=heading[1], item=inert(name))
            cell["source"] = source[: heading.start(1)] + title + source[heading.end(1) :]
            return
