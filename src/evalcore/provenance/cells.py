"""Notebooks as they are in git, and which cell of one publishes an exhibit."""

import json
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from evalcore.errors import EvalcoreError, say


def read_notebook(path: Path) -> NotebookNode:
    """A notebook whose cells have ids of their own; in place of others nbformat would invent new ones every time."""
    try:
        text = path.read_text(encoding="utf-8")
        ids = [cell.get("id") for cell in json.loads(text)["cells"]]
        _refuse_ids(path, [number for number, id_ in enumerate(ids, start=1) if not id_ or ids.count(id_) > 1])
        return nbformat.reads(text, as_version=4)
    except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
        found = f"is not a notebook: {type(error).__name__} {error}"
        raise EvalcoreError(say(f"notebook {path.name}", found[:300], remedy="restore it from git")) from None


def _refuse_ids(path: Path, numbers: list[int]) -> None:
    if numbers:
        found = f"cell(s) without an id of their own, counted from the top: {', '.join(map(str, numbers))}"
        raise EvalcoreError(say(f"notebook {path.name}", found, "a different id in every cell", "name the cells"))


def code_cells(notebook: Path) -> dict[str, str]:
    """Id -> source of a notebook's code cells, in order."""
    return {cell.id: cell.source for cell in read_notebook(notebook).cells if cell.cell_type == "code"}


def publishing_cell(notebook: Path, exhibit: str) -> str:
    """The id of the one code cell that names the exhibit in quotes."""
    found = [id_ for id_, source in code_cells(notebook).items() if f'"{exhibit}"' in source]
    if len(found) != 1:
        raise EvalcoreError(
            say(
                notebook.name,
                f"exhibit '{exhibit}' is named in {len(found)} cells",
                "exactly one",
                "publish it in one cell",
            )
        )
    return found[0]
