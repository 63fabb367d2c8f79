"""What a lineage is made of: raw files, committed files, tasks, files of the build, exhibits and numbers.

Hashes are SHA-256 as the task's record holds them: of what was read and made when the task ran.
"""

from dataclasses import dataclass, field
from typing import ClassVar

from evalcore.edition import Text


@dataclass(frozen=True)
class Code:
    """A function (or class) that a cell names: its dotted name, file below the checkout and line."""

    name: str
    file: str
    line: int
    cell: str = ""

    @property
    def place(self) -> str:
        """File and line, as editors open them."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Raw:
    """A raw file, never shipped: `id` is the source's name, `path` where it lies, `obtained` how to get it.

    `accepted` is the hash in SOURCES.yml: of the values of a `generated` file, else of the bytes, as `sha256` is.
    """

    kind: ClassVar = "raw"
    id: str
    path: str
    sha256: str
    accepted: str
    generated: bool
    what: Text
    licence: str
    date: str
    obtained: str


@dataclass(frozen=True)
class Committed:
    """A file in git that a task reads beside its data: SOURCES.yml, a map of columns and codes. `id` is its path."""

    kind: ClassVar = "committed"
    id: str
    sha256: str


@dataclass(frozen=True)
class Work:
    """A task that ran: one notebook, perhaps for one item.

    `functions` are what its cells name; `code`, `sections`, `words` and `environment` give name -> SHA-256 of all
    that it was made from beside its inputs; `seed` is None where it draws nothing.
    """

    kind: ClassVar = "task"
    id: str
    notebook: str
    parameters: dict[str, str]
    seed: int | None
    functions: tuple[Code, ...]
    inputs: dict[str, str]
    outputs: dict[str, str]
    code: dict[str, str] = field(repr=False)
    sections: dict[str, str] = field(repr=False)
    words: dict[str, str] = field(repr=False)
    environment: dict[str, str] = field(repr=False)
    seconds: float

    @property
    def calls(self) -> tuple[Code, ...]:
        """The functions that compute or draw, without those that only read and publish."""
        return tuple(f for f in self.functions if not f.name.startswith(("evalcore.io.", "evalcore.publish.")))


@dataclass(frozen=True)
class File:
    """A file of the build that one task made and others read; `id` is its path below build/<edition>."""

    kind: ClassVar = "file"
    id: str
    sha256: str
    task: str


@dataclass(frozen=True)
class Exhibit:
    """A figure or table; `sha256` is that of its folder, `function` draws or formats it, `cell` publishes it."""

    kind: ClassVar = "exhibit"
    id: str
    sha256: str
    task: str
    shape: str
    cell: str
    function: Code | None
    caption: dict[str, str]


@dataclass(frozen=True)
class Published:
    """A number of the prose: its value as stored, its text by language, the task and cell that published it."""

    kind: ClassVar = "number"
    id: str
    value: object
    text: dict[str, str]
    task: str
    cell: str


Node = Raw | Committed | Work | File | Exhibit | Published


def key(node: Node) -> str:
    """Kind and id, such as `exhibit:composite-ranking`: what no two nodes share."""
    return f"{node.kind}:{node.id}"
