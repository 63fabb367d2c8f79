"""Which cell of a notebook publishes an exhibit."""

from pathlib import Path

import nbformat

from evalcore.errors import EvalcoreError, say


def publishing_cell(notebook: Path, exhibit: str) -> str:
    """The id of the one code cell that names the exhibit in quotes."""
    cells = [c for c in nbformat.read(notebook, as_version=4).cells if c.cell_type == "code"]
    found = [cell.id for cell in cells if f'"{exhibit}"' in cell.source]
    if len(found) != 1:
        raise EvalcoreError(
            say(notebook.name, f"exhibit '{exhibit}' is named in {len(found)} cells", "exactly one", "publish it in one cell")
        )
    return found[0]
