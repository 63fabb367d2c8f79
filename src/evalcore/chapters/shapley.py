"""Shapley values of a weighted mean: what sets one entity apart from the mean of all.

The game: items in a coalition are those of the entity - scores and applicability - the others those of another
entity; the coalition is worth the weighted mean, averaged over all entities as the other one. Nobody joined gives
the mean of all, everybody joined the entity's own score, so that contributions add up to the difference. Where every
item applies to everybody the Shapley value is weight x (score - mean score), exactly; otherwise all coalitions are
enumerated. Sources: Shapley (1953), A value for n-person games; Strumbelj and Kononenko (2014),
doi:10.1007/s10115-013-0679-x, for averaging over the others.
"""

from collections.abc import Callable
from itertools import product
from math import comb

import numpy as np

from evalcore.score.aggregate import weighted_mean

ENUMERATED = 12
"""Most parts of which all coalitions are looked at (4,096)."""


def shapley(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Contributions of the items to weighted mean - mean of all weighted means.

    Parameters
    ----------
    scores : ndarray, shape (entity, item)
        NaN where an item does not apply: it leaves the denominator.
    weights : ndarray, shape (item,)

    Returns
    -------
    ndarray, shape (entity, item)
        Rows add up to the entity's weighted mean less the mean of all.
    """
    if not np.isnan(scores).any():
        return weights / weights.sum() * (scores - scores.mean(axis=0))
    return enumerated(lambda joined: _mixed(scores, joined, weights), len(weights))


def enumerated(value: Callable[[np.ndarray], np.ndarray], count: int) -> np.ndarray:
    """Shapley values by looking at every coalition.

    Parameters
    ----------
    value : callable
        (item,) of bool -> (entity,): what the coalition is worth to each entity.

    Returns
    -------
    ndarray, shape (entity, item)
        sum over coalitions S without the item of (v(S and item) - v(S)) / (n C(n - 1, |S|)).
    """
    if count > ENUMERATED:
        raise ValueError(f"{count} items of which some do not apply: at most {ENUMERATED} can be decomposed")
    worth = {joined: value(np.array(joined)) for joined in product((False, True), repeat=count)}
    found = np.zeros((len(next(iter(worth.values()))), count))
    for joined, before in worth.items():
        for item in np.flatnonzero(~np.array(joined)):
            after = worth[(*joined[:item], True, *joined[item + 1 :])]
            found[:, item] += (after - before) / (count * comb(count - 1, sum(joined)))
    return found


def _mixed(scores: np.ndarray, joined: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Mean over all others of the weighted mean of own items that joined and the other's items that did not.

    A mixture in which nothing applies is worth the mean of all.
    """
    hybrid = np.where(joined, scores[:, None, :], scores[None, :, :])  # (entity, other, item)
    worth = weighted_mean(np.nan_to_num(hybrid), weights, ~np.isnan(hybrid))
    overall = weighted_mean(np.nan_to_num(scores), weights, ~np.isnan(scores)).mean()
    return np.where(np.isnan(worth), overall, worth).mean(axis=1)
