"""Worlds drawn from the prior without PyMC: what they hold, and how true values are ranked."""

import numpy as np
import pytest

from evalcore.calibrate.ordinal import OrdinalSetting, misspecified_worlds, ordinal_layout, ordinal_worlds
from evalcore.calibrate.worlds import ranks
from evalcore.model.prior import factors_of, hyperprior_scales, prior_draws, terms_of
from evalcore.model.priors import Priors

LEVELS = (1, 2, 3, 4)
FACTORS = {"entity": ["A", "B", "C", "D", "E"], "age": ["young", "old"]}
TERMS = [("entity",), ("age",), ("entity", "age")]
DRAWS = 4000


@pytest.fixture(scope="module")
def prior():
    """Many draws of a model with two factors, whose entities have variances of their own."""
    return prior_draws(LEVELS, FACTORS, TERMS, Priors(unequal="entity"), DRAWS, np.random.default_rng(8))


def test_effects_add_up_to_zero_along_every_factor(prior):
    """Main effects over their levels, interactions over either of their factors."""
    effects = prior["posterior"]["effect_entity_x_age"]
    assert np.abs(effects.sum("entity")).max() < 1e-12
    assert np.abs(effects.sum("age")).max() < 1e-12


def test_term_that_cannot_tell_its_spread_has_the_fixed_one(prior):
    """Two ages have one degree of freedom: no standard deviation of their own; effects of scale 0.5 less their mean."""
    posterior = prior["posterior"]
    assert {str(name) for name in posterior.data_vars if str(name).startswith("sd_")} == {
        "sd_entity",
        "sd_entity_x_age",
        "sd_log_disc_entity",
    }
    expected = 0.5 * np.sqrt(1 - 1 / 2)
    assert posterior["effect_age"].std() == pytest.approx(expected, abs=4 * expected / np.sqrt(2 * DRAWS))


@pytest.mark.parametrize(
    ("name", "scale"), [("sd_entity", 0.5), ("sd_entity_x_age", 0.25), ("sd_log_disc_entity", 0.25)]
)
def test_spreads_are_half_normal(prior, name, scale):
    """Their mean is the scale times sqrt(2 / pi); interactions and log discriminations are held tighter."""
    error = scale * np.sqrt((1 - 2 / np.pi) / DRAWS)
    assert float(prior["posterior"][name].mean()) == pytest.approx(scale * np.sqrt(2 / np.pi), abs=4 * error)


def test_cut_points_come_from_uniform_shares(prior):
    """Dirichlet(1): each of four levels has a quarter on average, at effects of zero."""
    below = 1 / (1 + np.exp(-prior["posterior"]["cut_point"].to_numpy()[0]))
    first, last = below[:, 0], 1 - below[:, -1]
    error = np.sqrt(0.25 * 0.75 / 5 / DRAWS)  # variance of one share of a Dirichlet(1, 1, 1, 1)
    assert (first.mean(), last.mean()) == pytest.approx((0.25, 0.25), abs=4 * error)


def test_terms_factors_and_scales_are_read_back(prior):
    """What a fit looks like is read from its variables; scales of both links agree with the priors."""
    assert terms_of(prior) == TERMS
    assert factors_of(prior) == FACTORS
    prior.attrs |= {"cut_points": "dirichlet", "effects": "pooled", "unequal": "entity"}
    assert hyperprior_scales(prior) == pytest.approx(
        {"sd_entity": 0.5, "sd_entity_x_age": 0.25, "sd_log_disc_entity": 0.25}
    )


@pytest.mark.parametrize("draw", [ordinal_worlds, misspecified_worlds])
def test_worlds_have_their_respondents_and_every_level_of_a_factor(draw):
    """Each drawn world can be fitted: all respondents answer, no entity or age is without answers."""
    setting = OrdinalSetting(respondents=500)
    for world in draw(setting, 3, np.random.default_rng(9)):
        assert world.data["n"].sum() == 500
        design = ordinal_layout(world.data, setting)
        assert {name: len(found) for name, found in design.factors.items()} == dict(setting.sizes)
        assert world.truth["mean_level"].shape == (8,)


def test_only_what_stays_true_is_asked_of_a_misspecified_world():
    """Its effects have no counterpart in the model; the mean level of an entity has."""
    (world, _) = misspecified_worlds(OrdinalSetting(respondents=500), 2, np.random.default_rng(9))
    assert set(world.truth) == {"mean_level"}


def test_rank_is_the_share_of_draws_below():
    """Of five draws of two elements: three below the first truth, none below the second."""
    draws = np.array([[1.0, 9.0], [2.0, 9.0], [3.0, 9.0], [4.0, 9.0], [5.0, 9.0]])
    assert ranks(np.array([3.5, 0.0]), draws) == [0.6, 0.0]
