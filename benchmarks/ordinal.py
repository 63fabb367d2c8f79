"""The ordinal model: effective draws per CPU-second against bambi on the same rows, growth with respondents and cells.

    python -m benchmarks.ordinal [--peer] [--draws 1000] [--tune 1000] [--runs 3] [--rows 20000 ...]

Answers of 15 platforms by two segments, category and quarter are drawn from known effects. Both sides have the same
terms, nutpie with numba, four chains, target acceptance 0.8; ours fits counts per cell, bambi's cumulative model one
row per respondent. Compile and sampling are CPU-seconds of the process (warm-up included in the latter); the effective
sample size is the smallest bulk one of platform effects and cut points; each figure is the median of the runs, which
differ by their seed. The peer is not in the lock; install it into .venv with

    sh bootstrap.sh uv pip install --python .venv bambi
"""

import argparse
import sys
import time
from itertools import product
from statistics import median
from typing import NamedTuple

import arviz as az
import numpy as np
import nutpie
import pandas as pd
import pytensor

from evalcore.model import Design, Priors, ordinal_design
from evalcore.model.ordinal import model_data
from evalcore.model.sample import compiled
from evalcore.model.shares import shares

CHAINS, LEVELS, CUTS = 4, range(1, 6), np.array([-3.0, -2.0, -0.8, 0.9])
SIZES = {"entity": 15, "age": 5, "city": 4, "category": 6}
PAIRS = [("entity", "age"), ("entity", "city"), ("entity", "category")]


class Run(NamedTuple):
    """What one fit took and gave."""

    sampling: float
    ess: float
    rhat: float


def main(arguments: list[str]) -> None:
    """Measure and print."""
    asked = _parsed(arguments)
    print(
        "| model | respondents | cells or rows | compile, CPU-s | sampling, CPU-s | min. ESS | R-hat | ESS per CPU-s |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for rows in asked.rows:
        counts = answers(SIZES, rows)
        ours = _ours(counts, asked)
        if asked.peer:
            theirs = _theirs(counts, asked)
            effective, cpu = ours.ess / ours.sampling / (theirs.ess / theirs.sampling), theirs.sampling / ours.sampling
            print(f"\n{rows:,} rows: {effective:.0f} x the effective draws per CPU-second, 1/{cpu:.0f} of the CPU\n")
    _growth(asked)


def answers(sizes: dict[str, int], respondents: int) -> pd.DataFrame:
    """Counts of answers in all cells: platforms of unequal size, main effects, platforms that differ by category."""
    rng = np.random.default_rng(1)
    grid = pd.DataFrame(list(product(*(range(size) for size in sizes.values()))), columns=list(sizes))
    eta = sum(rng.normal(0, 0.4, size)[grid[name]] for name, size in sizes.items())
    eta = eta + rng.normal(0, 0.2, (sizes["entity"], sizes["category"]))[grid["entity"], grid["category"]]
    weight = rng.dirichlet(np.full(sizes["entity"], 3.0))[grid["entity"]]
    totals = rng.multinomial(respondents, weight / weight.sum())
    drawn = rng.multinomial(totals, shares("logit", CUTS - eta[:, None]))
    named = grid.astype(str).add_prefix("").apply(lambda column: column.str.zfill(2))
    wide = pd.concat([named.assign(item="csat"), pd.DataFrame(drawn, columns=list(LEVELS))], axis=1)
    long = wide.melt(id_vars=["item", *sizes], var_name="level", value_name="n").astype({"level": int})
    return long[long["n"] > 0]


def _design(counts: pd.DataFrame, sizes: dict[str, int] = SIZES) -> Design:
    return ordinal_design(counts, LEVELS, dict.fromkeys(sizes), PAIRS)


def _ours(counts: pd.DataFrame, asked: argparse.Namespace) -> Run:
    design, begun = _design(counts), time.process_time()
    compiled(design, Priors())
    compiling = time.process_time() - begun
    runs = [_run(design, asked, seed) for seed in range(asked.runs)]
    return _row("evalcore", int(counts["n"].sum()), len(design.cells), compiling, runs)


def _run(design: Design, asked: argparse.Namespace, seed: int) -> Run:
    machine = compiled(design, Priors()).with_data(**model_data(design, Priors()))
    return _sampled(machine, ["effect_entity", "cut_point"], asked, seed)


def _sampled(machine: object, names: list[str], asked: argparse.Namespace, seed: int) -> Run:
    options = {"draws": asked.draws, "tune": asked.tune, "chains": CHAINS, "target_accept": 0.8}
    begun = time.process_time()
    drawn = nutpie.sample(machine, **options, seed=seed, save_warmup=False, progress_bar=False)
    seconds, posterior = time.process_time() - begun, drawn["posterior"].to_dataset()[names]
    least = min(float(value.min()) for value in az.ess(posterior, method="bulk").data_vars.values())
    return Run(seconds, least, max(float(value.max()) for value in az.rhat(posterior).data_vars.values()))


def _theirs(counts: pd.DataFrame, asked: argparse.Namespace) -> Run:
    """The same terms in bambi, one row per respondent."""
    try:
        import bambi
    except ImportError:
        sys.exit("--peer needs bambi: sh bootstrap.sh uv pip install --python .venv bambi")
    rows = counts.loc[counts.index.repeat(counts["n"])].drop(columns=["n", "item"]).reset_index(drop=True)
    rows["level"] = pd.Categorical(rows["level"], categories=list(LEVELS), ordered=True)
    terms = [f"(1|{name})" for name in SIZES] + [f"(1|{a}:{b})" for a, b in PAIRS]
    begun = time.process_time()
    model = bambi.Model("level ~ 0 + " + " + ".join(terms), rows, family="cumulative")
    model.build()
    names = ["1|entity", "threshold"]
    with pytensor.config.change_flags(numba__fastmath=True):  # as PyTensor comes; evalcore does without
        machine = nutpie.compile_pymc_model(model.backend.model, backend="numba", var_names=names)
    compiling = time.process_time() - begun
    runs = [_sampled(machine, names, asked, seed) for seed in range(asked.peer_runs)]
    return _row("bambi", len(rows), len(rows), compiling, runs)


def _row(name: str, respondents: int, units: int, compiling: float, runs: list[Run]) -> Run:
    """Print the medians, and the ratio's own median."""
    middle = Run(*(median(values) for values in zip(*runs, strict=True)))
    rate = median(run.ess / run.sampling for run in runs)
    print(
        f"| {name} | {respondents:,} | {units:,} | {compiling:.1f} | {middle.sampling:.1f} | {middle.ess:,.0f} "
        f"| {middle.rhat:.3f} | {rate:.1f} |",
        flush=True,
    )
    return middle


def _growth(asked: argparse.Namespace) -> None:
    """CPU-seconds as respondents grow a hundredfold in the same cells, and as cells double."""
    print("\n| grows | size | sampling, CPU-s | min. ESS |\n|---|---|---|---|")
    for respondents in (20_000, 200_000, 2_000_000):
        design = _design(answers(SIZES, respondents))
        _grown("respondents", respondents, [_run(design, asked, seed) for seed in range(asked.runs)])
    sizes = SIZES | {"period": 4}
    counts = answers(sizes, 200_000)
    order = counts.drop_duplicates(list(sizes))[list(sizes)].sample(frac=1, random_state=1)
    for cells in (900, 1_800, 3_600, 7_200):
        design = _design(counts.merge(order.head(cells)), sizes)
        compiled(design, Priors())
        _grown("cells", len(design.cells), [_run(design, asked, seed) for seed in range(asked.runs)])


def _grown(what: str, size: int, runs: list[Run]) -> None:
    print(
        f"| {what} | {size:,} | {median(r.sampling for r in runs):.1f} | {median(r.ess for r in runs):,.0f} |",
        flush=True,
    )


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peer", action="store_true", help="measure bambi as well (minutes to hours)")
    parser.add_argument("--rows", type=int, nargs="+", default=[20_000, 50_000])
    parser.add_argument("--draws", type=int, default=1000, help="per chain")
    parser.add_argument("--tune", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer-runs", type=int, default=3)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
