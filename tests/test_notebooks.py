"""Notebooks are thin: parameters, load, one call, publish; nothing of an edition, no outputs in git."""

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from evalcore.provenance.declarations import read_declaration

FOLDER = Path(__file__).parents[1] / "notebooks"
PATHS = [pytest.param(path, id=path.stem) for path in sorted(FOLDER.glob("*.ipynb"))]
PUBLISHED = re.compile(r'publish\.(?:figure|table)\(\s*task,\s*"([^"]+)"')
STRUCTURAL = {0, 1, -1}
"""Numbers a notebook may hold: first, next, last."""

each_notebook = pytest.mark.parametrize("path", PATHS)


@cache
def cells(path):
    """The notebook's cells."""
    return json.loads(path.read_text("utf-8"))["cells"]


def code(path):
    """Id -> source of the code cells."""
    return {cell["id"]: "".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "code"}


def nodes(path):
    """Every syntax node of every code cell."""
    return [node for source in code(path).values() for node in ast.walk(ast.parse(source))]


@each_notebook
def test_name_says_place_and_topic(path):
    """Two digits for the order of reading, then words."""
    assert re.fullmatch(r"\d\d_[a-z]+(_[a-z]+)*", path.stem)


@each_notebook
def test_defines_nothing(path):
    """No function, no class, no lambda, no loop that computes: code lives in the package."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.While, ast.Try, ast.With)
    assert [type(node).__name__ for node in nodes(path) if isinstance(node, kinds)] == []


@each_notebook
def test_is_short(path):
    """About ten cells and forty lines: what is longer belongs into the package."""
    assert len(cells(path)) <= 12
    assert sum(len(source.splitlines()) for source in code(path).values()) <= 60


@each_notebook
def test_holds_no_number_of_an_edition(path):
    """Choices stand in the edition; a notebook knows at most first, next and last."""
    numbers = {n.value for n in nodes(path) if isinstance(n, ast.Constant) and type(n.value) in (int, float, complex)}
    assert numbers <= STRUCTURAL


@each_notebook
def test_has_exactly_the_parameters_papermill_gives(path):
    """One cell tagged `parameters`, with edition, root, item and inputs, in this order and nothing else."""
    tagged = [cell for cell in cells(path) if "parameters" in cell["metadata"].get("tags", [])]
    assert [cell["id"] for cell in tagged] == ["parameters"]
    assigned = [target.id for line in ast.parse("".join(tagged[0]["source"])).body for target in line.targets]
    assert assigned == ["edition", "root", "item", "inputs"]


@each_notebook
def test_begins_with_its_heading(path):
    """The first cell is Markdown with the page's title."""
    assert cells(path)[0]["cell_type"] == "markdown"
    assert "".join(cells(path)[0]["source"]).startswith("# ")


@each_notebook
def test_cells_have_ids_that_say_something(path):
    """Words, each once: links of exhibit cards lead there, and a random id would change at every save."""
    ids = [cell["id"] for cell in cells(path)]
    assert len(set(ids)) == len(ids)
    assert [id_ for id_ in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)*", id_)] == []


@each_notebook
def test_has_no_outputs(path):
    """Outputs are generated; in git they would only be stale."""
    assert [cell["id"] for cell in cells(path) if cell.get("outputs") or cell.get("execution_count")] == []


@each_notebook
def test_opens_its_own_task_with_its_own_parameters(path):
    """The name given to Task.open is the file's, the rest is handed through."""
    opened = [node for node in nodes(path) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Task.open"]
    assert [ast.unparse(call) for call in opened] == [f"Task.open('{path.stem}', edition, root, item, inputs)"]


@each_notebook
def test_publishes_what_it_declares(path):
    """Each declared exhibit in exactly one cell, and no other; numbers where they are declared."""
    declaration, source = read_declaration(path), "\n".join(code(path).values())
    assert sorted(PUBLISHED.findall(source)) == sorted(declaration.exhibits)
    for exhibit in declaration.exhibits:
        assert sum(f'"{exhibit}"' in text for text in code(path).values()) == 1
    assert source.count("publish.numbers(") == declaration.numbers


@each_notebook
def test_uses_every_path_it_declares(path):
    """A path declared and not used would only make the notebook run more often."""
    declaration, source = read_declaration(path), "\n".join(code(path).values())
    paths = [name.removesuffix("?") for name in declaration.reads if not name.startswith("raw/")]
    unused = [name for name in paths if name.replace("{item}", "{item.lower()}") not in source]
    assert unused == []


def test_every_notebook_has_a_heading_in_chinese():
    """`book/notebooks.yml` names each notebook."""
    headings = yaml.safe_load((FOLDER.parent / "book/notebooks.yml").read_text("utf-8"))
    assert {path.stem for path in FOLDER.glob("*.ipynb")} <= set(headings)
    assert all(re.search("[\u4e00-\u9fff]", heading) for heading in headings.values())
