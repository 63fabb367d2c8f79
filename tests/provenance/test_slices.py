"""Which cells of a notebook a cell builds on."""

import pytest

from evalcore.provenance.slices import slices

CELLS = {
    "open": "from x import load\ntask = load()",
    "rows": "rows = task.read()",
    "steps": "steps = []",
    "fill": "for row in rows:\n    steps.append(row)",
    "alone": "print(task)",
    "show": "print(steps)",
    "again": "rows = 1",
}


@pytest.mark.parametrize(
    ("cell", "needed"),
    [
        ("open", ["open"]),
        ("rows", ["open", "rows"]),
        ("alone", ["open", "alone"]),
        ("fill", ["open", "rows", "steps", "fill"]),
        ("show", ["open", "rows", "steps", "fill", "show"]),
        ("again", ["again"]),
    ],
)
def test_cell_has_the_cells_it_builds_on(cell, needed):
    """What assigns a name it uses, or fills it; not what comes later, not what it does not use."""
    assert slices(CELLS)[cell] == {id_: CELLS[id_] for id_ in needed}
