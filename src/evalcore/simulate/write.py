"""A world as files: each source in the form its edition declares, and the truth beside them."""

import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from evalcore.edition import Edition, Source
from evalcore.errors import EvalcoreError, say
from evalcore.provenance.chain import chained
from evalcore.simulate.world import World

WITH_MARK = frozenset({"survey.csv"})
"""Files that begin with a byte order mark, as spreadsheets write them, so that both kinds are read."""
FLAG_WORDS = {True: "yes", False: "no"}
EPOCH = (1980, 1, 1, 0, 0, 0)

Maps = Mapping[str, Mapping[str, Mapping]]


def write_world(world: World, edition: Edition, root: Path, maps: Maps) -> list[Path]:
    """Write every source and truth.json to data/raw/<edition>/, each file whole or not at all.

    Parameters
    ----------
    maps : mapping
        Name of a map (the edition's `map:`) -> its `columns` and `codes`; they are applied backwards.

    Returns
    -------
    list of Path
        The files, in the order of the edition; truth.json last.
    """
    folder = root / "data" / "raw" / edition.name
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        s.file: _content(world.frames[name], s, maps) for name, s in edition.sources.items() if name in world.frames
    }
    contents["truth.json"] = (json.dumps(world.truth, ensure_ascii=False, indent=1) + "\n").encode()
    for name, content in contents.items():
        _replace(folder / name, content)
    return [folder / name for name in contents]


def _content(frame: pd.DataFrame, source: Source, maps: Maps) -> bytes:
    return FORMATS[Path(source.file).suffix](_as_theirs(frame, source, maps), source)


def _as_theirs(frame: pd.DataFrame, source: Source, maps: Maps) -> pd.DataFrame:
    """The frame under the names and codes of the file's owner; text files say yes and no."""
    written = frame if source.file.endswith(".parquet") else _with_words(frame)
    if source.map is None:
        return written
    if source.map not in maps:
        found = f"no column map '{source.map}' was given"
        raise EvalcoreError(say(source.file, found, remedy="read it from editions/maps/"))
    columns, codes = maps[source.map].get("columns", {}), maps[source.map].get("codes", {})
    recoded = {name: written[name].replace({ours: theirs for theirs, ours in of.items()}) for name, of in codes.items()}
    return written.assign(**recoded).rename(columns={ours: theirs for theirs, ours in columns.items()})


def _with_words(frame: pd.DataFrame) -> pd.DataFrame:
    yes_or_no = {name: frame[name].map(FLAG_WORDS) for name in frame if pd.api.types.is_bool_dtype(frame[name])}
    return frame.assign(**yes_or_no)


def _csv(frame: pd.DataFrame, source: Source) -> bytes:
    encoding = "utf-8-sig" if source.file in WITH_MARK else source.encoding
    return frame.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d %H:%M:%S").encode(encoding)


def _parquet(frame: pd.DataFrame, source: Source) -> bytes:
    return frame.to_parquet(None, index=False, compression="zstd")


def _xlsx(frame: pd.DataFrame, source: Source) -> bytes:
    buffer = io.BytesIO()
    frame.to_excel(buffer, sheet_name=source.sheet or "Sheet1", index=False, engine="openpyxl")
    return _timeless(buffer.getvalue())


def _timeless(workbook: bytes) -> bytes:
    """The workbook without the moment it was written, so that equal worlds are equal files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _ledger(frame: pd.DataFrame, source: Source) -> bytes:
    """Entries in a hash chain, one a line."""
    plain = json.loads(frame.to_json(orient="records", date_format="iso", date_unit="s", force_ascii=False))
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in chained(plain)).encode()


FORMATS: dict[str, Callable[[pd.DataFrame, Source], bytes]] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".xlsx": _xlsx,
    ".jsonl": _ledger,
}
"""File ending -> bytes of a frame."""


def _replace(path: Path, content: bytes) -> None:
    scratch = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        scratch.write_bytes(content)
        os.replace(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)
