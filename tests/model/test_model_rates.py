"""Rates: recovery of a known world, conjugate exactness, what is refused, and the same bits twice."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, special, stats

from evalcore.errors import EvalcoreError
from evalcore.model.rate_draws import FACTORS, rate_draws, rate_shapes, rate_table
from evalcore.model.rate_fits import rate_counts
from evalcore.model.rate_fitting import fit_rate
from evalcore.model.rates import contrasts, rate_data
from evalcore.model.sampler import Settings

KNOWN = {
    "entity": [f"e{k}" for k in range(8)],
    "category": ["fresh", "home", "apparel"],
    "period": ["Q1", "Q2"],
}
SETTINGS = Settings(draws=2000, tune=500)
GRID = pd.DataFrame(list(product(*KNOWN.values())), columns=list(FACTORS))


def world(rng: np.random.Generator, cases: float, spread: float = 0.2, sd: float = 0.6) -> pd.DataFrame:
    """Counts of a world drawn from the model, with the `rate` of each cell."""
    logit = rng.normal(0, 1.5)
    for factor, own in zip(FACTORS, (sd, 0.5, 0.5), strict=True):
        effects = rng.normal(0, own, len(KNOWN[factor]))
        logit = logit + (effects - effects.mean())[GRID[factor].map(KNOWN[factor].index)]
    rate = rng.beta(*rate_shapes(logit, spread))
    n = rng.poisson(cases, len(GRID))
    return GRID.assign(n=n, hits=rng.binomial(n, rate), rate=rate)


@pytest.fixture(scope="module")
def counts() -> pd.DataFrame:
    """Sixty cases a cell, none for the first entity's first category."""
    found = world(np.random.default_rng(4), 60)
    empty = (found["entity"] == "e0") & (found["category"] == "fresh")
    return found.assign(n=found["n"].mask(empty, 0), hits=found["hits"].mask(empty, 0))


@pytest.fixture(scope="module")
def tree(counts):
    """Its posterior."""
    return fit_rate(counts, KNOWN, SETTINGS, seed=5, name="R1-0")


def test_rates_of_the_cells_are_recovered(counts, tree):
    """Standardised errors have a spread of one; none of 45 lies beyond 4.5."""
    draws, used = rate_draws(tree), counts[counts["n"] > 0]
    z = (draws.mean("draw") - used["rate"].to_numpy()) / draws.std("draw")
    assert np.abs(z).max() < 4.5
    assert np.sqrt((z**2).mean()) == pytest.approx(1, abs=4 / np.sqrt(2 * len(used)))


def test_given_its_parameters_a_cell_is_a_beta(tree):
    """The conjugate posterior: over draws, the probability integral transform of each cell's draws is uniform."""
    draws = rate_draws(tree)
    posterior, observed = tree["posterior"].to_dataset(), tree["observed_data"].to_dataset()
    flat = posterior.stack(sample=("chain", "draw"))
    cell = {factor: observed[factor].to_numpy()[7] for factor in FACTORS}
    logit = flat["base"] + sum(flat[f"effect_{factor}"].sel({factor: level}) for factor, level in cell.items())
    alpha, beta = rate_shapes(logit.to_numpy(), flat["spread"].to_numpy())
    hits, n = (int(observed[key][7]) for key in ("hits", "n"))
    pit = stats.beta(alpha + hits, beta + n - hits).cdf(draws.to_numpy()[7])
    assert stats.kstest(pit, "uniform").pvalue > 1e-4


def test_one_cell_agrees_with_quadrature():
    """One entity, category and period: level and spread integrated numerically give the same mean and variance."""
    known = {"entity": ["e0"], "category": ["all"], "period": ["Q1"]}
    hits, n = 7, 10
    counts = pd.DataFrame({"entity": ["e0"], "category": ["all"], "period": ["Q1"], "hits": [hits], "n": [n]})
    draws = rate_draws(fit_rate(counts, known, Settings(4000, 500), seed=6)).to_numpy()[0]

    def moment(power: int) -> float:
        def inner(spread: float, logit: float) -> float:
            alpha, beta = rate_shapes(logit, spread)
            prior = stats.norm.pdf(logit, 0, 1.5) * stats.halfnorm.pdf(spread, 0, 0.25)
            likelihood = stats.betabinom.pmf(hits, n, alpha, beta)
            raised = special.poch(alpha + hits, power) / special.poch(alpha + beta + n, power)
            return prior * likelihood * raised

        return integrate.dblquad(inner, -6, 8, 1e-3, 1.5, epsabs=1e-7)[0]

    whole, first, second = (moment(power) for power in (0, 1, 2))
    mean, variance = first / whole, second / whole - (first / whole) ** 2
    effective = 1000  # of 4,000 draws, at the very least
    assert draws.mean() == pytest.approx(mean, abs=4 * np.sqrt(variance / effective))
    assert draws.var() == pytest.approx(variance, rel=4 * np.sqrt(2 / effective))


def test_a_cell_without_cases_stays_unreported(tree):
    """The hierarchy could guess; the table has NaN there and nowhere else."""
    table = rate_table(rate_draws(tree), KNOWN)
    missing = table.isnull().all("draw")
    assert missing.sel(entity="e0", category="fresh").all()
    assert int(missing.sum()) == len(KNOWN["period"])
    assert int(table.isnull().sum()) == SETTINGS.draws * len(KNOWN["period"])


def test_an_entity_without_any_case_is_absent(counts):
    """Its effect is exactly zero, its cells have no draws; the others are fitted by the same compiled model."""
    tree = fit_rate(counts[counts["entity"] != "e3"], KNOWN, Settings(400, 300), seed=5)
    assert "e3" not in rate_draws(tree)["entity"].to_numpy()
    assert (tree["posterior"]["effect_entity"].sel(entity="e3") == 0).all()
    np.testing.assert_allclose(tree["posterior"]["effect_entity"].sum("entity"), 0, atol=1e-12)


def test_a_source_without_categories_stands_at_the_average_category(counts):
    """Cells of category "all" have no category effect: the rates of such an entity are those of its counts."""
    whole = counts.groupby(["entity", "period"], as_index=False)[["hits", "n"]].sum().assign(category="all")
    tree = fit_rate(whole, KNOWN, SETTINGS, seed=7)
    assert (tree["posterior"]["effect_category"] == 0).all()
    draws = rate_draws(tree)
    shares = (whole["hits"] / whole["n"]).to_numpy()
    assert np.abs((draws.mean("draw") - shares) / draws.std("draw")).max() < 3


def test_rare_cells_are_shrunk_towards_their_neighbours(counts):
    """A cell with one hit in one case is far from 1; with many cases it would stay."""
    lone = (counts["entity"] == "e1") & (counts["category"] == "home") & (counts["period"] == "Q1")
    few = counts.assign(n=counts["n"].mask(lone, 1), hits=counts["hits"].mask(lone, 1))
    draws = rate_table(rate_draws(fit_rate(few, KNOWN, SETTINGS, seed=8)), KNOWN).mean("draw")
    near = draws.sel(entity="e1", category="home", period="Q2")
    assert abs(float(draws.sel(entity="e1", category="home", period="Q1") - near)) < 0.15


def test_all_hits_leave_room_for_doubt():
    """Nothing failed in any cell: rates near 1, below it, and finite."""
    sure = GRID.assign(n=50, hits=50)
    draws = rate_draws(fit_rate(sure, KNOWN, SETTINGS, seed=9))
    assert 0.99 < float(draws.mean()) < 1
    assert np.isfinite(draws).all()


def test_the_same_seed_gives_the_same_posterior_and_draws(counts, tree):
    """Bit for bit; another seed does not."""
    again = fit_rate(counts, KNOWN, SETTINGS, seed=5, name="R1-0")
    assert again.identical(tree)
    np.testing.assert_array_equal(rate_draws(again), rate_draws(tree))
    other = fit_rate(counts, KNOWN, Settings(400, 300), seed=6, name="R1-0")
    assert not np.array_equal(rate_draws(other), rate_draws(tree)[:, :400])


def test_contrasts_are_a_zero_sum_basis_of_the_seen():
    """Orthonormal columns that add up to zero; who was not seen has a row of zeros."""
    basis = contrasts(np.array([True, False, True, True]))
    np.testing.assert_allclose(basis.sum(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(basis.T @ basis, np.diag([1, 1, 0]), atol=1e-12)
    assert (basis[1] == 0).all()


def test_weighted_answers_count_for_what_they_are_worth():
    """Weights 3 and 1: Kish 16 / 10 = 1.6, so two answers with three quarters of the hits, 1.5 rounded to even."""
    row = {"indicator": "E3", "part": 0, "entity": "e0", "category": "all", "period": "Q1"}
    sums = {"numerator": 3_000_000, "denominator": 4_000_000, "square": 0, "weight_square": 10_000_000, "n": 2}
    plain = {"numerator": 7_000_000, "denominator": 9_000_000, "square": 0, "weight_square": 9_000_000, "n": 9}
    found = rate_counts(pd.DataFrame([row | sums, row | plain | {"period": "Q2"}]))
    assert found[["hits", "n"]].to_numpy().tolist() == [[2, 2], [7, 9]]


BROKEN: dict[str, tuple[Callable, str]] = {
    "more hits than cases": (lambda c: c.assign(hits=c["n"] + 1), "hits.*at most the n cases"),
    "negative": (lambda c: c.assign(n=-1), "n: -1.*whole numbers"),
    "a fraction": (lambda c: c.assign(hits=0.5), "hits: 0.5.*whole numbers"),
    "missing": (lambda c: c.assign(n=np.nan), "n: nan.*whole numbers"),
    "nothing": (lambda c: c.assign(n=0, hits=0), "no case in any cell"),
    "a stranger": (lambda c: c.replace({"entity": {"e1": "Z"}}), "entity 'Z'.*e0, e1"),
    "twice": (lambda c: pd.concat([c, c]), "one row per entity"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_counts_that_are_none_are_refused(how, counts):
    """The message names cell, column and value; nothing is fitted."""
    broken, message = BROKEN[how]
    with pytest.raises(EvalcoreError, match=f"(?s){message}"):
        rate_data(broken(counts.drop(columns="rate")), KNOWN)
