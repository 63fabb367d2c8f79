"""The folded record under an exhibit: which code drew it, from which files, and where to read on."""

import json

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from evalcore_book.anchors import cell_label
from evalcore_book.published import words

logger = logging.getLogger(__name__)
SHORT = 12  # characters of a SHA-256 that are shown; the whole one is in the tooltip


class record_fold(nodes.General, nodes.Element):
    """`<details>`: opens without JavaScript, by keyboard too, and prints folded."""


def record_nodes(env: BuildEnvironment, record: dict, directive: SphinxDirective) -> list[nodes.Node]:
    """Build the fold for one exhibit, its labels in the book's language."""
    say = words(env)
    function, commit = record["function"], env.config.evalcore_commits.get(record["function"]["file"], "unknown")
    place = f"{function['file']}:{function['line']}"
    rows = {
        "exhibit": [nodes.literal("", record["id"])],
        "function": [nodes.literal("", function["name"]), nodes.Text(" · "), nodes.literal("", place)],
        "notebook": [_cell_link(env, record, directive)],
        "parameters": _parameters(record.get("parameters") or {}),
        "inputs": [_inputs(record.get("inputs") or [])],
        "commit": [nodes.literal("", say.get(commit, commit))],
        "data": [_download(env, record["id"], say["download"])],
    }
    fields = [_field(say[key], body) for key, body in rows.items() if body and body != [None]]
    return [record_fold("", nodes.field_list("", *fields), summary=say[f"made_{record['kind']}"])]


def _field(name: str, body: list[nodes.Node]) -> nodes.field:
    content = body if isinstance(body[0], nodes.bullet_list) else [nodes.paragraph("", "", *body)]
    return nodes.field("", nodes.field_name("", name), nodes.field_body("", *content))


def _cell_link(env: BuildEnvironment, record: dict, directive: SphinxDirective) -> addnodes.pending_xref:
    text = nodes.inline("", f"{record['task']} › {record['cell']}")
    link = addnodes.pending_xref("", text, refdomain="std", reftype="ref", refexplicit=True, refwarn=True)
    link["reftarget"], link["refdoc"] = cell_label(f"appendix/{record['task']}", record["cell"]), env.docname
    link["evalcore_exhibit"] = record["id"]
    directive.set_source_info(link)
    return link


def _parameters(parameters: dict) -> list[nodes.Node]:
    items = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in sorted(parameters.items())]
    parts = [part for item in items for part in (nodes.literal("", item), nodes.Text(", "))]
    return parts[:-1]


def _inputs(inputs: list[dict]) -> nodes.bullet_list | None:
    items = [
        nodes.list_item("", nodes.paragraph("", "", nodes.literal("", i["path"]), nodes.Text(" "), _sha(i["sha256"])))
        for i in inputs
    ]
    return nodes.bullet_list("", *items) if items else None


def _sha(sha256: str) -> nodes.abbreviation:
    return nodes.abbreviation("", sha256[:SHORT], explanation=f"SHA-256 {sha256}", classes=["sha"])


def _download(env: BuildEnvironment, id_: str, label: str) -> addnodes.download_reference:
    return addnodes.download_reference(
        "", "", nodes.inline("", label), reftarget=f"/_exhibits/{id_}.csv", refdoc=env.docname
    )


def _explain(_app: Sphinx, _domain: Domain, node: addnodes.pending_xref) -> bool | None:
    """Say in the project's own words that a record points at a cell the book does not have."""
    if "evalcore_exhibit" not in node:
        return None
    text = "exhibit '%s': its record names the cell '%s', but no page of the appendix has it"
    logger.warning(text, node["evalcore_exhibit"], node["reftarget"], location=node, type="evalcore", subtype="record")
    return True


def _visit(writer: HTML5Translator, node: record_fold) -> None:
    writer.body.append(f'<details class="record"><summary>{writer.encode(node["summary"])}</summary>\n')


def _depart(writer: HTML5Translator, _node: record_fold) -> None:
    writer.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Register the fold and the wording of its broken links."""
    app.add_node(record_fold, html=(_visit, _depart))
    app.connect("warn-missing-reference", _explain)
