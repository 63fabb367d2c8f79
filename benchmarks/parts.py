"""Ingest and cleaning of tickets that come as a folder of Parquet parts: time and peak memory.

    python -m benchmarks.parts FOLDER [MILLIONS ...]

Writes raw tickets as parts of a million below FOLDER (they stay there for the next call): those of demo-2025
again and again, with ids of their own. Each size is a process of its own; what the stages write is deleted after it.
Prints a Markdown table.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from benchmarks.peak import peak_mb
from evalcore.clean import clean_parts
from evalcore.edition import load_edition
from evalcore.ingest import ingest_parts
from evalcore.io.parts import read_parts, write_parts

ROOT = Path(__file__).resolve().parent.parent
EDITION = load_edition("demo-2025", ROOT)
TICKETS = EDITION.sources["tickets"].file


def main(folder: Path, millions: list[int]) -> None:
    """Write what is missing, measure, print."""
    _write_parts(folder, max(millions))
    print("| tickets | wall s | CPU s | peak MB |\n|---|---|---|---|")
    for size in millions:
        command = [sys.executable, "-m", "benchmarks.parts", "--run", str(folder), str(size)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
        run = json.loads(done.stdout)
        print(f"| {run['rows']:,} | {run['wall']:.0f} | {run['cpu']:.0f} | {run['peak']:.0f} |", flush=True)


def _write_parts(folder: Path, count: int) -> None:
    missing = [k for k in range(count) if not _part(folder, k).is_file()]
    if not missing:
        return
    folder.mkdir(parents=True, exist_ok=True)
    raw = pd.read_parquet(ROOT / "data" / "raw" / EDITION.name / TICKETS)
    for k in missing:
        raw.assign(ticket_id=raw["ticket_id"] + f"-{k}").to_parquet(_part(folder, k), index=False, compression="zstd")


def _part(folder: Path, number: int) -> Path:
    return folder / f"part-{number:03d}.parquet"


def run(folder: Path, size: int) -> None:
    """One measurement: raw parts -> ingested -> cleaned, on disk, as the two stages do it."""
    begun, cpu = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        raw, *tables = (Path(scratch) / f"{name}.parquet" for name in ("raw", "ingest", "clean", "quarantine"))
        raw.mkdir()
        for k in range(size):
            _part(raw, k).symlink_to(_part(folder.resolve(), k))
        rows = sum(map(len, write_parts((tables[0],), ingest_parts(read_parts(raw), "tickets", EDITION))))
        for _ in write_parts(tuple(tables[1:]), clean_parts(read_parts(tables[0]), "tickets", EDITION)):
            pass
    wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
    print(json.dumps({"rows": rows, "wall": wall, "cpu": cpu, "peak": peak_mb()}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or [1, 10])
