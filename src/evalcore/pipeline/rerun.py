"""Making one exhibit or number anew, from the raw files, in a folder of its own, and comparing what comes out."""

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evalcore.audit.lock import lock_path, read_lock
from evalcore.edition import Edition
from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.machinery import Machinery
from evalcore.pipeline.plan import PlannedTask, make_plan, upstream
from evalcore.pipeline.runner import Runner
from evalcore.provenance.hashing import sha256_json, sha256_path

SHARED = ("src", "editions", "data", "_config.yml", "requirements.lock")
"""What a clean folder borrows from the checkout; the notebooks, which run where they lie, are copied."""


@dataclass(frozen=True)
class Remade:
    """Whether a remade result is the one at hand: lines to print, and how many of them disagree."""

    lines: tuple[str, ...]
    different: int


def rerun(edition: Edition, id_: str, root: Path, machinery: Machinery, tell: Callable[[str], None]) -> Remade:
    """Run the chain of an exhibit or number in a clean folder and compare the outcome.

    With the build at hand data are compared value by value, pictures and tables byte by byte and files on the way by
    hash; in a clone that was never built, with the hashes of the lock.

    Raises
    ------
    EvalcoreError
        Nothing makes it, or there is neither a build nor a lock.
    """
    plan = make_plan(edition, root)
    task = _maker(edition, id_, plan, root)
    chain = _chain(task, plan)
    with tempfile.TemporaryDirectory(prefix="evalcore-") as folder:
        clean = Path(folder).resolve()
        shutil.copytree(root / "notebooks", clean / "notebooks")
        for name in SHARED:
            (clean / name).symlink_to(root / name)
        Runner(edition, clean, machinery, tell, chain).run()
        new, old = clean / "build" / edition.name, root / "build" / edition.name
        lines = [*_files(plan, chain, old, new), *_result(edition, id_, task, old, new, root)]
    return Remade(tuple(line for line, _ in lines), sum(not same for _, same in lines))


def _maker(edition: Edition, id_: str, plan: list[PlannedTask], root: Path) -> PlannedTask:
    """The task that publishes an exhibit or a number: by its declaration, by what was built, or by the lock."""
    for task in plan:
        numbers = root / "build" / edition.name / "numbers" / f"{task.name}.json"
        if f"exhibits/{id_}" in task.products or (numbers.is_file() and id_ in json.loads(numbers.read_text("utf-8"))):
            return task
    locked = _locked(edition, root).get("numbers", {})
    name = locked[id_]["task"] if id_ in locked else None
    found = next((task for task in plan if task.name == name), None)
    if found is None:
        remedy = f"`evalcore audit {edition.name}` lists what was built"
        raise EvalcoreError(say(f"edition {edition.name}", f"no exhibit or number is called '{id_}'", remedy=remedy))
    return found


def _locked(edition: Edition, root: Path) -> dict[str, dict]:
    return read_lock(edition.name, root).sections if lock_path(edition.name, root).is_file() else {}


def _chain(task: PlannedTask, plan: list[PlannedTask]) -> set[str]:
    """Names of a task and of all it rests on."""
    by_name = {other.name: other for other in plan}
    chain, waiting = set(), {task.name}
    while waiting:
        chain |= waiting
        waiting = set().union(*(upstream(by_name[name], plan) for name in waiting)) - chain
    return chain


def _files(plan: list[PlannedTask], chain: set[str], old: Path, new: Path) -> list[tuple[str, bool]]:
    """How many files on the way came out the same, and each that did not; nothing where none was built."""
    names = [name for task in plan if task.name in chain for name in task.products]
    names = [name for name in names if not name.startswith(("exhibits/", "numbers/", "notebooks/"))]
    built = [name for name in names if (old / name).exists()]
    apart = [name for name in built if sha256_path(old / name) != sha256_path(new / name)]
    counted = f"{len(built) - len(apart)} of {len(built)} files on the way identical"
    return [(f"different: {name}", False) for name in apart] + ([(counted, True)] if built else [])


def _result(edition: Edition, id_: str, task: PlannedTask, old: Path, new: Path, root: Path) -> list[tuple[str, bool]]:
    exhibit = Path("exhibits") / id_
    if (new / exhibit).is_dir():
        if (old / exhibit).is_dir():
            return [_compared(old / exhibit / p.name, p) for p in _parts(new / exhibit)]
        locked = _required(edition, root)["exhibits"]
        return [_said(p.name, locked.get(f"{id_}/{p.name}") == sha256_path(p), "lock") for p in _parts(new / exhibit)]
    numbers = Path("numbers") / f"{task.name}.json"
    made = json.loads((new / numbers).read_text("utf-8"))[id_]
    if (old / numbers).is_file():
        before = json.loads((old / numbers).read_text("utf-8"))[id_]
        return [_said(f"number {id_} = {made['value']!r}", made == before, "build")]
    return [_said(f"number {id_}", _required(edition, root)["numbers"][id_]["sha256"] == sha256_json(made), "lock")]


def _required(edition: Edition, root: Path) -> dict[str, dict]:
    """The lock, which has to be there where nothing was built."""
    return read_lock(edition.name, root).sections


def _parts(folder: Path) -> list[Path]:
    """Data and pictures of an exhibit; its record names lines and seconds, and is not compared."""
    return sorted(path for path in folder.iterdir() if path.name != "record.json")


def _compared(old: Path, new: Path) -> tuple[str, bool]:
    if new.suffix != ".csv" or not old.is_file():
        return _said(new.name, old.is_file() and old.read_bytes() == new.read_bytes(), "build")
    before, after = (pd.read_csv(path, dtype=str, keep_default_na=False) for path in (old, new))
    if before.shape != after.shape or list(before) != list(after):
        return f"different: {new.name} has other rows or columns than in the build", False
    apart = int((before != after).to_numpy().sum())
    values = f"{before.size - apart} of {before.size} values"
    return f"{'different' if apart else 'identical'}: {new.name}: {values} as in the build", not apart


def _said(what: str, same: bool, where: str) -> tuple[str, bool]:
    return (f"identical: {what}" if same else f"different: {what} is not the one in the {where}"), same
