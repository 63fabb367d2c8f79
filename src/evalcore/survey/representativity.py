"""R-indicator: how evenly people of all kinds answered, relative to those who were invited."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from evalcore.errors import EvalcoreError, say

REPLICATES = 500
STEPS, RIDGE = 25, 1e-6
CONFIDENCE = 0.95


class Representativity(NamedTuple):
    """`value` = 1 - 2 S: 1 where all groups answer alike; `rate` is the share of the invited that answered."""

    value: float
    lower: float
    upper: float
    rate: float


def r_indicator(cells: pd.DataFrame, rng: np.random.Generator) -> Representativity:
    """R = 1 - 2 S(rho), the spread of modelled response propensities (Schouten, Cobben & Bethlehem 2009).

    Parameters
    ----------
    cells : DataFrame
        One row per cell of the margins: their columns, `invited`, `answered` (people).
    rng : Generator
        Draws answers anew for the interval (parametric bootstrap of 500 replicates, percentiles).

    Raises
    ------
    EvalcoreError
        More answers than invitations in a cell.
    """
    if (cells["answered"] > cells["invited"]).any():
        row = cells[cells["answered"] > cells["invited"]].iloc[0]
        raise EvalcoreError(
            say("representativity", f"{row['answered']} answers of {row['invited']} invited", "at most all of them")
        )
    known = cells[cells["invited"] > 0]
    design = _design(known)
    invited = known["invited"].to_numpy(dtype=float)
    value, propensity = _value(design, invited, known["answered"].to_numpy(dtype=float))
    drawn = [
        _value(design, invited, rng.binomial(invited.astype(int), propensity).astype(float))[0]
        for _ in range(REPLICATES)
    ]
    tail = 100 * (1 - CONFIDENCE) / 2
    lower, upper = np.percentile(drawn, [tail, 100 - tail])
    return Representativity(value, float(lower), float(upper), float(known["answered"].sum() / invited.sum()))


def _design(cells: pd.DataFrame) -> np.ndarray:
    """(cells, parameters) Main effects of the margins."""
    margins = cells.drop(columns=["invited", "answered"])
    groups = pd.get_dummies(margins, drop_first=True).to_numpy(dtype=float)
    return np.column_stack([np.ones(len(cells)), groups])


def _value(design: np.ndarray, invited: np.ndarray, answered: np.ndarray) -> tuple[float, np.ndarray]:
    propensity = _propensities(design, invited, answered)
    mean = (invited * propensity).sum() / invited.sum()
    spread = np.sqrt((invited * (propensity - mean) ** 2).sum() / (invited.sum() - 1))
    return float(np.round(1 - 2 * spread, 8)), propensity


def _propensities(design: np.ndarray, invited: np.ndarray, answered: np.ndarray) -> np.ndarray:
    """(cells,) Logistic regression of counts (Newton); a hair of ridge for groups that never or always answer."""
    coefficients = np.zeros(design.shape[1])
    for _ in range(STEPS):
        propensity = special.expit((design * coefficients).sum(axis=1))
        weight = invited * propensity * (1 - propensity)
        curvature = (design[:, :, None] * design[:, None, :] * weight[:, None, None]).sum(axis=0)
        slope = (design * (answered - invited * propensity)[:, None]).sum(axis=0) - RIDGE * coefficients
        coefficients = coefficients + np.linalg.solve(curvature + RIDGE * np.eye(len(slope)), slope)
    return special.expit((design * coefficients).sum(axis=1))
