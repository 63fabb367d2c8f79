"""The other way: which exhibits and numbers a file, a section of the edition or a function can change."""

from pathlib import Path

from evalcore.audit.lineage import Lineage
from evalcore.audit.nodes import Exhibit, File, Node, Published, Raw, Work, key
from evalcore.errors import EvalcoreError, say
from evalcore.provenance.cells import code_cells
from evalcore.provenance.closure import PACKAGE
from evalcore.provenance.definitions import Definitions
from evalcore.provenance.slices import slices


def dependents(lineage: Lineage, name: str, root: Path) -> list[Node]:
    """All that would change with something; sorted by key.

    Parameters
    ----------
    name : str
        A raw file, a file of the build, a file of the checkout (code, notebook, map), an id in the lineage, a
        section of the edition (`section:weighting`), or a function by its dotted name (`evalcore.score.rank`).
        A function counts where the present source can reach it; of a notebook only the exhibits of cells that do.

    Raises
    ------
    EvalcoreError
        Nothing built depends on anything called so.
    """
    touched = _by_function(lineage, name, root) if name.startswith(f"{PACKAGE}.") else _by_file(lineage, name)
    return sorted({key(n): n for n in (*touched, *lineage.downstream(map(key, touched)))}.values(), key=key)


def _by_file(lineage: Lineage, name: str) -> list[Node]:
    """What reads a file: the tasks it is code, words, environment or a section of, or the file's own node."""
    section = name.removeprefix("section:")
    tasks = [
        task
        for task in lineage.tasks
        if name in task.code or name in task.environment or (section != name and section in task.sections)
    ]
    raw = [node for node in lineage.nodes.values() if isinstance(node, Raw) and node.path == name]
    touched = tasks + raw
    return touched or [lineage.find(name)]


def _by_function(lineage: Lineage, name: str, root: Path) -> list[Node]:
    present = Definitions(root / "src")
    wanted = present.find(name)
    if wanted is None:
        remedy = "give its dotted name as it is imported, or the file"
        raise EvalcoreError(say("--from", f"no function, class or constant '{name}' in src/", remedy=remedy))
    cells = {task.notebook: code_cells(root / task.notebook) for task in lineage.tasks}
    reaching = {
        notebook: {id_ for id_, part in slices(own).items() if wanted in present.reached(part)}
        for notebook, own in cells.items()
    }
    return [node for node in lineage.nodes.values() if _touched(node, lineage, reaching)]


def _touched(node: Node, lineage: Lineage, reaching: dict[str, set[str]]) -> bool:
    """Whether a cell that makes it reaches the function; files of the build may come from any cell."""
    if isinstance(node, Exhibit | Published):
        return node.cell in reaching[lineage.task_of(node).notebook]
    return isinstance(node, File) and bool(reaching[lineage.task_of(node).notebook])


def told(nodes: list[Node]) -> list[str]:
    """Lines that name what was found, by kind."""
    kinds = {"exhibits": Exhibit, "numbers": Published, "files": File, "tasks": Work}
    found = {name: [node.id for node in nodes if isinstance(node, kind)] for name, kind in kinds.items()}
    return [f"{len(ids)} {name}: {', '.join(ids) or 'none'}" for name, ids in found.items()]
