"""The two engines: a forked warm process and an ordinary kernel."""

import json
import shutil

import pytest

from evalcore.errors import EvalcoreError

SHOWS = """
from IPython.display import HTML, display
print("printed")
display(HTML("<p>shown</p>"))
"""

PAUSES = """
import time
print("before", end=" ")
time.sleep(0.5)
print("after")
"""


def cells(project, name):
    """The executed cells by id."""
    notebook = json.loads((project.build / "notebooks" / f"{name}.ipynb").read_bytes())
    return {cell["id"]: cell for cell in notebook["cells"]}


def test_both_engines_give_the_same_files(project, root):
    """Exhibits, numbers and executed notebook of a real chapter are equal byte for byte."""
    shutil.copy(root / "notebooks" / "51_framework.ipynb", project.root / "notebooks")
    project.run()
    warm = project.files()
    shutil.rmtree(project.build)
    project.run(notebooks="kernel")
    kernel = project.files()
    assert {name for name in warm if warm[name] != kernel.get(name)} == set()
    assert {"exhibits/framework-weights/zh.svg", "numbers/51_framework.json"} <= set(warm)


def test_kernel_engine_shows_as_one_what_was_printed_in_pieces(project):
    """A kernel sends what it has every fifth of a second; the notebook does not depend on when that was."""
    project.notebook("10_pauses", PAUSES)
    project.run(notebooks="kernel")
    assert [output["text"] for output in cells(project, "10_pauses")["cell-1"]["outputs"]] == [["before after\n"]]


def test_kernel_engine_does_not_pass_a_cell_it_skipped(project):
    """A cell left out by a tag has no execution count, and the gate says so."""
    project.notebook("10_skips", "1")
    path = project.root / "notebooks" / "10_skips.ipynb"
    document = json.loads(path.read_text())
    document["cells"][-1]["metadata"]["tags"] = ["skip-execution"]
    path.write_text(json.dumps(document))
    with pytest.raises(EvalcoreError, match="notebook 10_skips, cell cell-1: was not run"):
        project.run(notebooks="kernel")


def test_warm_engine_keeps_what_a_cell_shows(project):
    """Printed text and displays are outputs; every code cell has its count."""
    project.notebook("10_shows", SHOWS)
    project.run()
    found = cells(project, "10_shows")
    assert [output["output_type"] for output in found["cell-1"]["outputs"]] == ["stream", "display_data"]
    assert "".join(found["cell-1"]["outputs"][0]["text"]) == "printed\n"
    assert [cell["execution_count"] for cell in found.values()] == [1, 2, 3, 4]


def test_notebooks_do_not_see_each_other(project):
    """Each starts from a clean state, although the process they are forked from is the same."""
    project.notebook("10_leaves", "import builtins\nbuiltins.left_behind = 1\nleft = 1", writes=[])
    project.notebook("20_looks", "import builtins\nprint(hasattr(builtins, 'left_behind'), 'left' in globals())")
    project.run()
    assert "".join(cells(project, "20_looks")["cell-1"]["outputs"][0]["text"]) == "False False\n"


def test_executed_notebook_holds_nothing_of_the_run(project):
    """No times, no durations, no random ids, no folder of the machine: running again gives the same bytes."""
    project.notebook("10_plain", "print(1)")
    project.run()
    first = project.files()["notebooks/10_plain.ipynb"]
    shutil.rmtree(project.build)
    project.run()
    assert project.files()["notebooks/10_plain.ipynb"] == first
    assert "injected-parameters" in cells(project, "10_plain")
    assert str(project.root).encode() not in first


def test_broken_python_names_notebook_cell_and_line(project):
    """A cell that is no Python is refused before anything runs."""
    project.notebook("10_broken", "x = 1", "print(x")
    with pytest.raises(EvalcoreError, match=r"10_broken.ipynb, cell 'cell-2', line 1: is not Python: '\(' was"):
        project.run()


def test_error_in_a_cell_ends_the_notebook(project):
    """Cells after the first error do not run; the message ends with the traceback of the cell."""
    project.notebook("10_stops", "raise KeyError('lost')", '(task.root / "reached").touch()')
    with pytest.raises(EvalcoreError, match=r"notebook 10_stops.ipynb, cell 'cell-1': KeyError: 'lost'") as stopped:
        project.run()
    assert "raise KeyError('lost')" in str(stopped.value)
    assert not (project.root / "reached").exists()


def test_notebook_may_not_end_the_process(project):
    """`exit()` in a cell is an error of that cell, not a silent success."""
    project.notebook("10_leaves", "raise SystemExit(0)", "print('not reached')")
    with pytest.raises(EvalcoreError, match=r"notebook 10_leaves, cell cell-1: stopped with SystemExit"):
        project.run()
