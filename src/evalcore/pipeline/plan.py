"""The plan: which tasks an edition has, what each reads and makes, and in which order they can run."""

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError, say
from evalcore.provenance.declarations import ITEMS, Declaration, exhibit_id, expand, read_declaration
from evalcore.provenance.readers import refuse_readers

RAW = "raw/"
COMMITTED = "data/"
"""Inputs that no task makes: raw files of the edition, and files in git by their path below the root."""
PRODUCT_FOLDERS = (
    "ingest",
    "clean",
    "weights",
    "indicators",
    "posterior",
    "checks",
    "score",
    "index",
    "warn",
    "exhibits",
    "numbers",
    "notebooks",
)
"""Where products may lie: what no task makes any more is deleted there."""


@dataclass(frozen=True)
class PlannedTask:
    """One notebook for one item; `inputs` and `products` are paths below build/<edition>.

    Inputs are also raw/... and data/...
    """

    name: str
    notebook: Path
    item: str | None
    declaration: Declaration
    inputs: tuple[str, ...]
    products: tuple[str, ...]


def make_plan(edition: Edition, root: Path) -> list[PlannedTask]:
    """All tasks of an edition in an order in which they can run.

    Raises
    ------
    EvalcoreError
        Two tasks make the same file, a task writes outside the product folders or reads what nobody makes, or
        tasks wait for each other.
    """
    tasks = [task for path in sorted((root / "notebooks").glob("*.ipynb")) for task in _tasks(path, edition)]
    makers = _makers(tasks)
    graph = {
        task.name: {_maker(name, task, makers) for name in task.inputs if not name.startswith((RAW, COMMITTED))}
        for task in tasks
    }
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise EvalcoreError(say("notebooks", f"wait for each other: {' -> '.join(error.args[1])}")) from None
    return sorted(tasks, key=lambda task: order.index(task.name))


def upstream(task: PlannedTask, plan: list[PlannedTask]) -> set[str]:
    """Names of the tasks that make what a task reads."""
    makers = _makers(plan)
    return {makers[name] for name in task.inputs if name in makers}


def urgent_first(plan: list[PlannedTask]) -> list[PlannedTask]:
    """The plan with the tasks first that most others wait for in the end: what is behind them is long."""
    behind: dict[str, set[str]] = {task.name: set() for task in plan}
    for task in reversed(plan):
        for before in upstream(task, plan):
            behind[before] |= {task.name, *behind[task.name]}
    return sorted(plan, key=lambda task: -len(behind[task.name]))


def _tasks(path: Path, edition: Edition) -> list[PlannedTask]:
    declaration = read_declaration(path)
    refuse_readers(path)
    if set(declaration.needs) - edition.collected:
        return []
    if declaration.foreach is not None and declaration.foreach not in ITEMS:
        raise EvalcoreError(say(f"{path.name}: foreach", repr(declaration.foreach), ", ".join(ITEMS)))
    items = ITEMS[declaration.foreach](edition) if declaration.foreach else [None]
    return [_task(path, declaration, item, edition) for item in items]


def _task(path: Path, declaration: Declaration, item: str | None, edition: Edition) -> PlannedTask:
    name = path.stem + (f"-{item.lower()}" if item else "")
    products = [f"notebooks/{name}.ipynb", *expand(declaration.writes, edition, item)]
    products += [f"exhibits/{exhibit_id(exhibit, item)}" for exhibit in declaration.exhibits]
    products += [f"numbers/{name}.json"] if declaration.numbers else []
    _require_folders(path, products)
    return PlannedTask(name, path, item, declaration, tuple(expand(declaration.reads, edition, item)), tuple(products))


def _require_folders(notebook: Path, products: list[str]) -> None:
    strays = [name for name in products if name.split("/")[0] not in PRODUCT_FOLDERS or ".." in name.split("/")]
    if strays:
        raise EvalcoreError(
            say(f"{notebook.name}: writes", ", ".join(strays), f"files in {', '.join(PRODUCT_FOLDERS)}")
        )


def _makers(tasks: list[PlannedTask]) -> dict[str, str]:
    makers: dict[str, str] = {}
    for task in tasks:
        for product in task.products:
            if product in makers:
                raise EvalcoreError(say(product, f"is made by {makers[product]} and by {task.name}", "one maker"))
            makers[product] = task.name
    return makers


def _maker(name: str, task: PlannedTask, makers: dict[str, str]) -> str:
    if name not in makers:
        raise EvalcoreError(
            say(f"{task.notebook.name}: reads", f"nobody makes '{name}'", remedy="declare it in a `writes`")
        )
    return makers[name]
