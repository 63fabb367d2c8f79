"""The whole way of one edition: data at hand, tasks, numbers, gate, book."""

import json
from collections.abc import Callable
from pathlib import Path

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError, say
from evalcore.io.files import write_json
from evalcore.pipeline.plan import PlannedTask, make_plan
from evalcore.pipeline.runner import Runner, build_lock


def report(edition: Edition, root: Path, workers: int, engine: str, tell: Callable[[str], None]) -> Path:
    """Bring the edition's book up to date and return the path of its first page.

    Raises
    ------
    EvalcoreError
        Anything that stops the build; the last good site is still in place.
    """
    from evalcore.pipeline.book import build as build_book
    from evalcore.pipeline.gate import check_exhibits

    with build_lock(edition.name, root):
        ran = Runner(edition, root, workers, engine, tell).run()
        tell(f"{len(ran)} task(s) ran")
        merge_numbers(make_plan(edition, root), root / "build" / edition.name)
        check_exhibits(root / "build" / edition.name)
        return build_book(edition, root, "en")


def merge_numbers(plan: list[PlannedTask], build: Path) -> None:
    """Write numbers.json from the numbers of all tasks; an id published twice is refused."""
    merged: dict[str, dict] = {}
    for task in plan:
        path = build / "numbers" / f"{task.name}.json"
        found = json.loads(path.read_text(encoding="utf-8")) if task.declaration.numbers else {}
        doubled = sorted(set(found) & set(merged))
        if doubled:
            raise EvalcoreError(say(task.name, f"publishes number(s) another task published: {', '.join(doubled)}"))
        merged |= found
    write_json(build / "numbers.json", dict(sorted(merged.items())))
