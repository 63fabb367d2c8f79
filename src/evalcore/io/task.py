"""The task a notebook runs as: its edition, its declared inputs, the place of its outputs."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import pandas as pd
import xarray as xr
from ibis.backends import BaseBackend
from ibis.expr.types import Table

from evalcore.edition import Edition, load_edition, project_root
from evalcore.edition.sections import restricted
from evalcore.errors import EvalcoreError, say
from evalcore.ingest.columns import ColumnMap
from evalcore.io.engines import engine, parquet
from evalcore.io.files import read_tree, write_json, write_parquet, write_tree
from evalcore.io.kept import KEPT, keep, key_of
from evalcore.io.manifest import RawFile, raw_folder, raw_path, read_manifest, read_map, read_raw, read_raw_parts
from evalcore.io.parts import read_parts, write_parts
from evalcore.io.watch import WATCHED, watch
from evalcore.provenance.declarations import Declaration, exhibit_id, expand, read_declaration


@dataclass(frozen=True)
class Task:
    """One notebook, for one edition and perhaps one item; reads and writes only what the notebook declares."""

    notebook: str
    item: str | None
    edition: Edition
    root: Path
    declaration: Declaration
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    @classmethod
    def open(
        cls, notebook: str, edition: str, root: str, item: str | None = None, inputs: list[str] | None = None
    ) -> "Task":
        """Open the task of a notebook with the parameters papermill gave it.

        `root` is the checkout or a folder inside it. Without `inputs` (a person runs the notebook alone) they
        follow from the declaration.
        """
        base = project_root(Path(root).resolve())
        loaded = load_edition(edition, base)
        declaration = read_declaration(base / "notebooks" / f"{notebook}.ipynb")
        task = cls(
            notebook=notebook,
            item=item,
            edition=restricted(loaded, declaration.sections, f"notebook {notebook}"),
            root=base,
            declaration=declaration,
            inputs=tuple(inputs or expand(declaration.reads, loaded, item)),
            outputs=tuple(expand(declaration.writes, loaded, item)),
        )
        task.numbers_file.unlink(missing_ok=True)
        if os.environ.get(WATCHED):
            watch(notebook, base, task._readable(), task._makeable())
        return task

    @property
    def name(self) -> str:
        """The task's name: its notebook's, and the item where it is repeated."""
        return self.notebook + (f"-{self.item.lower()}" if self.item else "")

    @property
    def build(self) -> Path:
        """The folder of everything generated for the edition."""
        return self.root / "build" / self.edition.name

    @property
    def numbers_file(self) -> Path:
        """Where the task's numbers are published."""
        return self.build / "numbers" / f"{self.name}.json"

    def path(self, name: str) -> Path:
        """Where a declared input lies, for libraries that read files themselves."""
        self._require(name, self.inputs, "reads")
        return self._place(name)

    def read_json(self, name: str) -> object:
        """A declared JSON file of the build, or one in git (`data/...`)."""
        return json.loads(self.path(name).read_text(encoding="utf-8"))

    def read(self, name: str) -> pd.DataFrame:
        """A declared table of the build."""
        return pd.read_parquet(self.path(name))

    def table(self, name: str) -> Table:
        """A declared table of the build in the engine at hand, for what is too large to be read."""
        return parquet(self._engine, self.path(name))

    @cached_property
    def _engine(self) -> BaseBackend:
        return engine()

    def has(self, name: str) -> bool:
        """Whether an optional input is part of this edition."""
        return name in self.inputs

    def found(self, name: str) -> bool:
        """Whether a declared file in git is there: another edition's results may never have been kept."""
        return self.path(name).is_file()

    def raw(self, source: str) -> pd.DataFrame:
        """A declared raw file, after its content was recognised."""
        self._require(f"raw/{source}", self.inputs, "reads")
        return read_raw(self.edition, source, self.root)

    def raw_parts(self, source: str) -> Iterator[pd.DataFrame]:
        """The same piece by piece, for what may not fit into memory."""
        self._require(f"raw/{source}", self.inputs, "reads")
        return read_raw_parts(self.edition, source, self.root)

    def parts(self, name: str) -> Iterator[pd.DataFrame]:
        """A declared table of the build, piece by piece."""
        return read_parts(self.path(name))

    def written[T: pd.DataFrame | tuple[pd.DataFrame, ...]](self, parts: Iterable[T], *names: str) -> Iterator[T]:
        """Pieces handed on while they are written as declared tables, as `evalcore.io.parts.write_parts`."""
        for name in names:
            self._require(name, self.outputs, "writes")
        return write_parts(tuple(self.build / name for name in names), parts)

    def origins(self) -> pd.DataFrame:
        """What SOURCES.yml says of each source: source, file, what_en, what_zh, licence, date, obtained, sha256."""
        for name in self.edition.sources:
            self._require(f"raw/{name}", self.inputs, "reads")
        entries = read_manifest(self.edition, self.root)
        rows = [
            {"source": name, "file": s.file, **_origin(entries[s.file])} for name, s in self.edition.sources.items()
        ]
        return pd.DataFrame(rows)

    def column_map(self, source: str) -> ColumnMap:
        """The committed map of a source's columns and codes."""
        self._require(f"raw/{source}", self.inputs, "reads")
        return read_map(self.edition.sources[source].map, self.root)

    def write(self, name: str, frame: pd.DataFrame) -> None:
        """Write a declared table."""
        self._require(name, self.outputs, "writes")
        write_parquet(self.build / name, frame)

    def write_json(self, name: str, value: object) -> None:
        """Write a declared JSON file."""
        self._require(name, self.outputs, "writes")
        write_json(self.build / name, value)

    def read_tree(self, name: str) -> xr.DataTree:
        """A declared posterior, or other labelled arrays, of the build."""
        return read_tree(self.path(name))

    def write_tree(self, name: str, tree: xr.DataTree | xr.Dataset) -> None:
        """Write declared labelled arrays."""
        self._require(name, self.outputs, "writes")
        write_tree(self.build / name, tree)

    def keep_tree(self, name: str, facts: object, make: partial) -> None:
        """Write declared labelled arrays that take long: made once for the same facts, code and locked versions.

        Parameters
        ----------
        facts : JSON-able
            Everything the result depends on beside code and versions.
        make : partial
            A function of the package with its arguments.
        """
        self._require(name, self.outputs, "writes")
        keep(self.build / name, self.root / KEPT, key_of(facts, make, self.root), make)

    def _place(self, name: str) -> Path:
        """Where a raw file, a file in git or one of the build lies."""
        if name.startswith("raw/"):
            return raw_path(self.edition, name.removeprefix("raw/"), self.root)
        return (self.root if name.startswith("data/") else self.build) / name

    def _readable(self) -> list[Path]:
        """Declared inputs; with raw data what is known of them."""
        sources = [name.removeprefix("raw/") for name in self.inputs if name.startswith("raw/")]
        maps = {self.edition.sources[name].map for name in sources} - {None}
        beside = [raw_folder(self.edition.name, self.root) / "SOURCES.yml"] if sources else []
        return [
            *map(self._place, self.inputs),
            *(self.root / "editions" / "maps" / f"{name}.yml" for name in maps),
            *beside,
        ]

    def _makeable(self) -> list[Path]:
        """Declared tables, folders of declared exhibits, the numbers; the executed notebook and its scratch."""
        own = [*self.outputs, f"notebooks/{self.name}.ipynb", f"scratch/{self.name}.ipynb"]
        own += [f"exhibits/{exhibit_id(exhibit, self.item)}" for exhibit in self.declaration.exhibits]
        return [*(self.build / name for name in own), self.numbers_file]

    def _require(self, name: str, declared: tuple[str, ...], key: str) -> None:
        if name not in declared:
            raise EvalcoreError(
                say(
                    f"notebook {self.notebook}",
                    f"{key} '{name}' without declaring it",
                    ", ".join(declared),
                    f"add it to `{key}`",
                )
            )


def _origin(entry: RawFile) -> dict[str, str]:
    return {
        "what_en": entry.what.en,
        "what_zh": entry.what.zh,
        **{key: getattr(entry, key) for key in ("licence", "date", "obtained", "sha256")},
    }
