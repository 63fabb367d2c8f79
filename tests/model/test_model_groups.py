"""Groups of one survey: what each says by itself, and what it would say if all else were alike."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from scipy.special import expit

from evalcore.edition import load_edition
from evalcore.model.groups import group_means, group_request
from evalcore.model.ordinal_fitting import fit_groups
from evalcore.simulate.maternal.groups import INDICES, SHARES, Groups
from evalcore.streams import stream

ROOT = Path(__file__).parents[2]
VALUES = {1: 20.0, 2: 40.0, 4: 80.0, 5: 100.0}
CUTS = np.array([-1.0, 0.0, 1.0])
STORE, STAGE = {"a": 0.5, "b": -0.5}, {"x": -0.3, "y": 0.3}
CELLS = pd.DataFrame({"store": ["a", "a", "b"], "stage": ["x", "y", "y"]})
COUNTS = np.array([[1, 2, 3, 4], [0, 5, 0, 5], [10, 0, 0, 10]])


@pytest.fixture(scope="module")
def tree():
    """A posterior of two equal draws with known effects; nobody is in store b and stage x."""
    draws = {"cut_point": ("cut", CUTS), "effect_store": ("store", [*STORE.values()])}
    draws |= {"effect_stage": ("stage", [*STAGE.values()])}
    posterior = xr.Dataset(
        {name: (("chain", "draw", dim), np.tile(values, (1, 2, 1))) for name, (dim, values) in draws.items()},
        coords={"store": [*STORE], "stage": [*STAGE]},
    )
    cells = xr.Dataset({f"cell_{name}": ("cell", CELLS[name].to_numpy(str)) for name in CELLS})
    tree = xr.DataTree.from_dict({"posterior": posterior, "constant_data": cells})
    tree["observed_data"] = xr.DataTree(xr.Dataset({"counts": (("cell", "level"), COUNTS)}))
    tree.attrs = {"draws": 2, "link": "logit", "levels": [1, 2, 4, 5]}
    return tree


def _value(store, stage):
    """Expected points by hand: 20, and 20, 40, 20 more for each cut passed."""
    return 20 + (np.array([20, 40, 20]) * expit(STORE[store] + STAGE[stage] - CUTS)).sum()


def test_a_group_by_itself_is_the_mean_over_its_own_people(tree):
    """Store a has ten people in stage x and ten in stage y."""
    found = group_means(tree, VALUES)
    row = [*zip(found["factor"].to_numpy(), found["code"].to_numpy(), strict=True)].index(("store", "a"))
    assert found["n"].to_numpy()[row] == 20
    np.testing.assert_allclose(found["own"][:, row], (_value("a", "x") + _value("a", "y")) / 2)


def test_alike_gives_everybody_the_code_and_leaves_the_rest(tree):
    """Of forty people ten are in stage x, thirty in stage y, whatever the store; a cell without answers counts too."""
    found = group_means(tree, VALUES)
    keys = [*zip(found["factor"].to_numpy(), found["code"].to_numpy(), strict=True)]
    expected = (10 * _value("b", "x") + 30 * _value("b", "y")) / 40
    np.testing.assert_allclose(found["alike"][:, keys.index(("store", "b"))], expected)


def test_the_request_counts_every_answer_once():
    """Counts per cell and level add up to the respondents; an open factor is a group of its own."""
    answers = pd.DataFrame({"csi": [5, 5, 1, None], "store": ["a", "a", None, "b"], "stage": ["x", "x", "y", "y"]})
    asked = group_request(answers.convert_dtypes(), "csi", VALUES, ["store", "stage"], load_edition("demo-mini", ROOT))
    assert asked.counts["n"].sum() == 3
    assert set(asked.counts["store"]) == {"a", "unknown"}
    assert asked.levels == (1, 2, 4, 5)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_the_groups_of_the_maternal_survey_are_found(seed):
    """Every published index within four posterior standard deviations, at the stated volume, under two seeds."""
    rng, groups, number = stream(seed, "test", "maternal"), Groups(), 5_000
    codes = {name: rng.choice(len(shares), number, p=list(shares.values())) for name, shares in SHARES.items()}
    chances = groups.chances(sum(groups.effects[name][codes[name]] for name in SHARES))
    level = np.array([1, 2, 4, 5])[(rng.random(number)[:, None] > np.cumsum(chances, axis=1)[:, :-1]).sum(axis=1)]
    answers = pd.DataFrame({name: np.array(list(SHARES[name]))[codes[name]] for name in SHARES}).assign(csi=level)
    edition = load_edition("demo-2025", ROOT)
    quick = edition.model_copy(update={"model": edition.model.model_copy(update={"draws": 1000, "taken": 2000})})
    found = group_means(fit_groups(group_request(answers, "csi", VALUES, list(SHARES), quick)), VALUES)
    true = [INDICES[f][c] for f, c in zip(found["factor"].to_numpy(), found["code"].to_numpy(), strict=True)]
    z = (found["alike"].mean("draw") - true) / found["alike"].std("draw")
    assert np.abs(z).max() < 4
