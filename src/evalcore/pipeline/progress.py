"""Progress: the running chapter and the time left, one line per event."""

import threading
from collections.abc import Callable
from pathlib import Path

from evalcore.pipeline.plan import PlannedTask
from evalcore.pipeline.record import read_record

UNKNOWN_SECONDS = 3.0


class Progress:
    """Counts tasks and estimates what is left from how long each took the last time."""

    def __init__(self, plan: list[PlannedTask], build: Path, workers: int, tell: Callable[[str], None]) -> None:
        self._left = {task.name: _last_seconds(task, build) for task in plan}
        self._total, self._workers, self._tell = len(plan), workers, tell
        self._lock = threading.Lock()

    def started(self, task: PlannedTask) -> None:
        """Say that a task runs."""
        self._say(f"{task.name} ...")

    def skipped(self, task: PlannedTask) -> None:
        """Count a task that is up to date."""
        with self._lock:
            self._left.pop(task.name, None)

    def finished(self, task: PlannedTask, seconds: float) -> None:
        """Say that a task is done, how long it took and what is left."""
        with self._lock:
            self._left.pop(task.name, None)
        self._say(f"{task.name} {seconds:.1f} s")

    def _say(self, what: str) -> None:
        with self._lock:
            done, left = self._total - len(self._left), sum(self._left.values()) / self._workers
        self._tell(f"[{done:3d}/{self._total}] {what:32s} about {int(left // 60)}:{int(left % 60):02d} left")


def _last_seconds(task: PlannedTask, build: Path) -> float:
    record = read_record(task, build)
    return record["seconds"] if record else UNKNOWN_SECONDS
