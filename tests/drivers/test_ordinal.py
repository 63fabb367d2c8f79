"""The cumulative logit: against statsmodels without shrinkage, and what a prior does to it."""

import numpy as np
import pytest
from statsmodels.miscmodels.ordinal_model import OrderedModel

from evalcore.drivers.ordinal import fit_ordinal


@pytest.fixture
def world():
    """800 answers on four levels, two drivers of 0.8 and -0.3."""
    rng = np.random.default_rng(8)
    x = rng.normal(size=(800, 2))
    latent = (x * [0.8, -0.3]).sum(axis=1) + rng.logistic(size=800)
    return np.searchsorted([-1.0, 0.2, 1.5], latent), x


def test_without_shrinkage_it_is_maximum_likelihood(world):
    """Coefficients and errors as statsmodels has them."""
    level, x = world
    fit = fit_ordinal(level, x, np.full(2, np.inf))
    other = OrderedModel(level, x, distr="logit").fit(method="bfgs", disp=False, gtol=1e-8)
    assert fit.coefficients == pytest.approx(np.asarray(other.params)[:2], abs=2e-4)
    assert fit.errors == pytest.approx(np.asarray(other.bse)[:2], rel=0.01)


def test_a_narrow_prior_draws_coefficients_towards_zero(world):
    """Both shrink, neither changes sign."""
    free, tight = (fit_ordinal(*world, np.full(2, spread)).coefficients for spread in (np.inf, 0.05))
    assert (np.abs(tight) < np.abs(free)).all()
    assert (np.sign(tight) == np.sign(free)).all()


def test_two_levels_are_a_logistic_regression(world):
    """With no driver that matters the cut is the logit of the lower share."""
    level = (world[0] > 1).astype(int)
    fit = fit_ordinal(level, np.zeros((800, 1)), np.ones(1))
    share = (level == 0).mean()
    assert fit.cuts == pytest.approx([np.log(share / (1 - share))], abs=1e-4)
