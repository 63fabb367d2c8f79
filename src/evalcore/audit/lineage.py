"""The graph of a built edition: what each exhibit and number was made from, and what follows from each file."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from evalcore.audit.nodes import Committed, Exhibit, File, Node, Published, Raw, Work, key
from evalcore.errors import EvalcoreError, say


@dataclass(frozen=True)
class Lineage:
    """Nodes by key (`kind:id`), and for each key the keys of what it was made from directly.

    A task's parents are its inputs; a file's, an exhibit's and a number's parent is its task. A parent that is
    in no node is a gap (`gaps`): nothing is made up.
    """

    edition: str
    nodes: dict[str, Node]
    parents: dict[str, tuple[str, ...]]

    @property
    def exhibits(self) -> list[Exhibit]:
        """All exhibits, by id."""
        return [node for node in self._of(Exhibit)]

    @property
    def numbers(self) -> list[Published]:
        """All numbers, by id."""
        return [node for node in self._of(Published)]

    @property
    def tasks(self) -> list[Work]:
        """All tasks that ran, by name."""
        return [node for node in self._of(Work)]

    def task_of(self, node: Exhibit | Published | File) -> Work:
        """The task that made an exhibit, a number or a file."""
        return self.nodes[f"task:{node.task}"]

    def find(self, name: str) -> Node:
        """The node of an id (`composite-ranking`, `summary.mean`, `score/ranking.parquet`) or of a whole key.

        Raises
        ------
        EvalcoreError
            Nothing is called so (what is called alike is named), or two kinds of thing are.
        """
        found = [self.nodes[k] for k in self.nodes if name in (k, k.split(":", 1)[1])]
        if len(found) == 1:
            return found[0]
        place = f"edition {self.edition}"
        if found:
            raise EvalcoreError(say(place, f"'{name}' is the id of several", ", ".join(sorted(map(key, found)))))
        close = difflib.get_close_matches(name, [k.split(":", 1)[1] for k in self.nodes], n=5, cutoff=0.5)
        allowed = ", ".join(dict.fromkeys(close)) or "an id of an exhibit or a number"
        remedy = f"`evalcore audit {self.edition}` lists all exhibits and numbers"
        raise EvalcoreError(say(place, f"nothing is called '{name}'", allowed, remedy))

    def chain(self, name: str) -> list[Node]:
        """All that something was made from, raw files first, itself last; each node after its parents."""
        ordered: dict[str, None] = {}
        self._walk(key(self.find(name)), ordered, set())
        return [self.nodes[k] for k in ordered if k in self.nodes]

    def sources(self, name: str) -> list[Raw]:
        """The raw files something rests on."""
        return [node for node in self.chain(name) if isinstance(node, Raw)]

    def downstream(self, names: Iterable[str]) -> list[Node]:
        """All that was made from the named nodes, directly or not, those themselves left out; sorted by key."""
        start = {key(self.find(name)) for name in names}
        found, waiting = set(), set(start)
        while waiting:
            found |= waiting
            waiting = {child for parent in waiting for child in self._children.get(parent, ())} - found
        return [self.nodes[k] for k in sorted(found - start)]

    def gaps(self, name: str) -> list[str]:
        """What is missing in the chain of something, in plain words; empty where it leads back without a break."""
        found = []
        for node in self.chain(name):
            found += [f"{key(node)}: no record of {p}" for p in self.parents.get(key(node), ()) if p not in self.nodes]
            found += [f"{key(node)}: no {what}" for what in _missing(node)]
        return found

    def overview(self) -> list[str]:
        """A line per exhibit and number: id, notebook and cell; last how many have a complete chain."""
        results = [*self.exhibits, *self.numbers]
        lines = [f"{r.id}  {self.task_of(r).notebook} › {r.cell}" for r in results]
        gaps = [gap for result in results for gap in self.gaps(key(result))]
        complete = sum(not self.gaps(key(result)) for result in results)
        return [*lines, *dict.fromkeys(gaps), f"{complete} of {len(results)} have a complete chain to raw files"]

    def _of(self, kind: type) -> list:
        return sorted((node for node in self.nodes.values() if isinstance(node, kind)), key=lambda node: node.id)

    def _walk(self, at: str, ordered: dict[str, None], seen: set[str]) -> None:
        if at in seen:
            return
        seen.add(at)
        for parent in self.parents.get(at, ()):
            self._walk(parent, ordered, seen)
        ordered[at] = None

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for child, parents in self.parents.items():
            for parent in parents:
                children.setdefault(parent, []).append(child)
        return children


def _missing(node: Node) -> list[str]:
    """What a complete record of a node would have and this one lacks."""
    needed = {
        Raw: ("sha256", "accepted", "obtained"),
        Committed: ("sha256",),
        Work: ("notebook", "functions", "code", "sections", "environment"),
        File: ("sha256", "task"),
        Exhibit: ("sha256", "task", "cell"),
        Published: ("task", "cell"),
    }
    lacks = [name for name in needed[type(node)] if getattr(node, name) in ("", (), {}, None)]
    lacks += ["sha256"] if getattr(node, "sha256", "") == "missing" else []
    drawn = isinstance(node, Exhibit) and node.shape != "absent"
    return lacks + (["function"] if drawn and node.function is None else [])
