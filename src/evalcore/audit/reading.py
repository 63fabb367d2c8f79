"""The lineage of a built edition, read from the records of its tasks, exhibits and numbers."""

import json
from pathlib import Path

from evalcore.audit.lineage import Lineage
from evalcore.audit.nodes import Code, Committed, Exhibit, File, Node, Published, Raw, Work, key
from evalcore.edition import Edition
from evalcore.errors import EvalcoreError, say
from evalcore.io.manifest import read_manifest

RAW, EXHIBITS, NUMBERS = "raw/", "exhibits/", "evalcore.publish.numbers.numbers"


def read_lineage(edition: Edition, root: Path) -> Lineage:
    """The lineage of everything built of an edition.

    Raises
    ------
    EvalcoreError
        The edition was not built, or a record is damaged.
    """
    build = root / "build" / edition.name
    records = {path.stem: _json(path, root) for path in sorted((build / "records").glob("*.json"))}
    if not records:
        raise EvalcoreError(say(f"build/{edition.name}", "was not built", remedy=f"`evalcore report {edition.name}`"))
    older = [name for name, record in records.items() if "functions" not in record]
    if older:
        found = f"was recorded by an older version: {', '.join(older)}"
        raise EvalcoreError(say(f"build/{edition.name}", found, remedy=f"`evalcore report {edition.name}`"))
    tasks = [_work(record) for record in records.values()]
    nodes: list[Node] = [*tasks, *_inputs(tasks, edition, root)]
    for task in tasks:
        nodes += _products(task, build, root)
    parents = {key(node): _parents(node) for node in nodes}
    return Lineage(edition.name, {key(node): node for node in nodes}, parents)


def _work(record: dict) -> Work:
    made_from = record["fingerprint"]
    return Work(
        id=record["task"],
        functions=tuple(Code(**function) for function in record["functions"]),
        **{name: made_from[name] for name in ("inputs", "code", "sections", "words", "environment")},
        **{name: record[name] for name in ("notebook", "parameters", "seed", "outputs", "seconds")},
    )


def _inputs(tasks: list[Work], edition: Edition, root: Path) -> list[Raw | Committed]:
    """What no task made: raw files of the edition, and files in git."""
    read = {name: sha256 for task in tasks for name, sha256 in task.inputs.items()}
    made = {name for task in tasks for name in task.outputs}
    manifest = read_manifest(edition, root)
    raw = [name for name in edition.sources if RAW + name in read]
    committed = sorted(name for name in set(read) - made if not name.startswith(RAW) and (root / name).is_file())
    return [_raw(name, read[RAW + name], edition, manifest) for name in raw] + [
        Committed(name, read[name]) for name in committed
    ]


def _raw(source: str, sha256: str, edition: Edition, manifest: dict) -> Raw:
    file = edition.sources[source].file
    entry = manifest[file]
    place = f"shared/{entry.folder}" if entry.folder else f"data/raw/{edition.name}"
    told = {name: getattr(entry, name) for name in ("generated", "what", "licence", "date", "obtained")}
    return Raw(source, f"{place}/{file}", sha256, entry.sha256, **told)


def _products(task: Work, build: Path, root: Path) -> list[Node]:
    found: list[Node] = []
    for name, sha256 in task.outputs.items():
        if name.startswith(EXHIBITS):
            found.append(_exhibit(name.removeprefix(EXHIBITS), sha256, task, _json(build / name / "record.json", root)))
        elif name == f"numbers/{task.id}.json":
            found += _numbers(task, _json(build / name, root))
        else:
            found.append(File(name, sha256, task.id))
    return found


def _exhibit(id_: str, sha256: str, task: Work, record: dict) -> Exhibit:
    cell, function = record.get("cell", ""), record.get("function")
    code = Code(**function, cell=cell) if function else None
    return Exhibit(id_, sha256, task.id, record["kind"], cell, code, record.get("caption", {}))


def _numbers(task: Work, numbers: dict) -> list[Published]:
    cell = next((code.cell for code in task.functions if code.name == NUMBERS), "")
    return [Published(id_, number["value"], number["text"], task.id, cell) for id_, number in numbers.items()]


def _parents(node: Node) -> tuple[str, ...]:
    if isinstance(node, Work):
        return tuple(_parent(name) for name in node.inputs)
    return (f"task:{node.task}",) if isinstance(node, File | Exhibit | Published) else ()


def _parent(name: str) -> str:
    if name.startswith(RAW):
        return f"raw:{name.removeprefix(RAW)}"
    return f"committed:{name}" if name.startswith(("data/", "editions/")) else f"file:{name}"


def _json(path: Path, root: Path) -> dict:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        found = f"cannot be read: {problem}"
        raise EvalcoreError(say(path.relative_to(root), found, remedy="build the edition again")) from None
