"""Effective against nominal weights, and the ranking without each indicator."""

from typing import NamedTuple

import numpy as np

from evalcore.robust.additive import at_weights, parts_of
from evalcore.robust.evaluate import composites
from evalcore.robust.index import Index
from evalcore.robust.sensitivity import DIGITS
from evalcore.score.rank import ranks


class Effective(NamedTuple):
    """Percent per item, the panel last: weight (mean over units), share of the variance of composites, main effect."""

    nominal: np.ndarray
    effective: np.ndarray
    main: np.ndarray


def effective_weights(index: Index) -> Effective:
    """How much of the differences between units each item makes.

    With c_i what item i brings to the composite y (additive index), the effective weight is
    Cov(c_i, y) / Var(y): these shares, with the panel's, add up to one, as Var(y) = sum of Cov(c_i, y). One is
    negative where an item narrows the differences. NaN where the composite does not differ.

    The main effect is the share of Var(y) that a straight line in the item's points explains, their squared
    correlation: the correlation ratio of Paruolo, Saisana and Saltelli (2013, JRSS A 176, Ratings and rankings:
    voodoo or science?) where the dependence is linear, as a handful of units carries no smoother. Main effects
    count what items share once for each, and do not add up to one. NaN where an item does not differ.
    """
    parts = parts_of(index)
    total = parts.composite - parts.composite.mean()
    variance = (total**2).mean()
    each = np.column_stack([parts.indicators, parts.experts])
    covariance = ((each - each.mean(axis=0)) * total[:, None]).mean(axis=0)
    share = 100 * covariance / (variance if variance > 0 else np.nan)
    nominal = 100 * (parts.weight * (1 - parts.share)).mean(axis=0)
    main = main_effects(np.column_stack([np.where(index.applies, parts.points, np.nan), parts.experts]), total)
    return Effective(np.append(nominal, 100 - nominal.sum()), share, main)


def main_effects(items: np.ndarray, composite: np.ndarray) -> np.ndarray:
    """Squared correlation of each item (unit, item) with the composite (unit,), percent; units without it left out."""
    found = np.full(items.shape[1], np.nan)
    for k, item in enumerate(items.T):
        known = ~np.isnan(item)
        x, y = item[known] - item[known].mean(), composite[known] - composite[known].mean()
        scale = (x * x).sum() * (y * y).sum()  # not `@`: the last bit of a BLAS product depends on where x lies
        if known.any() and scale > 0:
            found[k] = 100 * (x * y).sum() ** 2 / scale
    return found


def ranks_without(index: Index) -> np.ndarray:
    """Ranks without each indicator, (indicator, unit).

    Its weight goes to the others of its node; an empty node's weight to the other nodes. NaN in the row of an
    indicator without which some unit would have nothing left.
    """
    count = index.applies.shape[1]
    found = np.full((count, len(index.applies)), np.nan)
    left = [k for k in range(count) if _something_left(index, k)]
    first = np.tile(index.levels[0].shares, (len(left), 1))
    first[np.arange(len(left)), left] = 0.0
    others = tuple(np.tile(level.shares, (len(left), 1)) for level in index.levels[1:])
    if left:
        found[left] = ranks(composites(index, at_weights(index, (first, *others))), DIGITS)
    return found


def _something_left(index: Index, k: int) -> bool:
    rest = np.delete(index.applies & (index.levels[0].shares > 0), k, axis=1)
    return bool(rest.any(axis=1).all())
