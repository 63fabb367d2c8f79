"""Numbers that prose may refer to, published under dotted ids."""

import numpy as np

from evalcore.errors import EvalcoreError, say
from evalcore.io.files import write_json
from evalcore.io.task import Task
from evalcore.words import Number


def numbers(task: Task, found: dict[str, Number]) -> str:
    """Publish numbers, once per notebook; in a repeated notebook the item is put before the ids."""
    if not task.declaration.numbers:
        raise EvalcoreError(
            say(f"notebook {task.notebook}", "publishes numbers without declaring it", remedy="`numbers: true`")
        )
    bad = [key for key, number in found.items() if not _finite(number)]
    if bad:
        raise EvalcoreError(
            say(
                f"notebook {task.notebook}", f"number(s) {', '.join(bad)} are not finite", remedy="publish None instead"
            )
        )
    prefix = f"{task.item.lower()}." if task.item else ""
    write_json(task.numbers_file, {prefix + key: number.as_json(task.name) for key, number in sorted(found.items())})
    return f"{len(found)} numbers published"


def _finite(number: Number) -> bool:
    """Whether value and interval can be stored as JSON."""
    stored = [value for value in (number.value, *(number.interval or ())) if isinstance(value, float | np.floating)]
    return bool(np.isfinite(stored).all())
