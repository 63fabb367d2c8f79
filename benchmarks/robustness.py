"""Monte Carlo of robustness: replicates per CPU-second, growth, memory.

    python -m benchmarks.robustness

The index of COINr's Monte Carlo (ASEM, 51 units x 49 indicators, four levels): each replicate draws weights at
every level, treatment (none or winsorised), normalisation (min-max or z-score) and aggregation (arithmetic or
geometric), is normalised and aggregated from the treated values up, and ranked. Treatment is a discrete option:
its limits are worked out once and cached. Copeland's rule compares all pairs of units and is measured apart.
COINr's 10 replicates per CPU-second is a figure the issue cites; it is not measured here. Prints Markdown tables;
CPU time, one thread of numpy.
"""

import sys
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.peak import peak_mb
from evalcore.io.manifest import shared_data
from evalcore.robust import Index, Level, Space
from evalcore.robust.design import moving, own_choice
from evalcore.robust.evaluate import composites
from evalcore.robust.index import Own
from evalcore.robust.sensitivity import rank_counts
from evalcore.robust.sobol import rank_shares

ROOT = Path(__file__).resolve().parent.parent
SPACE = Space(
    50,
    ("minmax", "zscore"),
    ("arithmetic", "geometric"),
    ("none", "winsorise"),
)
CHUNK, REPLICATES, TARGET = 256, 10_000, 5_000


def main() -> None:
    """Measure and print."""
    folder = shared_data(ROOT) / "coinr-asem"
    if not folder.is_dir():
        sys.exit(
            f"skipped: {folder} is absent; put the shared reference data beside the checkout or set EVALCORE_SHARED"
        )
    index = asem(folder)
    print(f"Published scores met at two decimals: {_met(index, folder)} of {len(index.applies)}\n")
    rate = REPLICATES / _seconds(index, REPLICATES)
    print(f"{rate:,.0f} replicates per CPU-second at 51 x 49 (target {TARGET:,}; COINr, as cited: 10)\n")
    duels = replace(SPACE, aggregations=("arithmetic", "geometric", "copeland"))
    print(
        f"{REPLICATES / 10 / _seconds(index, REPLICATES // 10, space=duels):,.0f} with Copeland as a third aggregation"
    )
    held = replace(index, own=index.own._replace(aggregation="copeland"))
    alone = replace(
        SPACE,
        aggregations=("copeland",),
    )
    print(f"{REPLICATES / 10 / _seconds(held, REPLICATES // 10, space=alone):,.0f} with Copeland alone\n")
    _growth(index)
    _memory(index)
    begun = time.process_time()
    rank_shares(index, SPACE, moving(index, SPACE), 1, 1000, CHUNK)
    print(f"\nSobol shares, 1,000 x 6 evaluations: {time.process_time() - begun:.2f} CPU-seconds")
    print(f"Largest resident size of the process: {peak_mb():,.0f} MB")


def asem(folder: Path) -> Index:
    """The index from its imputed values; indicators sorted so that the items of a node stand together."""
    meta = pd.read_csv(folder / "indicator_meta.csv").sort_values(["Agg2", "Agg1"], kind="stable")
    values = pd.read_csv(folder / "stage_Imputed.csv")[meta["IndCode"]].to_numpy(float)
    given = pd.read_csv(folder / "agg_meta.csv").set_index("Code")["Weight"]
    levels, codes, weight = [], meta, meta["IndWeight"].to_numpy(float)
    for above in ("Agg1", "Agg2", "Agg3"):
        parent, names = pd.factorize(codes[above])
        levels.append(Level(parent, weight))
        codes, weight = codes.drop_duplicates(above), given[names].to_numpy(float)
    own = Own("minmax", "arithmetic", "winsorise")
    applies = np.ones(values.shape, dtype=bool)
    return Index(values[None], applies, tuple(levels), meta["Direction"].to_numpy(int), own=own)


def _met(index: Index, folder: Path) -> int:
    scores = composites(index, own_choice(index))[0]
    published = pd.read_csv(folder / "results_published.csv").set_index("UnitCode")["Index"]
    units = pd.read_csv(folder / "stage_Imputed.csv")["UnitCode"]
    return int((np.abs(np.round(scores, 2) - published[units].to_numpy()) < 1e-9).sum())


def _seconds(index: Index, replicates: int, chunk: int = CHUNK, space: Space = SPACE) -> float:
    begun = time.process_time()
    rank_counts(index, space, moving(index, space), 1, replicates, chunk)
    return time.process_time() - begun


def _growth(index: Index) -> None:
    """CPU-seconds as replicates, units and indicators double."""
    print("| grows | at 1/4 | at 1/2 | at 1 | at 2 | at 4 |\n|---|---|---|---|---|---|")
    factors = (0.25, 0.5, 1, 2, 4)
    count = 4_000
    series = {
        f"replicates (1: {count:,})": [_seconds(index, int(count * f)) for f in factors],
        "units (1: 51)": [_seconds(_units(index, f), count) for f in factors],
        "indicators (1: 49)": [_seconds(_indicators(index, f), count) for f in factors],
    }
    for name, seconds in series.items():
        print(f"| {name} | " + " | ".join(f"{s:.2f} s" for s in seconds) + " |")


def _units(index: Index, factor: float) -> Index:
    """The first part of the units, or all of them several times, a little moved."""
    count = len(index.applies)
    wanted = round(count * factor)
    rng = np.random.default_rng(1)
    rows = np.arange(wanted) % count
    moved = index.values[:, rows] * (1 + 0.01 * rng.normal(size=(1, wanted, index.values.shape[2])))
    return replace(index, values=moved, applies=np.ones((wanted, index.values.shape[2]), dtype=bool))


def _indicators(index: Index, factor: float) -> Index:
    """Fewer or more indicators in the same nodes; every node keeps one at least."""
    level = index.levels[0]
    keep = []
    for part in level.nodes:
        items = np.arange(part.start, part.stop)
        keep.append(items[np.arange(max(1, round(len(items) * factor))) % len(items)])
    chosen = np.sort(np.concatenate(keep))
    first = Level(level.parent[chosen], level.weight[chosen])
    shape = (len(index.applies), len(chosen))
    return replace(
        index,
        values=index.values[..., chosen],
        applies=np.ones(shape, dtype=bool),
        levels=(first, *index.levels[1:]),
        direction=index.direction[chosen],
    )


def _memory(index: Index) -> None:
    """Peak of what Python and numpy allocate: by the chunk, not by the replicates."""
    print("\n| replicates | chunk | peak allocated |\n|---|---|---|")
    for replicates, chunk in ((1_000, 64), (4_000, 64), (1_000, 256), (4_000, 256), (4_000, 1_024)):
        tracemalloc.start()
        _seconds(index, replicates, chunk)
        print(f"| {replicates:,} | {chunk:,} | {tracemalloc.get_traced_memory()[1] / 2**20:.0f} MB |")
        tracemalloc.stop()


if __name__ == "__main__":
    main()
