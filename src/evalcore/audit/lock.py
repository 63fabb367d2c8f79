"""The lock of an edition: what its results were made from and what they are, as hashes to be compared later.

It is committed, sorted, one line per entry, and names neither commits nor folders of a machine. Pages of the book are
not in it: they are made from what is.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from evalcore.errors import EvalcoreError, say
from evalcore.io.files import write_bytes

SECTIONS = {
    "raw": "SHA-256 accepted in SOURCES.yml, by source",
    "ledger": "hash of the last entry, by source",
    "committed": "other files in git that stages read",
    "choices": "sections of the edition as read",
    "code": "notebooks (cells and declaration) and files of the package",
    "words": "captions and words, by exhibit",
    "environment": "requirements.lock and the version of Python",
    "files": "what the stages made",
    "exhibits": "data and pictures",
    "numbers": "what the prose refers to: task, value, SHA-256 of the whole entry",
    "posteriors": "mean and Monte Carlo error of what was drawn, for comparison on another type of machine",
}
"""Section -> what its entries hold."""


@dataclass(frozen=True)
class Lock:
    """Section -> entry -> hash (of numbers and posteriors: values beside it); `machine` is the type that made it."""

    edition: str
    machine: str
    sections: dict[str, dict[str, object]]

    @property
    def entries(self) -> dict[tuple[str, str], object]:
        """(section, name) -> content of all entries that are compared one to one."""
        compared = {name: entries for name, entries in self.sections.items() if name != "posteriors"}
        return {(section, name): content for section, found in compared.items() for name, content in found.items()}


def lock_path(edition: str, root: Path) -> Path:
    """Where an edition's lock is committed."""
    return root / "editions" / f"{edition}.lock.json"


def write_lock(lock: Lock, root: Path) -> Path:
    """Write a lock with sorted keys and one line per entry; returns its path."""
    head = {"edition": lock.edition, "machine": lock.machine}
    parts = [f" {json.dumps(name)}: {json.dumps(content)}" for name, content in head.items()]
    for section in SECTIONS:
        entries = lock.sections.get(section, {})
        lines = [f"  {_json(name)}: {_json(content)}" for name, content in sorted(entries.items())]
        parts.append(f" {json.dumps(section)}: {{\n" + ",\n".join(lines) + "\n }" if lines else f' "{section}": {{}}')
    path = lock_path(lock.edition, root)
    write_bytes(path, ("{\n" + ",\n".join(parts) + "\n}\n").encode())
    return path


def read_lock(edition: str, root: Path) -> Lock:
    """The committed lock of an edition.

    Raises
    ------
    EvalcoreError
        There is none, or it is damaged.
    """
    path = lock_path(edition, root)
    place = path.relative_to(root)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        sections = {name: dict(content[name]) for name in SECTIONS}
        return Lock(content["edition"], content["machine"], sections)
    except FileNotFoundError:
        remedy = f"`evalcore lock {edition}` writes it from a finished build; commit it"
        raise EvalcoreError(say(place, "there is no lock", remedy=remedy)) from None
    except (ValueError, KeyError, TypeError) as problem:
        found = f"is damaged: {type(problem).__name__} {problem}"
        raise EvalcoreError(say(place, found, ", ".join(SECTIONS), "restore it from git")) from None


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
