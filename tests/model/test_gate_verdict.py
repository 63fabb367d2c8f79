"""A verdict names what is wrong with a fit, and only that."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from evalcore.model.gate import THRESHOLDS, parameter_diagnostics, verdict

CHAINS, DRAWS = 4, 500


def tree_of(seed=1, draws=DRAWS, **parameters):
    """A fit with an independent parameter `base`, three effects, calm energy; parameters replace or add."""
    rng = np.random.default_rng(seed)
    found = {"base": rng.normal(size=(CHAINS, draws)), "effect": rng.normal(size=(CHAINS, draws, 3)), **parameters}
    dims = {2: ("chain", "draw"), 3: ("chain", "draw", "entity")}
    posterior = xr.Dataset({k: (dims[v.ndim], v) for k, v in found.items()}, coords={"entity": ["A", "B", "C"]})
    stats = {"diverging": np.zeros((CHAINS, draws), bool), "energy": rng.normal(size=(CHAINS, draws))}
    sample_stats = xr.Dataset({name: (("chain", "draw"), values) for name, values in stats.items()})
    return xr.DataTree.from_dict({"posterior": posterior, "sample_stats": sample_stats})


def checks(found):
    """Which checks failed."""
    return [reason.check for reason in found.reasons]


def test_independent_draws_pass():
    """Four chains of independent draws are what a fit should look like."""
    found = verdict("csat", tree_of())
    assert (found.passed, found.reasons) == (True, ())
    assert (found.table["parameters"], found.table["chains"], found.table["draws"]) == (4, 4, 2000)


def test_chain_elsewhere_fails_and_is_named():
    """A chain that sits elsewhere raises R-hat of its parameter, and the effective draws fall with it."""
    effect = np.random.default_rng(2).normal(size=(CHAINS, DRAWS, 3))
    effect[0, :, 1] += 3
    found = verdict("csat", tree_of(effect=effect))
    reason = next(reason for reason in found.reasons if reason.check == "rhat")
    assert not found.passed
    assert (reason.where, reason.limit) == ("effect[B]", THRESHOLDS.rhat)
    assert reason.value > 1.1


def test_too_few_draws_fail():
    """Eighty draws in all cannot be worth four hundred."""
    found = verdict("csat", tree_of(draws=20))
    assert {"ess_bulk", "ess_tail"} <= set(checks(found))


def test_one_divergence_fails():
    """There is no tolerance: one divergent transition is one too many."""
    tree = tree_of()
    tree["sample_stats"]["diverging"][1, 7] = True
    found = verdict("csat", tree)
    assert [(reason.check, reason.value, reason.limit) for reason in found.reasons] == [("divergences", 1, 0)]


def test_energy_that_wanders_slowly_fails_and_names_its_chain():
    """E-BFMI is the mean squared step over the variance: a random walk of energies has nearly none."""
    tree = tree_of()
    walk = np.cumsum(np.random.default_rng(3).normal(size=DRAWS))
    tree["sample_stats"]["energy"][2] = walk
    (reason,) = verdict("csat", tree).reasons
    assert (reason.check, reason.where) == ("bfmi", "3")
    assert reason.value == pytest.approx(np.square(np.diff(walk)).mean() / walk.var(), rel=0.01)


@pytest.mark.parametrize("value", [0.7, np.nan])
def test_parameter_that_stands_still_or_is_no_number_fails(value):
    """A stuck sampler has no R-hat; that is a failure, not a missing value to skip."""
    (reason,) = verdict("csat", tree_of(stuck=np.full((CHAINS, DRAWS), value))).reasons
    assert (reason.check, reason.where) == ("stuck", "stuck")


def test_reference_category_is_no_parameter():
    """An effect that is 0 by definition in every draw is not judged."""
    effect = np.random.default_rng(4).normal(size=(CHAINS, DRAWS, 3))
    effect[:, :, 0] = 0
    assert list(parameter_diagnostics(tree_of(effect=effect))["parameter"]) == ["base", "effect[B]", "effect[C]"]


@pytest.mark.parametrize(
    ("difference", "p", "passed"), [(5.0, 0.0, False), (-5.0, 0.0, False), (5.0, 0.01, True), (1.0, 0.0, True)]
)
def test_misfit_counts_where_it_is_clear_and_large(difference, p, passed):
    """A difference that chance explains, or that is too small to matter, withholds nothing."""
    misfit = pd.DataFrame({"quantity": ["A", "B"], "difference": [0.1, difference], "p": [0.5, p]})
    found = verdict("csat", tree_of(), misfit)
    assert found.passed is passed
    assert [reason.where for reason in found.reasons] == ([] if passed else ["B"])
