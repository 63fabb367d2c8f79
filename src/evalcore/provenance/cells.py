"""Notebooks as they are in git, and which cell of one publishes an exhibit."""

import json
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from evalcore.errors import EvalcoreError, say


def read_notebook(path: Path) -> NotebookNode:
    """A notebook whose cells have explicit ids; without them nbformat would invent others at every reading."""
    try:
        text = path.read_text(encoding="utf-8")
        nameless = [str(number) for number, cell in enumerate(json.loads(text)["cells"], start=1) if not cell.get("id")]
        notebook = nbformat.reads(text, as_version=4)
    except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
        found = f"is not a notebook: {type(error).__name__} {error}"
        raise EvalcoreError(say(f"notebook {path.name}", found[:300], remedy="restore it from git")) from None
    if nameless:
        found = f"cell(s) without an id, counted from the top: {', '.join(nameless)}"
        raise EvalcoreError(
            say(f"notebook {path.name}", found, "an explicit id in every cell", "give each a name of its own")
        )
    return notebook


def publishing_cell(notebook: Path, exhibit: str) -> str:
    """The id of the one code cell that names the exhibit in quotes."""
    cells = [cell for cell in read_notebook(notebook).cells if cell.cell_type == "code"]
    found = [cell.id for cell in cells if f'"{exhibit}"' in cell.source]
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
