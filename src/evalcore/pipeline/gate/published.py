"""What a task put among exhibits and numbers was published by it, with its record."""

import json
from collections.abc import Iterator
from pathlib import Path

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.plan import PlannedTask


def check_published(task: PlannedTask, build: Path) -> None:
    """Refuse exhibits and numbers that did not come through `evalcore.publish`, which writes their records.

    Raises
    ------
    EvalcoreError
        Naming notebook and exhibit or number.
    """
    for what in _unrecorded(task, build):
        remedy = "publish with evalcore.publish, which records where it came from"
        raise EvalcoreError(
            say(f"notebook {task.notebook.name}", f"{what} has no record of {task.name}", remedy=remedy)
        )


def _unrecorded(task: PlannedTask, build: Path) -> Iterator[str]:
    for name in task.products:
        if name.startswith("exhibits/") and _json(build / name / "record.json").get("task") != task.name:
            yield name
        elif name == f"numbers/{task.name}.json":
            numbers = _json(build / name)
            yield from (f"number {id_}" for id_, number in numbers.items() if number.get("record") != task.name)


def _json(path: Path) -> dict:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
