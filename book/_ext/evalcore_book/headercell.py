"""Table headers that say to a screen reader whether they head a column or a row."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


class header_cell(nodes.entry):
    """A `<th>` with `scope`, which docutils' own writer leaves out."""


def _visit(writer: HTML5Translator, node: header_cell) -> None:
    # The writer counts columns as it goes; an empty corner must not become an empty header (axe).
    node.parent.column += 1
    tag = "th" if node.astext().strip() else "td"
    scope = {"scope": node["scope"]} if tag == "th" else {}
    writer.body.append(writer.starttag(node, tag, "", **scope))
    writer.context.append(f"</{tag}>\n")


def _depart(writer: HTML5Translator, _node: header_cell) -> None:
    writer.body.append(writer.context.pop())


def setup(app: Sphinx) -> None:
    """Register the node for HTML; other writers treat it as an ordinary cell."""
    app.add_node(header_cell, html=(_visit, _depart))
