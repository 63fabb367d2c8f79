"""Notebook pages of the appendix: every code cell gets an anchor, every picture its alternative text."""

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

APPENDIX = "appendix/"


def cell_label(docname: str, cell_id: str) -> str:
    """Return the label under which a record finds a cell."""
    return f"{docname}#{_anchor(cell_id)}"


def _anchor(cell_id: str) -> str:
    return f"cell-{cell_id}"


def _mark_cells(app: Sphinx, doctree: nodes.document) -> None:
    source = Path(app.env.doc2path(app.env.docname))
    if not app.env.docname.startswith(APPENDIX) or source.suffix != ".ipynb":
        return
    cells = json.loads(source.read_text("utf-8"))["cells"]
    for node in doctree.findall(_is_code_cell):
        cell = cells[node["cell_index"]]
        _anchor_cell(app.env, node, cell["id"])
        _describe_images(node, cell)


def _is_code_cell(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def _anchor_cell(env: BuildEnvironment, node: nodes.container, cell_id: str) -> None:
    node["ids"].append(_anchor(cell_id))
    # An anonymous label makes Sphinx check the links of the records: page and cell must both exist.
    env.get_domain("std").anonlabels[cell_label(env.docname, cell_id)] = (env.docname, _anchor(cell_id))


def _describe_images(node: nodes.container, cell: dict) -> None:
    """Carry the alt text of an output's metadata over, which myst-nb reads only from the cell's."""
    outputs = [output for output in cell["outputs"] if "data" in output]
    alts = [o["metadata"].get(mime, {}).get("alt") for o in outputs for mime in o["data"] if mime.startswith("image/")]
    for image, alt in zip(node.findall(nodes.image), alts, strict=False):
        if alt:
            image["alt"] = alt


def setup(app: Sphinx) -> None:
    """Mark the cells as soon as a page is read."""
    app.connect("doctree-read", _mark_cells)
