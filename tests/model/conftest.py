"""A small world of answers drawn from known effects, and one compiled model that many tests share."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from evalcore.model import Design, ordinal_design
from evalcore.model.priors import Priors
from evalcore.model.shares import shares

LEVELS = [1, 2, 3, 4, 5]
INTERACTIONS = [("entity", "age"), ("entity", "category")]
CUTS = np.array([-2.5, -1.5, -0.4, 1.2])
SIZES = {"entity": 6, "age": 4, "category": 4, "period": 1}


@dataclass(frozen=True)
class World:
    """Cells, the location of each, and the effects behind it."""

    grid: pd.DataFrame
    eta: np.ndarray
    effects: dict[str, np.ndarray]
    cuts: np.ndarray

    def design(self, counts: pd.DataFrame) -> Design:
        """Main effects of every factor, and who is rated by age and by category."""
        return ordinal_design(counts, LEVELS, dict.fromkeys(SIZES), INTERACTIONS)

    def counts(self, per_cell: int, item: str, rng: np.random.Generator) -> pd.DataFrame:
        """Answers of `per_cell` respondents in each cell, in the shape of `ordinal_counts`."""
        drawn = rng.multinomial(per_cell, shares("logit", CUTS - self.eta[:, None]))
        wide = pd.concat([self.grid.assign(item=item), pd.DataFrame(drawn, columns=LEVELS)], axis=1)
        return wide.melt(id_vars=["item", *self.grid.columns], var_name="level", value_name="n").astype({"level": int})


@pytest.fixture(scope="session")
def world() -> World:
    """Six entities, four ages, four categories, one period; entities differ by age."""
    rng = np.random.default_rng(20)
    names = {name: [f"{name}-{k}" for k in range(size)] for name, size in SIZES.items()}
    grid = pd.DataFrame(list(product(*names.values())), columns=list(names))
    effects = {name: _zero_sum(rng.normal(0, 0.6, size)) for name, size in SIZES.items()}
    effects["entity_x_age"] = _zero_sum(_zero_sum(rng.normal(0, 0.3, (6, 4))).T).T
    codes = {name: grid[name].str.rsplit("-").str[1].astype(int).to_numpy() for name in names}
    eta = sum(effects[name][codes[name]] for name in names) + effects["entity_x_age"][codes["entity"], codes["age"]]
    return World(grid, eta, effects, CUTS)


def _zero_sum(values: np.ndarray) -> np.ndarray:
    return values - values.mean(axis=0)


@pytest.fixture(scope="session")
def design(world: World) -> Design:
    """Forty answers in each of ninety-six cells."""
    return world.design(world.counts(40, "csat", np.random.default_rng(21)))


@pytest.fixture(scope="session")
def posterior(design: Design) -> xr.DataTree:
    """The posterior of that design, 1,000 draws."""
    from evalcore.model.sample import Settings, sample

    return sample(design, Priors(), Settings(draws=1000, tune=500), seed=22)
