"""The lock that the tree at hand would get: what is there now, and which task made or uses each entry."""

import json
import os
import platform
from pathlib import Path

import llvmlite.binding

from evalcore.audit.lock import Lock
from evalcore.audit.posteriors import posterior_summary
from evalcore.edition import Edition
from evalcore.edition.sections import section_values
from evalcore.io.manifest import raw_path, read_manifest
from evalcore.pipeline.numbers import published_numbers
from evalcore.pipeline.plan import RAW, PlannedTask
from evalcore.pipeline.record import fingerprint
from evalcore.provenance.hashing import sha256_json, sha256_path

RECORD = "record.json"
"""Beside an exhibit's data and pictures; it names lines of code, which a comment above them moves."""
POSTERIORS = "posterior/"


def machine_type() -> str:
    """System, architecture and processor as compilers know it: where floating point gives the same bits.

    `OPENBLAS_CORETYPE` makes BLAS compute as on another processor, and is part of it.
    """
    blas = os.environ.get("OPENBLAS_CORETYPE")
    kind = f"{platform.system()} {platform.machine()} {llvmlite.binding.get_host_cpu_name()}"
    return f"{kind}, BLAS as {blas}" if blas else kind


def published_lock(edition: Edition, plan: list[PlannedTask], root: Path) -> Lock:
    """The part of the lock that tells raw files and what readers are shown: exhibits and numbers."""
    build, manifest = root / "build" / edition.name, read_manifest(edition, root)
    sections = {
        "raw": {name: manifest[source.file].sha256 for name, source in edition.sources.items()},
        "exhibits": _exhibits(build, _made(plan, build)),
        "numbers": {id_: _number(number) for id_, number in published_numbers(plan, build).items()},
    }
    return Lock(edition.name, machine_type(), sections)


def present_lock(edition: Edition, plan: list[PlannedTask], root: Path) -> Lock:
    """The lock of the tree as it is; what is not there has no entry."""
    build, prints = root / "build" / edition.name, [fingerprint(task, edition, root) for task in plan]
    parts = {part: _united(prints, part) for part in ("code", "words", "environment")}
    files = [name for name in _made(plan, build) if not name.startswith(("exhibits/", "numbers/", "notebooks/"))]
    sections = published_lock(edition, plan, root).sections | {
        "ledger": _ledgers(edition, root),
        "committed": {n: h for n, h in _united(prints, "inputs").items() if n.startswith(("data/", "editions/"))},
        "choices": {name: sha256_json(value) for name, value in _said(edition).items()},
        **parts,
        "files": {name: sha256_path(build / name) for name in files},
        "posteriors": {
            n: posterior_summary(build / n) for n in files if n.startswith(POSTERIORS) and n.count("/") == 1
        },
    }
    return Lock(edition.name, machine_type(), sections)


def entry_tasks(plan: list[PlannedTask], lock: Lock, edition: Edition, root: Path) -> dict[tuple[str, str], str]:
    """(section, name) -> the task that made an entry, or the first of the plan that uses it."""
    found: dict[tuple[str, str], str] = {}
    for task in plan:
        made_from = fingerprint(task, edition, root)
        keys = [("raw", name.removeprefix(RAW)) for name in task.inputs if name.startswith(RAW)]
        keys += [(part, name) for part in ("code", "words", "environment") for name in made_from[part]]
        keys += [("committed", name) for name in made_from["inputs"]]
        keys += [("choices", name) for name in made_from["sections"]]
        keys += [("files", name) for name in task.products]
        keys += [
            ("exhibits", name)
            for name in lock.sections["exhibits"]
            if f"exhibits/{name.split('/')[0]}" in task.products
        ]
        keys += [("numbers", name) for name, entry in lock.sections["numbers"].items() if entry["task"] == task.name]
        for key in keys:
            found.setdefault(key, task.name)
    return found


def drawn_tasks(plan: list[PlannedTask]) -> frozenset[str]:
    """Tasks whose results rest on a posterior: those that write one, and all behind them."""
    drawn, files = set(), set()
    for task in plan:
        if files & set(task.inputs) or any(name.startswith(POSTERIORS) for name in task.products):
            drawn.add(task.name)
            files |= set(task.products)
    return frozenset(drawn)


def _made(plan: list[PlannedTask], build: Path) -> list[str]:
    return [name for task in plan for name in task.products if (build / name).exists()]


def _united(prints: list[dict], part: str) -> dict[str, str]:
    return {name: sha256 for made_from in prints for name, sha256 in made_from[part].items()}


def _said(edition: Edition) -> dict[str, object]:
    """The sections the edition's files give; what has its default value because nobody named it has no entry."""
    return section_values(edition, tuple(sorted(edition.model_fields_set)))


def _ledgers(edition: Edition, root: Path) -> dict[str, str]:
    """The hash that a ledger's last entry carries, in which all entries before it take part."""
    paths = {name: raw_path(edition, name, root) for name, s in edition.sources.items() if s.file.endswith(".jsonl")}
    last = {name: path.read_text("utf-8").splitlines()[-1:] for name, path in paths.items() if path.is_file()}
    return {name: json.loads(line)["hash"] for name, lines in last.items() for line in lines}


def _exhibits(build: Path, made: list[str]) -> dict[str, str]:
    folders = [build / name for name in made if name.startswith("exhibits/")]
    files = [path for folder in folders for path in sorted(folder.iterdir()) if path.name != RECORD]
    return {path.relative_to(build / "exhibits").as_posix(): sha256_path(path) for path in files}


def _number(number: dict) -> dict:
    interval = {"interval": number["interval"]} if number.get("interval") else {}
    return {"task": number["record"], "value": number.get("value"), **interval, "sha256": sha256_json(number)}
