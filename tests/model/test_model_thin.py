"""Thin data: the model says what little it can, in finite draws."""

import numpy as np
import pandas as pd
import pytest

from evalcore.model import Priors, ordinal_design, probabilities
from evalcore.model.posterior import combined
from evalcore.model.sample import Settings, sample


def test_one_respondent_moves_the_prior_by_one_answer():
    """A yes among no others: share of yes Beta(2, 1), mean 2/3; two levels, no factor left; 4,000 draws."""
    counts = pd.DataFrame({"item": ["solved"], "entity": ["A"], "level": [1], "n": [1]})
    design = ordinal_design(counts, [0, 1], {"entity": None})
    tree = sample(design, Priors(), Settings(draws=4000, tune=500), seed=1)
    share = probabilities(tree, pd.DataFrame(index=[0]))[:, 0, 1]
    assert design.factors == {}
    assert share.mean() == pytest.approx(2 / 3, abs=0.03)  # sd 0.236, some 1,500 effective draws, 5 errors
    assert np.quantile(share, 0.1) == pytest.approx(np.sqrt(0.1), abs=0.05)


def test_a_level_nobody_used_keeps_a_small_finite_share(world):
    """No cut point runs away: its share is about one answer among all, and every draw is finite."""
    counts = world.counts(40, "csat", np.random.default_rng(31))
    counts.loc[counts["level"] == 1, "n"] = 0
    tree = sample(world.design(counts), Priors(), Settings(draws=400, tune=300), seed=3)
    share = probabilities(tree, world.grid)[:, :, 0]
    assert np.isfinite(combined(tree, "cut_point")).all()
    assert share.min() > 0
    assert share.mean() < 5 / counts["n"].sum()
