"""The ordinal model: what it recovers, repeats and says about cells."""

import numpy as np
import pandas as pd
import pymc as pm
import pytensor.tensor as pt
import pytest
import xarray as xr

from evalcore.errors import EvalcoreError
from evalcore.model import ordinal_design, sampler
from evalcore.model.likelihood import answers
from evalcore.model.ordinal import build
from evalcore.model.posterior import combined, probabilities
from evalcore.model.priors import Priors
from evalcore.model.sample import Settings, prior_predictive, sample
from evalcore.model.shares import shares


def test_planted_effects_come_back(world, posterior):
    """No planted effect or cut point lies beyond 4.5 posterior standard deviations (50 of them, so 1 in 3,000)."""
    planted = {f"effect_{name}": world.effects[name] for name in ("entity", "age", "category", "entity_x_age")}
    for name, truth in (planted | {"cut_point": world.cuts}).items():
        draws = combined(posterior, name)
        assert np.abs((draws.mean(axis=0) - truth) / draws.std(axis=0)).max() < 4.5, name
    assert combined(posterior, "effect_entity").std(axis=0).max() < 0.1


def test_effects_add_up_to_zero(posterior):
    """Along every factor of a term: what all have in common lies in the cut points."""
    for axis in (1, 2):
        np.testing.assert_allclose(combined(posterior, "effect_entity_x_age").sum(axis=axis), 0, atol=1e-12)


def test_the_same_seed_gives_the_same_bits(design, posterior):
    """Every draw, and every log-likelihood."""
    again = sample(design, Priors(), Settings(draws=1000, tune=500), seed=22)
    xr.testing.assert_identical(again, posterior)


def test_another_item_uses_the_same_compile(world, posterior):
    """Other counts, other cells and other names of the same structure are data; labels are the item's own."""
    before = len(sampler._COMPILED)
    counts = world.counts(3, "attitude", np.random.default_rng(30)).replace({"entity": {"entity-0": "entity-00"}})
    design = world.design(counts.iloc[7:])
    tree = sample(design, Priors(), Settings(draws=100, tune=200), seed=1)
    assert len(sampler._COMPILED) == before
    assert tree["posterior"]["entity"].to_numpy()[0] == "entity-00"
    assert tree.attrs["item"] == "attitude"
    assert tree["observed_data"]["counts"].shape == design.counts.shape
    assert not np.array_equal(combined(tree, "cut_point"), combined(posterior, "cut_point")[:100])


def test_probabilities_by_hand(world, posterior):
    """One draw, one cell: the effects added up, F of the cuts, differences."""
    chain0 = posterior["posterior"].isel(chain=0, draw=7)
    cell = world.grid.iloc[[30]]
    at = {name: cell[name].item() for name in ("entity", "age", "category")}
    eta = sum(float(chain0[f"effect_{name}"].sel({name: level})) for name, level in at.items())
    eta += float(chain0["effect_entity_x_age"].sel(entity=at["entity"], age=at["age"]))
    eta += float(chain0["effect_entity_x_category"].sel(entity=at["entity"], category=at["category"]))
    below = 1 / (1 + np.exp(-(chain0["cut_point"].to_numpy() - eta)))
    found = probabilities(posterior, cell, slice(7, 8))
    np.testing.assert_allclose(found[0, 0], np.diff(below, prepend=0, append=1), rtol=1e-10)


def test_a_cell_without_answers_has_shares(design, world):
    """The grid may ask for what nobody answered for: the terms of its factors serve it."""
    counts = world.counts(40, "csat", np.random.default_rng(21))
    silent = (counts["entity"] == "entity-1") & (counts["age"] == "age-2")
    thinner = world.design(counts[~silent])
    tree = sample(thinner, Priors(), Settings(draws=100, tune=200), seed=2)
    found = probabilities(tree, world.grid)
    assert len(thinner.cells) == len(design.cells) - 4
    assert found.shape == (100, 96, 5)
    np.testing.assert_allclose(found.sum(axis=2), 1)


def test_an_unknown_platform_has_no_shares(world, posterior):
    """It was not fitted; the message names it and those that were."""
    with pytest.raises(EvalcoreError, match="factor 'entity': the level 'Z'"):
        probabilities(posterior, world.grid.assign(entity="Z"))


def test_log_likelihood_is_stored_for_every_answer_given(design, posterior):
    """n log p of each cell and level that was used, with n beside it; no empty ones, every other draw."""
    stored = posterior["log_likelihood"]["answers"]
    share = probabilities(posterior, design.cells, slice(0, 6, 2))
    cell, level = np.nonzero(design.counts)
    expected = design.counts[cell, level] * np.log(share[:, cell, level])
    np.testing.assert_allclose(stored.isel(chain=0, draw=slice(0, 3)), expected, rtol=1e-5)
    assert int(stored["n"].sum()) == design.counts.sum()


def test_draws_of_the_likelihood_are_multinomial(world):
    """Means of 4,000 draws within 5 Monte Carlo errors of n p, totals exact."""
    eta, total = np.array([-0.5, 1.0]), np.array([7.0, 12.0])
    observed = pt.as_tensor(np.column_stack([total, *np.zeros((4, 2))]))
    with pm.Model(coords={"cell": range(2), "level": range(5)}):
        rv = answers(
            "y", "probit", pt.as_tensor(eta), pt.as_tensor(world.cuts), pt.ones(2), observed, ("cell", "level")
        )
    drawn = pm.draw(rv, 4000, random_seed=3, mode="FAST_COMPILE")
    share = shares("probit", world.cuts - eta[:, None])
    error = np.sqrt(total[:, None] * share * (1 - share) / 4000)
    assert (drawn.sum(axis=2) == total).all()
    assert (np.abs(drawn.mean(axis=0) - total[:, None] * share) < 5 * error).all()


def test_prior_predictive_answers_cover_the_scale(design):
    """Before any data every level is possible, in counts that add up to those of each cell."""
    tree = prior_predictive(design, Priors(), 50, seed=4)
    drawn = tree["prior_predictive"]["answers"].isel(chain=0).to_numpy()
    assert (drawn.sum(axis=2) == design.counts.sum(axis=1)).all()
    assert (drawn.mean(axis=(0, 1)) > 1).all()


def test_dims_are_named(design):
    """Each effect says along what it runs."""
    named = build(design, Priors()).named_vars_to_dims
    assert named["effect_entity_x_age"] == ("entity", "age")
    assert named["cut_point"] == ("cut",)
    assert named["answers"] == ("cell", "level")


def test_only_entities_and_interactions_learn_their_spread(posterior):
    """With three degrees of freedom or more; fixed ones, and what is sampled through, are not stored."""
    stored = set(posterior["posterior"].data_vars)
    terms = {"entity", "age", "category", "entity_x_age", "entity_x_category"}
    spreads = {f"sd_{term}" for term in terms - {"age", "category"}}
    assert stored == {"cut_point", "share", *(f"effect_{term}" for term in terms), *spreads}


def test_a_posterior_with_a_missing_draw_is_never_handed_on():
    """It is refused by name of item and variable."""
    broken = xr.Dataset({"cut_point": ("draw", [0.1, np.nan])})
    with pytest.raises(EvalcoreError, match="model of 'csat': draws of cut_point that are no numbers"):
        sampler.finite(broken, "csat")


def test_variances_need_a_factor_of_the_model(design):
    """Equal variances otherwise."""
    with pytest.raises(EvalcoreError, match=r"unequal: 'brand'\n.*one of entity, age, category"):
        build(design, Priors(unequal="brand"))


def test_flat_effects_of_a_group_at_the_end_are_refused():
    """All of B chose the top level: no finite estimate without pooling."""
    counts = pd.DataFrame({"item": "csat", "entity": ["A", "A", "B"], "level": [1, 3, 3], "n": [4, 4, 4]})
    design = ordinal_design(counts, [1, 2, 3], {"entity": None})
    with pytest.raises(EvalcoreError, match=r"entity 'B': every answer lies at one end of the scale"):
        build(design, Priors(effects="flat"))
