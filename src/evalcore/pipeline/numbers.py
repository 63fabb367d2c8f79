"""The numbers that all tasks of an edition published."""

import json
from pathlib import Path

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.plan import PlannedTask


def published_numbers(plan: list[PlannedTask], build: Path) -> dict[str, dict]:
    """Id -> entry as published, sorted; a task that has not run has none.

    Raises
    ------
    EvalcoreError
        An id is published twice.
    """
    merged: dict[str, dict] = {}
    for task in plan:
        path = build / "numbers" / f"{task.name}.json"
        found = json.loads(path.read_text(encoding="utf-8")) if task.declaration.numbers and path.is_file() else {}
        doubled = sorted(set(found) & set(merged))
        if doubled:
            raise EvalcoreError(say(task.name, f"publishes number(s) another task published: {', '.join(doubled)}"))
        merged |= found
    return dict(sorted(merged.items()))
