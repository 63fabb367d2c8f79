"""The card folded under an exhibit: which code made it, from which files, and how to make it again."""

import csv
import json
import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from evalcore_book.anchors import cell_label
from evalcore_book.audit import SOURCES, raw_anchor
from evalcore_book.links import linked, picture_link
from evalcore_book.published import exhibits_folder, read, words
from evalcore_book.source import code_link
from evalcore_book.table import table_node

logger = logging.getLogger(__name__)
LONG = 60
"""Rows up to which a figure's data stand below it."""
DECIMAL = re.compile(r"-?\d+\.\d+(e-?\d+)?")
SHORT = 12  # characters of a SHA-256 that are shown; the whole one is in the tooltip, or where the file leads


class card_fold(nodes.General, nodes.Element):
    """`<details>`: opens without JavaScript, by keyboard too; what is open is printed."""


def card_nodes(env: BuildEnvironment, id_: str, directive: SphinxDirective) -> list[nodes.Node]:
    """Build the card of one exhibit, its labels in the book's language."""
    say, card = words(env), read(env, Path(env.srcdir, "_trail", f"{id_}.json"))
    commit = card["function"]["commit"]
    rows = {
        "exhibit": [nodes.literal("", id_)],
        "function": [code_link(card["function"], env.config.evalcore_lang, named=True)],
        "commit": [nodes.literal("", say.get(commit, commit))],
        "notebook": [_cell_link(env, card, directive)],
        "parameters": _parameters(card["parameters"] | ({"seed": card["seed"]} if card["seed"] is not None else {})),
        "inputs": [_files(card["inputs"])],
        "raw": [_files(card["sources"])],
        "download": _downloads(env, card),
        "remake": [nodes.literal("", card["command"], classes=["command"])],
    }
    fields = [_field(say[key], body) for key, body in rows.items() if body and body != [None]]
    return [card_fold("", nodes.field_list("", *fields), summary=say[f"made_{card['kind']}"])]


def data_fold(env: BuildEnvironment, id_: str) -> list[nodes.Node]:
    """Build the folded table of a figure's data, columns as in the CSV; long ones are left to the CSV."""
    with (exhibits_folder(env) / id_ / "data.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    if not 0 < len(rows) <= LONG:
        return []
    table = {"columns": [{"label": head} for head in heads], "rows": [[_short(c) for c in row] for row in rows]}
    note = nodes.paragraph("", words(env)["data_note"])
    return [card_fold("", note, table_node(table | {"stub": 1}), summary=words(env)["data"])]


def _short(cell: str) -> str:
    """Four digits that count are enough to read; the CSV has them all."""
    return f"{float(cell):.4g}" if DECIMAL.fullmatch(cell) else cell


def _field(name: str, body: list[nodes.Node]) -> nodes.field:
    content = body if isinstance(body[0], nodes.bullet_list) else [nodes.paragraph("", "", *body)]
    return nodes.field("", nodes.field_name("", name), nodes.field_body("", *content))


def _cell_link(env: BuildEnvironment, card: dict, directive: SphinxDirective) -> addnodes.pending_xref:
    text = nodes.inline("", f"{card['task']} › {card['cell']}")
    link = addnodes.pending_xref("", text, refdomain="std", reftype="ref", refexplicit=True, refwarn=True)
    link["reftarget"], link["refdoc"] = cell_label(f"appendix/{card['task']}", card["cell"]), env.docname
    link["evalcore_exhibit"] = card["id"]
    directive.set_source_info(link)
    return link


def _parameters(parameters: dict) -> list[nodes.Node]:
    items = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in sorted(parameters.items())]
    parts = [part for item in items for part in (nodes.literal("", item), nodes.Text(", "))]
    return parts[:-1]


def _files(files: list[dict]) -> nodes.bullet_list | None:
    """List paths with their hashes; a raw file leads to how it can be obtained, and to the whole of its hash."""
    items = [nodes.list_item("", nodes.paragraph("", "", _path(f), nodes.Text(" "), _sha(f))) for f in files]
    return nodes.bullet_list("", *items) if items else None


def _path(file: dict) -> nodes.Node:
    shown = nodes.literal("", file["path"])
    return linked(file["path"], SOURCES, raw_anchor(file["id"]), code=True) if "id" in file else shown


def _sha(file: dict) -> nodes.Node:
    short = file["sha256"][:SHORT]
    whole = nodes.abbreviation("", short, explanation=f"SHA-256 {file['sha256']}", classes=["sha"])
    return nodes.literal("", short) if "id" in file else whole


def _downloads(env: BuildEnvironment, card: dict) -> list[nodes.Node]:
    place = f"/_exhibits/{card['id']}"
    found: list[nodes.Node] = [_download(env, f"{place}.csv", "CSV")]
    if card["kind"] == "figure":
        found += [nodes.Text(" · "), picture_link("", "SVG", uri=f"{place}.svg")]
    return found


def _download(env: BuildEnvironment, target: str, label: str) -> addnodes.download_reference:
    return addnodes.download_reference("", "", nodes.inline("", label), reftarget=target, refdoc=env.docname)


def _explain(_app: Sphinx, _domain: Domain, node: addnodes.pending_xref) -> bool | None:
    """Say in the project's own words that a record points at a cell the book does not have."""
    if "evalcore_exhibit" not in node:
        return None
    text = "exhibit '%s': its record names the cell '%s', but no page of the appendix has it"
    logger.warning(text, node["evalcore_exhibit"], node["reftarget"], location=node, type="evalcore", subtype="record")
    return True


def _visit(writer: HTML5Translator, node: card_fold) -> None:
    writer.body.append(f'<details class="record"><summary>{writer.encode(node["summary"])}</summary>\n')


def _depart(writer: HTML5Translator, _node: card_fold) -> None:
    writer.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Register the fold and the wording of its broken links."""
    app.add_node(card_fold, html=(_visit, _depart))
    app.connect("warn-missing-reference", _explain)
