"""What an executed notebook must be like before it becomes a page."""

import ast
from collections.abc import Iterator

from nbformat import NotebookNode

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.gate.markup import unsafe_html, unsafe_svg

MIME_TYPES = ("text/plain", "text/html", "text/markdown", "image/png", "image/jpeg", "image/svg+xml")


def check_notebook(nb: NotebookNode, name: str) -> None:
    """Refuse an executed notebook that must not become a page.

    Parameters
    ----------
    nb
        The executed notebook as nbformat reads it.
    name
        How messages call it, for example `40_composite`.

    Raises
    ------
    EvalcoreError
        Naming notebook and cell: an error or stderr output, a cell that did not run, a parameter the notebook
        does not declare, an output of another kind or with unsafe markup, a picture without alternative text.
    """
    for problem in (*_unknown_parameters(nb), *_cell_problems(nb)):
        raise EvalcoreError(say(f"notebook {name}, cell {problem[0]}", *problem[1:]))


def _cell_problems(nb: NotebookNode) -> Iterator[tuple[str, ...]]:
    for i, cell in enumerate(nb.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        place = cell.get("id", str(i + 1))
        for problem in (*_output_problems(cell), *_not_run(cell)):
            yield place, *problem


def _not_run(cell: NotebookNode) -> Iterator[tuple[str, ...]]:
    if cell.execution_count is None:
        yield "was not run", "every code cell has an execution count", "run the notebook to its end"


def _output_problems(cell: NotebookNode) -> Iterator[tuple[str, ...]]:
    for output in cell.outputs:
        if output.output_type == "error":
            yield f"stopped with {output.ename}: {output.evalue}", "no error output", "mend the cell or its data"
        elif output.output_type == "stream" and output.name == "stderr":
            yield f"wrote to stderr: {_first_line(output.text)}", "no stderr output", "remove the cause of the warning"
        for mime, content in output.get("data", {}).items():
            yield from _content_problems(mime, _joined(content), output, cell)


def _content_problems(mime: str, content: str, output: NotebookNode, cell: NotebookNode) -> Iterator[tuple[str, ...]]:
    if mime not in MIME_TYPES:
        yield f"has an output of type {mime}", ", ".join(MIME_TYPES), "show a table, a text or a picture"
    elif mime in ("text/html", "text/markdown") and (found := unsafe_html(content)):
        yield f"has unsafe markup in its output: {found}", "plain tables and text", "escape what comes from data"
    elif mime == "image/svg+xml" and (found := unsafe_svg(content)):
        yield f"has an unsafe picture: {found}", "shapes and text only", "draw it with evalcore.figures"
    if mime.startswith("image/") and not _alt(mime, output, cell):
        remedy = f"pass metadata={{'{mime}': {{'alt': ...}}}} to display"
        yield f"shows a picture ({mime}) without alternative text", "a sentence that says what it shows", remedy


def _alt(mime: str, output: NotebookNode, cell: NotebookNode) -> str | None:
    """Return the alternative text from where the book takes it: the output's metadata, or the cell's for myst-nb."""
    of_output = output.get("metadata", {}).get(mime, {}).get("alt")
    return of_output or cell.metadata.get("mystnb", {}).get("image", {}).get("alt")


def _unknown_parameters(nb: NotebookNode) -> Iterator[tuple[str, ...]]:
    """Compare what papermill injected with what the notebook declares; papermill itself only logs it."""
    declared = {name for cell in _tagged(nb, "parameters") for name in _assigned(cell.source)}
    for cell in _tagged(nb, "injected-parameters"):
        given = _assigned(cell.source) | set(nb.metadata.get("papermill", {}).get("parameters", {}))
        for unknown in sorted(given - declared):
            allowed = ", ".join(sorted(declared)) or "none: it has no cell tagged 'parameters'"
            remedy = "declare it in the cell tagged 'parameters', or do not pass it"
            yield cell.get("id", "injected-parameters"), f"was given the unknown parameter '{unknown}'", allowed, remedy


def _tagged(nb: NotebookNode, tag: str) -> list[NotebookNode]:
    return [cell for cell in nb.cells if tag in cell.metadata.get("tags", [])]


def _assigned(source: str) -> set[str]:
    """Return the names a parameters cell assigns, annotated or not."""
    found = set()
    for statement in ast.parse(source).body:
        targets = getattr(statement, "targets", [getattr(statement, "target", None)])
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def _joined(content: object) -> str:
    return "".join(content) if isinstance(content, list) else str(content)


def _first_line(text: object) -> str:
    return next((line for line in _joined(text).splitlines() if line.strip()), "").strip()[:200]
