"""A published table as docutils nodes: plain text only, so that nothing in the data can become markup."""

from docutils import nodes

from evalcore_book.headercell import header_cell

DENSE = 8
"""Columns from which on a table is set smaller, so that it fits beside the contents of its page."""


def table_node(content: dict, caption: str = "") -> nodes.table:
    """Build a table, captioned (and so numbered) or plain.

    The first `stub` columns are row headers, `align` right-aligns a column.
    """
    columns = content["columns"]
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in columns), cols=len(columns))
    group += nodes.thead("", nodes.row("", *(_cell(c["label"], c, scope="col") for c in columns)))
    group += nodes.tbody("", *(_row(row, columns, content.get("stub", 0)) for row in content["rows"]))
    title = [nodes.title("", caption)] if caption else []
    dense = ["dense"] if len(columns) >= DENSE else []
    return nodes.table("", *title, group, classes=["colwidths-auto", *dense])


def _row(row: list[str], columns: list[dict], stub: int) -> nodes.row:
    scopes = ["row" if i < stub else None for i in range(len(columns))]
    return nodes.row("", *(_cell(t, c, s) for t, c, s in zip(row, columns, scopes, strict=True)))


def _cell(text: str, column: dict, scope: str | None) -> nodes.entry:
    paragraph = nodes.paragraph("", text)
    classes = ["text-right"] if column.get("align") == "right" else []
    return (
        header_cell("", paragraph, scope=scope, classes=classes)
        if scope
        else nodes.entry("", paragraph, classes=classes)
    )
