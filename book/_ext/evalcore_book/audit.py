"""The directive `{audit} <kind>`: the audit index, from results back to code and raw files, and from those forward."""

from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from evalcore_book.anchors import cell_label
from evalcore_book.headercell import header_cell
from evalcore_book.links import linked
from evalcore_book.published import read, words
from evalcore_book.source import code_link

INDEX, NUMBERS, SOURCES = "audit", "audit-numbers", "audit-sources"
"""Pages that hold the index of exhibits, that of numbers and that of raw files."""
LISTED = 40
"""Exhibits up to which a file names those that rest on it; more are found from their side."""
Cells = dict[str, list[list[nodes.Node] | nodes.bullet_list]]
"""Key of the heading -> paragraphs of the cell, each a list of inline nodes, or a list of items."""


def raw_anchor(source: str) -> str:
    """Return the anchor of a raw file's row."""
    return f"raw-{source.replace('_', '-')}"


def number_anchor(number: str) -> str:
    """Return the anchor of a number's row."""
    return f"num-{number}"


class AuditDirective(SphinxDirective):
    """One table of the index; a filter above it is added by `filter.js` where scripts run."""

    required_arguments = 1
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        kind = directives.choice(self.arguments[0], tuple(ROWS))
        entries, say = read(self.env, Path(self.env.srcdir, "_trail.json"))[kind], words(self.env)
        if kind == "numbers":
            entries = [list(numbers) for _, numbers in groupby(sorted(entries, key=_made_by), _made_by)]
        rows = [(_anchor(kind, entry), ROWS[kind](entry, self)) for entry in entries]
        if not rows:
            return [nodes.paragraph("", say["audit_nothing"])]
        table = _table(rows, {key: say[f"audit_{key}"] for key in rows[0][1]})
        return [nodes.container("", table, classes=["audit", f"audit-{kind}"])]

    @property
    def lang(self) -> str:
        return self.config.evalcore_lang


def _exhibit(entry: dict, directive: AuditDirective) -> Cells:
    return {"id": [[nodes.literal("", entry["id"])], _chapters(entry, directive)], **_made(entry, directive)}


def _numbers(entries: list[dict], directive: AuditDirective) -> Cells:
    """One row per cell of a notebook: what made its numbers is the same for all of them."""
    made = _made(entries[0], directive)
    listed = nodes.bullet_list("", *(_number(entry, directive) for entry in entries))
    return {"function": made["function"], "id": [listed], "raw": made["raw"]}


def _number(entry: dict, directive: AuditDirective) -> nodes.list_item:
    told = [nodes.literal("", entry["id"]), nodes.Text(" "), nodes.strong("", entry["text"][directive.lang])]
    shown = [nodes.Text(" "), *_chapters(entry, directive)] if entry["pages"] else []
    return nodes.list_item("", nodes.paragraph("", "", *told, *shown), ids=[number_anchor(entry["id"])])


def _made_by(number: dict) -> tuple[str, str, list[tuple]]:
    return number["task"], number["cell"] or "", [tuple(code.values()) for code in number["functions"]]


def _source(entry: dict, directive: AuditDirective) -> Cells:
    origin = [nodes.Text(f"{entry['obtained']} · {entry['licence']} · {entry['date']}")]
    told = [[nodes.literal("", entry["path"])], [nodes.Text(entry["what"][directive.lang])], origin]
    return {"path": [*told, [nodes.literal("", f"SHA-256 {entry['sha256']}")]], **_followed_by(entry, directive)}


def _function(entry: dict, directive: AuditDirective) -> Cells:
    name = nodes.literal("", entry["name"].removeprefix("evalcore."))
    return {"function": [[name], [code_link(entry, directive.lang)]], **_followed_by(entry, directive)}


ROWS: dict[str, Callable[..., Cells]] = {
    "exhibits": _exhibit,
    "numbers": _numbers,
    "sources": _source,
    "code": _function,
}


def _anchor(kind: str, entry: dict | list[dict]) -> str:
    return raw_anchor(entry["id"]) if kind == "sources" else ""


def _made(entry: dict, directive: AuditDirective) -> Cells:
    place = [_cell(entry, directive)] if entry["cell"] else [nodes.Text(entry["task"])]
    raw = (linked(source, SOURCES, raw_anchor(source)) for source in entry["sources"])
    return {
        "function": [*([code_link(code, directive.lang)] for code in entry["functions"]), place],
        "raw": [_separated(raw)],
    }


def _followed_by(entry: dict, directive: AuditDirective) -> Cells:
    say = words(directive.env)
    counts = f"{say['exhibits']} {len(entry['exhibits'])} · {say['numbers']} {entry['numbers']}"
    many = [linked(say["audit_many"], INDEX)]
    exhibits = [nodes.literal("", ", ".join(entry["exhibits"]))] if entry["exhibits"] else []
    return {"followed": [[nodes.Text(counts)], many if len(entry["exhibits"]) > LISTED else exhibits]}


def _chapters(entry: dict, directive: AuditDirective) -> list[nodes.Node]:
    links = (_reference("doc", f"/{page}", nodes.inline("", page), directive, False) for page in entry["pages"])
    return _separated(links)


def _cell(entry: dict, directive: AuditDirective) -> addnodes.pending_xref:
    target = cell_label(f"appendix/{entry['task']}", entry["cell"])
    return _reference("ref", target, nodes.inline("", f"{entry['task']} › {entry['cell']}"), directive, True)


def _reference(kind: str, target: str, text: nodes.inline, directive: AuditDirective, explicit: bool) -> nodes.Node:
    link = addnodes.pending_xref("", text, refdomain="std", reftype=kind, refexplicit=explicit, refwarn=True)
    link["reftarget"], link["refdoc"] = target, directive.env.docname
    directive.set_source_info(link)
    return link


def _separated(items: Iterable[nodes.Node]) -> list[nodes.Node]:
    return [part for item in items for part in (item, nodes.Text(", "))][:-1]


def _table(rows: list[tuple[str, Cells]], heads: dict[str, str]) -> nodes.table:
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in heads), cols=len(heads))
    head = (header_cell("", nodes.paragraph("", text), scope="col") for text in heads.values())
    group += nodes.thead("", nodes.row("", *head))
    group += nodes.tbody("", *(_row(anchor, cells) for anchor, cells in rows))
    return nodes.table("", group, classes=["colwidths-auto"])


def _row(anchor: str, cells: Cells) -> nodes.row:
    first, *others = ([_block(line) for line in lines if line] for lines in cells.values())
    row = nodes.row("", header_cell("", *first, scope="row"), *(nodes.entry("", *other) for other in others))
    row["ids"] += [anchor] if anchor else []
    return row


def _block(line: list[nodes.Node] | nodes.bullet_list) -> nodes.Element:
    return line if isinstance(line, nodes.bullet_list) else nodes.paragraph("", "", *line)
