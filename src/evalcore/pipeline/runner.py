"""The runner: stale tasks run as soon as what they read is there; finished work is kept."""

import shutil
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from pathlib import Path

from filelock import AcquireReturnProxy, FileLock, Timeout

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError, say
from evalcore.io.files import write_json
from evalcore.pipeline.execute import execute
from evalcore.pipeline.executors import open_executor
from evalcore.pipeline.gate import check_published
from evalcore.pipeline.machinery import Machinery
from evalcore.pipeline.plan import PRODUCT_FOLDERS, PlannedTask, make_plan, upstream, urgent_first
from evalcore.pipeline.progress import Progress
from evalcore.pipeline.record import differences, fingerprint, make_record, reasons, record_path


def build_lock(edition: str, root: Path) -> AcquireReturnProxy:
    """The edition's exclusive lock, taken at once or refused and held in a `with`; a killed build leaves it free."""
    folder = root / "build" / edition
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return FileLock(folder / ".lock").acquire(timeout=0)
    except Timeout:
        raise EvalcoreError(
            say(f"build/{edition}", "another build of this edition is running", remedy="wait for it to end")
        ) from None


class Runner:
    """Brings all tasks of an edition up to date.

    Parameters
    ----------
    machinery : Machinery
        With what tasks are carried out, and where.
    tell : callable
        Takes one line of progress.
    only : set of str, optional
        Names of the tasks to bring up to date, with all they rest on; without it all are.
    """

    def __init__(
        self,
        edition: Edition,
        root: Path,
        machinery: Machinery,
        tell: Callable[[str], None],
        only: set[str] | None = None,
    ) -> None:
        self.edition, self.root, self.machinery = edition, root, machinery
        self.build = root / "build" / edition.name
        self.plan = [task for task in make_plan(edition, root) if only is None or task.name in only]
        self.progress = Progress(self.plan, self.build, machinery.workers, tell)
        self.executor, self.ran = open_executor(machinery), []

    def run(self) -> list[str]:
        """Run what is stale; returns the names of the tasks that ran.

        The first failure keeps new tasks from starting; those under way are finished and kept. An interrupt
        ends the running ones, and what they had written is removed.
        """
        self._remove_leftovers()
        pool = ThreadPoolExecutor(max_workers=self.machinery.workers)
        try:
            self._walk(pool)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            self.executor.shutdown(wait=False, cancel_futures=True)
            pool.shutdown(wait=True)
        return self.ran

    def _walk(self, pool: Executor) -> None:
        waiting = {task.name: (task, upstream(task, self.plan)) for task in urgent_first(self.plan)}
        running: dict[Future, str] = {}
        done: set[str] = set()
        while waiting or running:
            ready = [task for task, before in waiting.values() if before <= done]
            for task in ready[: self.machinery.workers - len(running)]:
                running[pool.submit(self._bring_up_to_date, task)] = task.name
                del waiting[task.name]
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            errors = [error for future in finished if (error := future.exception())]
            if errors:
                wait(running)  # their work is kept
                raise errors[0]
            done |= {running.pop(future) for future in finished}

    def _bring_up_to_date(self, task: PlannedTask) -> None:
        before = fingerprint(task, self.edition, self.root)
        if not reasons(task, before, self.build):
            self.progress.skipped(task)
            return
        self.progress.started(task)
        begun = time.monotonic()
        self._make(task)
        changed = differences(before, fingerprint(task, self.edition, self.root))
        if changed:
            self._remove(task)
            raise EvalcoreError(say(task.name, f"changed while it ran: {'; '.join(changed)}", remedy="run again"))
        seconds = round(time.monotonic() - begun, 2)
        self._write_record(task, before, seconds)
        self.ran.append(task.name)
        self.progress.finished(task, seconds)

    def _make(self, task: PlannedTask) -> None:
        """Run the task where none of its old products can be mistaken for new ones."""
        aside = self.build / "scratch" / f"{task.name}.aside"
        shutil.rmtree(aside, ignore_errors=True)
        for name in task.products:
            _move(self.build / name, aside / name)
        record_path(task, self.build).unlink(missing_ok=True)
        try:
            self.executor.submit(execute, task, self.edition.name, self.root, self.machinery).result()
            self._require_products(task)
        except BaseException:
            self._remove(task)
            raise
        finally:
            _restore_unchanged(task, self.build, aside)

    def _require_products(self, task: PlannedTask) -> None:
        missing = [name for name in task.products if not (self.build / name).exists()]
        if missing:
            raise EvalcoreError(
                say(f"notebook {task.notebook.name}", f"did not make {', '.join(missing)}, which it declares")
            )
        check_published(task, self.build)

    def _remove(self, task: PlannedTask) -> None:
        for name in task.products:
            _delete(self.build / name)

    def _write_record(self, task: PlannedTask, made_from: dict, seconds: float) -> None:
        record = make_record(task, self.edition, self.root, made_from, seconds)
        write_json(record_path(task, self.build), record)

    def _remove_leftovers(self) -> None:
        """Delete what no task of the plan makes any more, so that nothing old is published."""
        shutil.rmtree(self.build / "scratch", ignore_errors=True)
        kept = {self.build / name for task in self.plan for name in task.products}
        kept |= {record_path(task, self.build) for task in self.plan}
        for folder in (*PRODUCT_FOLDERS, "records"):
            for path in sorted((self.build / folder).rglob("*"), reverse=True):
                inside = any(path == keep or keep in path.parents for keep in kept)
                if not inside and not any(path in keep.parents for keep in kept):
                    _delete(path)


def _restore_unchanged(task: PlannedTask, build: Path, aside: Path) -> None:
    """Put the old file back where the new one is equal: its time stamp then wakes nobody."""
    for old in sorted(path for path in aside.rglob("*") if path.is_file()):
        new = build / old.relative_to(aside)
        if new.is_file() and new.read_bytes() == old.read_bytes():
            old.replace(new)
    shutil.rmtree(aside, ignore_errors=True)


def _move(path: Path, target: Path) -> None:
    if path.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
