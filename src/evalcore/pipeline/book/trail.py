"""What the book tells of how its results came about: a card per exhibit, the audit index, the source files named."""

import json
import re
from collections.abc import Container, Iterable
from functools import cached_property
from typing import Any

from evalcore.audit import Lineage
from evalcore.audit.nodes import Code, Exhibit, Published, Raw, Work
from evalcore.pipeline.book.pages import Page
from evalcore.pipeline.book.places import Places
from evalcore.provenance.commits import last_commits
from evalcore.words import LANGUAGES, shared_words

SHOWN = {
    "exhibit": re.compile(r"\{exhibit\}[ ]+([a-z0-9-]+)"),
    "number": re.compile(r"\{num\}`([^`]+)`"),
}
"""Where a page shows an exhibit or a number."""


class Trail:
    """The lineage of one edition as its book shows it; numbers of `withheld` tasks keep place, not value."""

    def __init__(self, lineage: Lineage, pages: Iterable[Page], places: Places, withheld: Container[str] = ()):
        self.lineage, self.places, self.withheld = lineage, places, withheld
        texts = [(page.name, page.text) for page in pages]
        self._shown = {
            kind: [(name, set(pattern.findall(text))) for name, text in texts] for kind, pattern in SHOWN.items()
        }

    def files(self) -> dict[str, bytes]:
        """Return name -> content: `_trail/<exhibit>.json`, `_trail.json` (the index) and `_code/<source file>`."""
        found = {f"_trail/{e.id}.json": self._card(e) for e in self.lineage.exhibits if e.function}
        index = {
            "exhibits": [self._exhibit(e) for e in self.lineage.exhibits],
            "numbers": [self._number(n) for n in self.lineage.numbers],
            "sources": [self._source(source) for source in self._sources_used],
            "code": [self._function(code) for code in self._functions],
        }
        files = {name: (self.places.root / name).read_bytes() for name in self._code_files if self._is_here(name)}
        written = {name: json.dumps(c, ensure_ascii=False, sort_keys=True).encode() for name, c in found.items()}
        index_file = {"_trail.json": json.dumps(index, ensure_ascii=False, sort_keys=True).encode()}
        return written | index_file | {f"_code/{name}": content for name, content in files.items()}

    def _is_here(self, name: str) -> bool:
        return (self.places.root / name).is_file()

    def _card(self, exhibit: Exhibit) -> dict[str, Any]:
        task = self.lineage.task_of(exhibit)
        return {
            "id": exhibit.id,
            "kind": exhibit.shape,
            "task": task.id,
            "cell": exhibit.cell,
            "function": _place(exhibit.function) | {"commit": self._commits[exhibit.function.file]},
            "parameters": task.parameters,
            "seed": task.seed,
            "inputs": [{"path": name, "sha256": sha256} for name, sha256 in task.inputs.items()],
            "sources": [{"id": s.id, "path": s.path, "sha256": s.sha256} for s in self._sources[task.id]],
            "command": f"evalcore audit {self.lineage.edition} {exhibit.id} --rerun",
        }

    def _exhibit(self, exhibit: Exhibit) -> dict[str, Any]:
        return self._result(exhibit, "exhibit") | {
            "kind": exhibit.shape,
            "functions": [_place(exhibit.function)] if exhibit.function else [],
        }

    def _number(self, number: Published) -> dict[str, Any]:
        task = self.lineage.task_of(number)
        calls = [code for code in task.calls if code.cell == number.cell] or task.calls
        hidden = {lang: shared_words(lang)["withheld"] for lang in LANGUAGES}
        text = hidden if task.id in self.withheld else number.text
        return self._result(number, "number") | {"text": text, "functions": [_place(code) for code in calls]}

    def _result(self, node: Exhibit | Published, kind: str) -> dict[str, Any]:
        return {
            "id": node.id,
            "task": node.task,
            "cell": node.cell,
            "pages": [name for name, ids in self._shown[kind] if node.id in ids],
            "sources": [source.id for source in self._sources[node.task]],
        }

    def _source(self, source: Raw) -> dict[str, Any]:
        told = {"what": {lang: getattr(source.what, lang) for lang in LANGUAGES}}
        told |= {name: getattr(source, name) for name in ("id", "path", "sha256", "licence", "date", "obtained")}
        return told | self._results_of({task.id for task in self.lineage.tasks if source in self._sources[task.id]})

    def _function(self, code: Code) -> dict[str, Any]:
        """One function and the results of the tasks whose notebooks name it."""
        tasks = {task.id for task in self.lineage.tasks for call in task.calls if _same(call, code)}
        drawn = {e.id for e in self.lineage.exhibits if e.function and _same(e.function, code)}
        return _place(code) | {"tasks": sorted(tasks)} | self._results_of(tasks, drawn)

    def _results_of(self, tasks: set[str], only: Container[str] = ()) -> dict[str, Any]:
        exhibits = [e.id for e in self.lineage.exhibits if e.task in tasks and (not only or e.id in only)]
        return {"exhibits": exhibits, "numbers": sum(n.task in tasks for n in self.lineage.numbers) if not only else 0}

    @cached_property
    def _functions(self) -> list[Code]:
        drawing = [e.function for e in self.lineage.exhibits if e.function]
        called = [call for task in self.lineage.tasks for call in task.calls]
        unique = {(code.name, code.place): code for code in (*drawing, *called)}
        return [unique[name] for name in sorted(unique)]

    @cached_property
    def _code_files(self) -> list[str]:
        return sorted({code.file for code in self._functions})

    @cached_property
    def _commits(self) -> dict[str, str]:
        return last_commits(self.places.root, self._code_files)

    @cached_property
    def _sources(self) -> dict[str, list[Raw]]:
        """Task -> the raw files it rests on."""
        return {task.id: self.lineage.sources(f"task:{task.id}") for task in self.lineage.tasks}

    @cached_property
    def _sources_used(self) -> list[Raw]:
        return sorted({source.id: source for found in self._sources.values() for source in found}.values(), key=_id)


def _id(node: Raw | Work) -> str:
    return node.id


def _same(one: Code, other: Code) -> bool:
    return (one.name, one.place) == (other.name, other.place)


def _place(code: Code) -> dict[str, Any]:
    return {"name": code.name, "file": code.file, "line": code.line}
