"""Executing one task in a process of its own: run, gate, put the notebook in place."""

import multiprocessing
import os
import re
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import nbformat

from evalcore.errors import DISK_REMEDY, EvalcoreError, is_about_the_disk, say
from evalcore.io.files import write_bytes
from evalcore.io.watch import WATCHED
from evalcore.pipeline.machinery import NOTEBOOKS, Machinery
from evalcore.pipeline.plan import PlannedTask

PRELOADED = ["evalcore.pipeline.preload"]
GLANCE_SECONDS = 0.2
"""How often a task that runs asks whether it is still wanted."""


def execute(task: PlannedTask, edition: str, root: Path, machinery: Machinery, wanted: Callable[[], bool]) -> None:
    """Run a task's notebook in a fresh process; a process that dies fails this task only.

    It is forked from a warm one, here or on a worker of a cluster, and ended once it is no longer wanted.

    Raises
    ------
    EvalcoreError
        Names notebook and cell, or says that the process was killed.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    parent, child = context.Pipe()
    process = context.Process(target=_child, args=(child, task, edition, root, machinery), daemon=True)
    process.start()
    child.close()
    while not parent.poll(GLANCE_SECONDS):
        if not wanted():
            process.terminate()
    try:
        message = parent.recv()
    except EOFError:
        message = None
    process.join()
    if message is None:
        raise EvalcoreError(_ending(task, process.exitcode))
    if message:
        raise EvalcoreError(message)


def _ending(task: PlannedTask, code: int) -> str:
    """What is known of a process that ended without a word to the runner."""
    if code >= 0:
        return say(f"task {task.name}", f"its process ended with code {code}", remedy="its last words are above")
    remedy = "run again; where memory was short, with --workers 1"
    return say(f"task {task.name}", f"its process was killed ({signal.Signals(-code).name})", remedy=remedy)


def _child(parent: Connection, task: PlannedTask, edition: str, root: Path, machinery: Machinery) -> None:
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        run_task(task, edition, root, machinery)
    except EvalcoreError as error:
        parent.send(str(error))
    except OSError as error:
        if not is_about_the_disk(error):
            raise
        parent.send(say(error.filename or task.name, error.strerror, remedy=DISK_REMEDY))
    else:
        parent.send("")


def _die_with_parent() -> None:
    """End this process when the runner's is gone, so that a killed build leaves nobody writing."""
    multiprocessing.parent_process().join()
    os._exit(1)


def run_task(task: PlannedTask, edition: str, root: Path, machinery: Machinery) -> None:
    """Run the notebook, pass it through the gate, write it without what differs from run to run."""
    from evalcore.pipeline.engine import PapermillExecutionError, run_notebook
    from evalcore.pipeline.gate import check_notebook

    build = root / "build" / edition
    scratch = build / "scratch" / f"{task.name}.ipynb"
    scratch.parent.mkdir(parents=True, exist_ok=True)
    parameters = {"edition": edition, "root": ".", "item": task.item, "inputs": list(task.inputs)}
    machinery.settle()
    os.environ[WATCHED] = task.name  # here and in a kernel started from here
    try:
        notebook = run_notebook(task.notebook, scratch, parameters, NOTEBOOKS[machinery.notebooks])
    except PapermillExecutionError as error:
        raise EvalcoreError(_failure(task, nbformat.read(scratch, as_version=4), error)) from None
    check_notebook(notebook, task.name)
    write_bytes(build / "notebooks" / f"{task.name}.ipynb", nbformat.writes(_stable(notebook)).encode())
    scratch.unlink()


def _failure(task: PlannedTask, notebook: nbformat.NotebookNode, error: Exception) -> str:
    failed = [c for c in notebook.cells if any(o.output_type == "error" for o in c.get("outputs", []))]
    cell = next((c.id for c in failed if "papermill-error" not in str(c.metadata.get("tags", []))), "?")
    if error.ename == "EvalcoreError":
        return f"{error.evalue}\n  (in notebook {task.notebook.name}, cell '{cell}')"
    if error.ename in ("OSError", "PermissionError"):
        return say(f"notebook {task.notebook.name}, cell '{cell}'", error.evalue, remedy=DISK_REMEDY)
    last = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error.traceback)).strip()[-1500:]
    return say(f"notebook {task.notebook.name}, cell '{cell}'", f"{error.ename}: {error.evalue}") + f"\n{last}"


def _stable(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without timestamps, durations, random ids, the kernel's version and other traces of the run."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
    return notebook
