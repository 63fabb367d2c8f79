"""Tables that do not fit into memory: folders of Parquet parts, read and written piece by piece."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
from pyarrow import Table
from pyarrow.parquet import ParquetFile

from evalcore.io.files import write_parquet

ROWS = 500_000
"""Rows of a folder that are in memory at once."""


def read_parts(path: Path) -> Iterator[pd.DataFrame]:
    """A Parquet file as one piece; a folder's files in the order of their names, in pieces of at most `ROWS` rows."""
    if not path.is_dir():
        yield pd.read_parquet(path)
        return
    for part in sorted(path.glob("*.parquet")):
        with ParquetFile(part) as file:
            for batch in file.iter_batches(ROWS):
                yield Table.from_batches([batch]).to_pandas()


def write_parts[T: pd.DataFrame | tuple[pd.DataFrame, ...]](paths: tuple[Path, ...], parts: Iterable[T]) -> Iterator[T]:
    """Hand pieces on and write them on the way: a single one as a file, several as a folder of parts.

    Parameters
    ----------
    parts : iterable
        Frames, or with several `paths` tuples with a frame for each. What it raises passes through, and nothing that
        was written stays.
    """
    waiting, number = [], -1
    try:
        for number, part in enumerate(parts):
            waiting.append(part if isinstance(part, tuple) else (part,))
            for place in range(number + 1 - len(waiting), number + 1) if number else ():
                for path, frame in zip(paths, waiting.pop(0), strict=True):
                    _put_part(path, place, frame)
            yield part
        for path, frame in zip(paths, *waiting, strict=True) if waiting else ():
            _clear(path)
            write_parquet(path, frame)
    except BaseException:
        for path in paths if number else ():
            _clear(path)
        raise


def _put_part(path: Path, place: int, frame: pd.DataFrame) -> None:
    if place == 0:
        _clear(path)
    write_parquet(path / f"part-{place:05d}.parquet", frame)


def _clear(path: Path) -> None:
    """Remove a file or a folder of parts."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
