"""Leave-one-out from cells, replicated data, sensitivity to hyper-priors."""

import arviz as az
import numpy as np
import pytest
import xarray as xr
from scipy import stats

from evalcore.model.loo import respondent_loo, weighted_loo
from evalcore.model.predictive import compared, distance_p, mean_level, replicated_counts
from evalcore.model.psis import leave_one_out
from evalcore.model.sensitivity import log_hyperprior, power_scaling


@pytest.fixture(scope="module")
def answers():
    """Log shares of three levels in five cells over 1,000 draws, and answers; one kind nobody gave."""
    rng = np.random.default_rng(1)
    counts = rng.integers(1, 20, size=(5, 3))
    counts[2, 1] = 0
    return np.log(rng.dirichlet([50, 60, 70], size=(1000, 5))), counts


def test_loo_from_cells_is_that_of_the_respondents(answers):
    """One row per respondent, given to ArviZ as it is, gives the same estimate, error and parameters."""
    log_share, counts = answers
    rows = np.repeat(np.arange(15), counts.ravel())
    draws = log_share.reshape(1000, 15)[:, rows]
    tree = {"posterior": xr.Dataset(), "log_likelihood": xr.Dataset({"y": (("chain", "draw", "row"), draws[None])})}
    expected = az.loo(xr.DataTree.from_dict(tree), reff=0.8, pointwise=True)
    found = respondent_loo(log_share, counts, 0.8)
    assert found.n == len(rows)
    assert (found.elpd, found.se, found.p) == pytest.approx((expected.elpd, expected.se, expected.p), rel=1e-9)
    assert found.above(0.0) == int((expected.pareto_k > 0).sum())


def test_each_observation_is_left_out_as_arviz_does_it():
    """Steady, skewed, heavy-tailed, and hardly moving: density and Pareto shape of each, bounded draws and many."""
    rng = np.random.default_rng(7)
    for draws in (200, 1000):
        kinds = [rng.normal(-1, 0.1, draws), -rng.exponential(1, draws), -np.abs(rng.standard_cauchy(draws))]
        values = np.stack([*kinds, -1 - 1e-9 * rng.random(draws)], axis=1)
        tree = {
            "posterior": xr.Dataset(),
            "log_likelihood": xr.Dataset({"y": (("chain", "draw", "row"), values[None])}),
        }
        with pytest.warns(UserWarning, match="Pareto"):
            expected = az.loo(xr.DataTree.from_dict(tree), reff=0.9, pointwise=True)
        density, shape = leave_one_out(values, 0.9)
        np.testing.assert_allclose(density, expected.elpd_i, rtol=1e-10)
        np.testing.assert_allclose(shape, expected.pareto_k, rtol=1e-7)


def test_loo_does_not_depend_on_the_size_of_the_chunks(answers, monkeypatch):
    """Memory is bounded by computing some kinds at a time; the result is the same."""
    log_share, counts = answers
    whole = respondent_loo(log_share, counts, 1.0)
    monkeypatch.setattr("evalcore.model.loo.CHUNK", 4)
    assert respondent_loo(log_share, counts, 1.0).elpd == pytest.approx(whole.elpd, rel=1e-12)


def test_respondent_who_moves_the_whole_posterior_is_counted():
    """One answer whose likelihood varies wildly over the draws has a large Pareto k; it counts once per respondent."""
    rng = np.random.default_rng(2)
    steady = rng.normal(-1, 0.01, size=(1000, 3))
    wild = -np.abs(rng.standard_cauchy(size=(1000, 1))) * 3
    found = weighted_loo(np.hstack([steady, wild]), np.array([10, 20, 30, 4]), 1.0)
    assert found.above(0.7) == 4


def test_replicated_answers_keep_every_cell_s_respondents():
    """Each replication has as many answers per group as were observed, at the model's shares."""
    share = np.broadcast_to([0.2, 0.3, 0.5], (2000, 4, 3))
    counts = np.array([[10, 20, 30], [5, 5, 0], [0, 0, 7], [1, 0, 0]])
    sums, _ = replicated_counts(share, counts, np.array([0, 0, 1, 1]), 2, np.random.default_rng(3))
    assert (sums.sum(axis=2) == [70, 8]).all()
    error = np.sqrt(0.2 * 0.8 * 70 / 2000)
    assert sums[:, 0, 0].mean() == pytest.approx(14, abs=4 * error)


def test_mean_level_runs_from_0_to_100():
    """Two answers at the lowest and two at the middle of five levels are a quarter of the way: 25."""
    assert mean_level(np.array([2, 0, 2, 0, 0])) == 25


def test_observed_value_is_held_against_its_replications():
    """At their mean p is 1; 1.96 of their standard deviations away it is 0.05."""
    replicated = np.arange(1.0, 101.0)[:, None] * np.ones(2)
    away = 1.959964 * np.sqrt((100**2 - 1) / 12)
    found = compared(["a", "b"], np.array([50.5, 50.5 + away]), replicated, 0.9)
    assert found["p"].to_list() == pytest.approx([1.0, 0.05], rel=1e-5)
    assert found["difference"].to_list() == pytest.approx([0.0, away])
    assert found[["low", "high"]].iloc[0].to_list() == pytest.approx(np.quantile(np.arange(1, 101), [0.05, 0.95]))


@pytest.mark.parametrize(("spread", "low", "high"), [(0.0, 0.05, 0.95), (0.8, 0.0, 0.01)])
def test_cells_that_vary_too_much_are_seen(spread, low, high):
    """Cells that differ in truth, fitted as if they were alike, lie further away than every replication."""
    rng = np.random.default_rng(4)
    truth = stats.logistic.cdf(rng.normal(0, spread, 60))
    yes = rng.binomial(100, truth)
    counts = np.column_stack([100 - yes, yes])
    share = np.broadcast_to(counts.sum(axis=0) / counts.sum(), (400, 60, 2))
    _, distances = replicated_counts(share, counts, np.zeros(60, int), 1, rng)
    assert low <= distance_p(distances) <= high


@pytest.fixture(scope="module")
def standard_deviation():
    """Draws of a standard deviation that the data say little about, and of what has nothing to do with it."""
    rng = np.random.default_rng(5)
    sd = np.abs(rng.normal(size=(4, 500)))
    dims = ("chain", "draw")
    return xr.Dataset({"sd": (dims, sd), "effect": (dims, sd * 2), "other": (dims, rng.normal(size=(4, 500)))})


def test_log_hyperprior_is_the_half_normal_s(standard_deviation):
    """Summed over standard deviations: log(2) - log(scale sqrt(2 pi)) - sd^2 / (2 scale^2) each."""
    sd = standard_deviation["sd"].to_numpy()
    by_hand = np.log(2) - np.log(0.5 * np.sqrt(2 * np.pi)) - sd**2 / (2 * 0.25)
    assert np.allclose(log_hyperprior(standard_deviation, {"sd": 0.5}), by_hand)


def test_result_that_hangs_on_the_hyperprior_is_told_from_one_that_does_not(standard_deviation):
    """What follows the standard deviation moves with its prior; what is independent of it does not."""
    results = standard_deviation[["effect", "other"]]
    found = power_scaling(results, log_hyperprior(standard_deviation, {"sd": 1.0})).set_index("quantity")
    assert found["sensitivity"]["effect"] > 0.05
    assert found["sensitivity"]["other"] < 0.05
