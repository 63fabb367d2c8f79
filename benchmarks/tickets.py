"""Indicators from 1, 10 and 100 million tickets: time and peak memory, with hand-written DuckDB SQL as the peer.

    python -m benchmarks.tickets FOLDER [MILLIONS ...]

Writes the tickets as partitioned Parquet below FOLDER (80 MB a million; they stay there for the next call), each part
a resample of the cleaned tickets of demo-2025, which the stages make as they do in a report. Every measurement is a
process of its own with the same threads and the same memory limit; times are the median of several, in seconds of the
wall and of the processor (the second says more on a machine that others use too). Both ways give the same integers,
or the benchmark stops. Prints Markdown tables.
"""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.peak import peak_mb
from evalcore.clean import clean
from evalcore.edition import load_edition
from evalcore.indicators import indicator_cells
from evalcore.indicators.cells import MICRO
from evalcore.ingest import ingest
from evalcore.io.engines import MEMORY, engine

ROOT = Path(__file__).resolve().parent.parent
EDITION = load_edition("demo-2025", ROOT)
SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
MILLION, THREADS = 1_000_000, 2
REPEATS = {1: 15, 10: 5, 100: 1}
PART = """
COPY (
    SELECT t.* REPLACE (r.range + {first} AS "row")
    FROM range({rows}) AS r JOIN template AS t ON t.place = hash(r.range + {first}) % {size}
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""


def main(folder: Path, millions: list[int]) -> None:
    """Write what is missing, measure, print."""
    parts = folder / "clean" / "tickets.parquet"
    write_parts(parts, max(millions))
    print("| tickets | way | wall s | CPU s | peak MB | CPU against SQL | wall against SQL |\n" + "|---" * 7 + "|")
    for size in millions:
        found = measured(parts, size)
        if found["evalcore"]["cells"] != found["sql"]["cells"]:
            sys.exit("the two ways count differently: correct tickets.sql or the edition")
        for way, run in found.items():
            ratios = [f"{run[clock] / found['sql'][clock]:.2f}" for clock in ("cpu", "wall")]
            print(
                f"| {size},000,000 | {way} | {run['wall']:.2f} | {run['cpu']:.2f} | {run['peak']:.0f} | "
                + " | ".join(ratios)
                + " |",
                flush=True,
            )


def write_parts(folder: Path, count: int) -> None:
    """Parts of a million tickets each; a part that is there is kept."""
    missing = [k for k in range(count) if not part(folder, k).is_file()]
    if not missing:
        return
    folder.mkdir(parents=True, exist_ok=True)
    raw = pd.read_parquet(ROOT / "data" / "raw" / EDITION.name / EDITION.sources["tickets"].file)
    template = clean(ingest(raw, "tickets", EDITION), "tickets", EDITION).valid.assign(place=lambda f: range(len(f)))
    connection = duckdb.connect(config={"threads": THREADS, "memory_limit": MEMORY})
    connection.execute("SET enable_progress_bar = false")
    connection.execute("CREATE TABLE template AS SELECT * FROM template")
    for k in missing:
        scratch = folder.parent / "scratch.parquet"
        where = {"first": k * MILLION, "rows": MILLION, "size": len(template), "path": scratch}
        connection.execute(PART.format(**where).replace("t.* REPLACE", "t.* EXCLUDE (place) REPLACE"))
        scratch.replace(part(folder, k))


def part(folder: Path, number: int) -> Path:
    """Where a part lies."""
    return folder / f"part-{number:03d}.parquet"


def measured(folder: Path, size: int) -> dict[str, dict]:
    """Cells of each way, median wall and CPU seconds, peak memory.

    The ways take turns, each time in a fresh process that has warmed up: a machine that slows down slows both.
    """
    runs: dict[str, list[dict]] = {way: [] for way in WAYS}
    for _ in range(REPEATS.get(size, 1)):
        for way in WAYS:
            command = [sys.executable, "-m", "benchmarks.tickets", "--run", way, str(folder), str(size)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
            runs[way].append(json.loads(done.stdout))
    figures = ("wall", "cpu", "peak")
    return {
        way: {"cells": own[0]["cells"]} | {name: statistics.median(run[name] for run in own) for name in figures}
        for way, own in runs.items()
    }


def run(way: str, folder: Path, size: int) -> None:
    """One measurement: the first part once to load libraries, then all of them on the clock."""
    WAYS[way]([part(folder, 0)])
    begun, cpu = time.perf_counter(), time.process_time()
    cells = WAYS[way]([part(folder, k) for k in range(size)])
    wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak_mb(), "cells": cells.to_csv(index=False)}))


def with_evalcore(paths: list[Path]) -> pd.DataFrame:
    """The indicators stage."""
    backend = engine()
    backend.raw_sql(f"SET threads = {THREADS}")
    cells = indicator_cells({"tickets": backend.read_parquet([str(path) for path in paths])}, None, EDITION)
    shown = cells.assign(hits=cells["numerator"] // MICRO)
    return shown[["indicator", "entity", "category", "period", "hits", "n"]]


def with_sql(paths: list[Path]) -> pd.DataFrame:
    """tickets.sql."""
    connection = duckdb.connect(config={"threads": THREADS, "memory_limit": MEMORY})
    return connection.execute(SQL.replace("TICKETS", f"read_parquet({[str(path) for path in paths]})")).df()


WAYS = {"evalcore": with_evalcore, "sql": with_sql}
"""The indicators stage, and the peer."""

if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or [1, 10, 100])
