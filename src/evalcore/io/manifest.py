"""SOURCES.yml: what each raw file is, where it comes from and which content was accepted."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pandas as pd
import yaml
from pydantic import BeforeValidator, Field

from evalcore.edition import Edition
from evalcore.edition.load import read_yaml, validated
from evalcore.edition.text import Frozen, Text
from evalcore.errors import EvalcoreError, say
from evalcore.io.parts import read_parts
from evalcore.io.raw import read_file
from evalcore.provenance.hashing import sha256_json, sha256_path, sha256_values

if TYPE_CHECKING:  # contracts take half a second to load, and who asks for lineage needs none
    from evalcore.ingest.columns import ColumnMap

SHARED = "EVALCORE_SHARED"
LOOK = "look"
"""In a comment of a proposed map: a person has not read the line yet."""


class RawFile(Frozen):
    """One entry of SOURCES.yml; `folder` names a folder of the shared data, else the file lies beside SOURCES.yml.

    A `generated` file is known by its values (rounded), any other by its bytes.
    """

    what: Text
    licence: str
    date: Annotated[str, BeforeValidator(str)]
    obtained: str
    folder: str | None = Field(default=None, pattern=r"^[\w-]+$")
    generated: bool = False
    sha256: str = ""


def raw_folder(edition: str, root: Path) -> Path:
    """Where an edition's SOURCES.yml and its own raw files lie."""
    return root / "data" / "raw" / edition


def read_manifest(edition: Edition, root: Path) -> dict[str, RawFile]:
    """The entries by file name, checked against the sources of the edition."""
    path = raw_folder(edition.name, root) / "SOURCES.yml"
    place = path.relative_to(root)
    entries = {name: validated(RawFile, entry, f"{place}: {name}") for name, entry in read_yaml(path).items()}
    missing = sorted({source.file for source in edition.sources.values()} - set(entries))
    if missing:
        raise EvalcoreError(say(place, f"no entry for {', '.join(missing)}", remedy="describe the file there"))
    return entries


def raw_path(edition: Edition, name: str, root: Path) -> Path:
    """Where a source's file lies, in the project or in the shared data."""
    source = edition.sources[name]
    entry = read_manifest(edition, root)[source.file]
    if entry.folder is None:
        return raw_folder(edition.name, root) / source.file
    return shared_data(root) / entry.folder / source.file


def shared_data(root: Path) -> Path:
    """The folder of shared reference data: `$EVALCORE_SHARED`, else beside the checkout."""
    base = Path(os.environ.get(SHARED) or root.resolve().parent / "shared")
    return base / "data" if (base / "data").is_dir() else base


def read_raw(edition: Edition, name: str, root: Path) -> pd.DataFrame:
    """One raw file after its content was recognised.

    Raises
    ------
    EvalcoreError
        The file is missing, empty or unreadable, or its content is not the accepted one.
    """
    source, path = edition.sources[name], raw_path(edition, name, root)
    frame = read_file(path, source)
    _require_accepted(_content_hash(path, frame, read_manifest(edition, root)[source.file]), edition, name, root)
    return frame


def read_raw_parts(edition: Edition, name: str, root: Path) -> Iterator[pd.DataFrame]:
    """The same, a folder of Parquet parts piece by piece; anything else as one piece."""
    path = raw_path(edition, name, root)
    if not (path.is_dir() and path.suffix == ".parquet"):
        yield read_raw(edition, name, root)
        return
    _require_accepted(_content_hash(path, None, read_manifest(edition, root)[path.name]), edition, name, root)
    yield from read_parts(path)


def _require_accepted(found: str, edition: Edition, name: str, root: Path) -> None:
    source = edition.sources[name]
    entry = read_manifest(edition, root)[source.file]
    if found != entry.sha256:
        raise EvalcoreError(
            say(
                f"data/raw/{edition.name}/SOURCES.yml: {source.file}",
                f"SHA-256 of the {'values' if entry.generated else 'file'} is {found}",
                entry.sha256 or "none was accepted yet",
                f"restore the file, or look at the change and run `evalcore sources accept {edition.name}`",
            )
        )


def accept(edition: Edition, root: Path) -> dict[str, tuple[str, str]]:
    """Write the present hashes to SOURCES.yml; returns file -> (old, new) for those that changed."""
    path = raw_folder(edition.name, root) / "SOURCES.yml"
    entries, content, changed = read_manifest(edition, root), read_yaml(path), {}
    for name, source in edition.sources.items():
        file = raw_path(edition, name, root)
        frame = None if file.is_dir() else read_file(file, source)
        new = _content_hash(file, frame, entries[source.file])
        if new != entries[source.file].sha256:
            changed[source.file] = (entries[source.file].sha256, new)
            content[source.file]["sha256"] = new
    if changed:
        _write(path, content)
    return changed


def read_map(name: str | None, root: Path) -> "ColumnMap":
    """A committed column and code map; none gives the empty map."""
    from evalcore.ingest.columns import ColumnMap

    if name is None:
        return ColumnMap()
    path = root / "editions" / "maps" / f"{name}.yml"
    mapping = validated(ColumnMap, read_yaml(path), f"maps/{path.name}")
    _refuse_unread(path)
    return mapping


def _refuse_unread(path: Path) -> None:
    """A proposed map is used only after a person removed every mark."""
    lines = path.read_text(encoding="utf-8").splitlines()
    unread = [number for number, line in enumerate(lines, start=1) if re.search(rf"#.*\b{LOOK}:", line)]
    if unread:
        found = f"line {unread[0]} is a proposal nobody has accepted ({len(unread)} such lines)"
        remedy = f"read the lines, correct what is wrong, and remove `# {LOOK}: ...`"
        raise EvalcoreError(say(f"maps/{path.name}", found, remedy=remedy))


def _content_hash(path: Path, frame: pd.DataFrame | None, entry: RawFile) -> str:
    """Of bytes, or of values where they are generated; a folder's values are hashed piece by piece."""
    if not entry.generated:
        return sha256_path(path)
    return sha256_json([sha256_values(part) for part in read_parts(path)]) if path.is_dir() else sha256_values(frame)


def _write(path: Path, content: dict) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    header = "".join(line for line in lines if line.startswith("#"))
    body = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
    scratch = path.with_suffix(".tmp")
    scratch.write_text(header + body, encoding="utf-8")
    scratch.replace(path)
