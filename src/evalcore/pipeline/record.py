"""Records: what a task was made from and what it made, the one truth about staleness and lineage."""

import json
import sys
from pathlib import Path

from evalcore.edition import Edition
from evalcore.edition.sections import section_values
from evalcore.io.manifest import raw_folder, raw_path
from evalcore.pipeline.plan import COMMITTED, RAW, PlannedTask
from evalcore.provenance.cells import code_cells, read_notebook
from evalcore.provenance.closure import code_files
from evalcore.provenance.definitions import Definitions
from evalcore.provenance.hashing import sha256_bytes, sha256_json, sha256_once
from evalcore.words import LANGUAGES, exhibit_words, published_words, shared_words

PARTS = {
    "inputs": "input {} {}",
    "code": "code {} {}",
    "sections": "edition section '{}' {}",
    "words": "words of '{}' {}",
    "environment": "environment {} {}",
}
"""Part of a fingerprint -> how a difference in it is told."""


def fingerprint(task: PlannedTask, edition: Edition, root: Path) -> dict[str, dict[str, str]]:
    """Everything a task's products depend on, as hashes by name."""
    return {
        "inputs": {name: _input_hash(name, edition, root) for name in task.inputs} | _source_files(task, edition, root),
        "code": _code(task.notebook, root),
        "sections": {
            key: sha256_json(value) for key, value in section_values(edition, task.declaration.sections).items()
        },
        "words": _words(task),
        "environment": _environment(root),
    }


def make_record(task: PlannedTask, edition: Edition, root: Path, made_from: dict, seconds: float) -> dict:
    """What is kept of a task that ran: the audit trail, staleness and progress read nothing else.

    Parameters
    ----------
    made_from : dict
        The fingerprint before it ran, equal to the one after.
    seconds : float
        How long it took.
    """
    cells = Definitions(root / "src").named(code_cells(task.notebook))
    return {
        "task": task.name,
        "notebook": task.notebook.relative_to(root).as_posix(),
        "item": task.item,
        "parameters": {"edition": edition.name, **({"item": task.item} if task.item else {})},
        "seed": edition.seed if "seed" in task.declaration.sections else None,
        "functions": [{"cell": cell, **place.as_json()} for cell, named in cells.items() for place in named],
        "fingerprint": made_from,
        "outputs": product_hashes(task, root / "build" / edition.name),
        "seconds": seconds,
    }


def product_hashes(task: PlannedTask, build: Path) -> dict[str, str]:
    """SHA-256 of each product; a missing one is "missing"."""
    return {name: _hash(build / name) for name in task.products}


def read_record(task: PlannedTask, build: Path) -> dict | None:
    """The task's record, None where it never finished or where an older version kept less than is needed now."""
    path = record_path(task, build)
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return record if "functions" in record else None


def record_path(task: PlannedTask, build: Path) -> Path:
    """Where a task's record lies."""
    return build / "records" / f"{task.name}.json"


def reasons(task: PlannedTask, now: dict[str, dict[str, str]], build: Path) -> list[str]:
    """Why a task must run, in plain words; empty where it is up to date."""
    record = read_record(task, build)
    if record is None:
        return ["never run"]
    found = differences(record["fingerprint"], now)
    products = product_hashes(task, build)
    found += [
        f"product {name} {_change(record['outputs'].get(name), products[name])}"
        for name in products
        if record["outputs"].get(name) != products[name]
    ]
    return found


def differences(before: dict[str, dict[str, str]], now: dict[str, dict[str, str]]) -> list[str]:
    """What differs between two fingerprints, one phrase each."""
    return [
        sentence.format(name, _change(before.get(part, {}).get(name), now[part].get(name)))
        for part, sentence in PARTS.items()
        for name in sorted(set(before.get(part, {})) | set(now[part]))
        if before.get(part, {}).get(name) != now[part].get(name)
    ]


def _change(before: str | None, after: str | None) -> str:
    if before in (None, "missing"):
        return "is new"
    return "is gone" if after in (None, "missing") else "changed"


def _input_hash(name: str, edition: Edition, root: Path) -> str:
    if name.startswith(RAW):
        return _hash(raw_path(edition, name.removeprefix(RAW), root))
    return _hash(root / name if name.startswith(COMMITTED) else root / "build" / edition.name / name)


def _source_files(task: PlannedTask, edition: Edition, root: Path) -> dict[str, str]:
    """For tasks that read raw data: the accepted hashes and the column maps."""
    sources = [edition.sources[name.removeprefix(RAW)] for name in task.inputs if name.startswith(RAW)]
    paths = [root / "editions" / "maps" / f"{source.map}.yml" for source in sources if source.map]
    paths += [raw_folder(edition.name, root) / "SOURCES.yml"] if sources else []
    return {path.relative_to(root).as_posix(): _hash(path) for path in paths}


def _code(notebook: Path, root: Path) -> dict[str, str]:
    """The notebook's cells and declaration, and every file of the package that it imports."""
    document = read_notebook(notebook)
    cells = [[cell.cell_type, cell.id, cell.source, cell.metadata] for cell in document.cells]
    own = {f"notebooks/{notebook.name}": sha256_json([cells, document.metadata.get("evalcore", {})])}
    src = root / "src"
    place = f"notebook {notebook.name}, cell '{{}}'"
    sources = {place.format(cell.id): cell.source for cell in document.cells if cell.cell_type == "code"}
    return own | {path.relative_to(root).as_posix(): _hash(path) for path in code_files(sources, src)}


def _words(task: PlannedTask) -> dict[str, str]:
    """Words of the exhibits a task publishes; the shared ones where it publishes anything."""
    own = {name: sha256_json([exhibit_words(name, lang) for lang in LANGUAGES]) for name in task.declaration.exhibits}
    if own or task.declaration.numbers:
        own["shared"] = sha256_json([*(shared_words(lang) for lang in LANGUAGES), published_words()])
    return own


def _environment(root: Path) -> dict[str, str]:
    return {
        "requirements.lock": _hash(root / "requirements.lock"),
        "python": sha256_bytes(f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}".encode()),
    }


def _hash(path: Path) -> str:
    if path.is_dir():
        return sha256_json([[p.name, _hash(p)] for p in sorted(path.iterdir())])
    if not path.is_file():
        return "missing"
    return sha256_once(path)
