"""The score without the single worst event."""

from typing import NamedTuple

import numpy as np

from evalcore.robust.additive import parts_of
from evalcore.robust.index import Index
from evalcore.robust.scale import FIXED
from evalcore.robust.sensitivity import DIGITS
from evalcore.score.rank import ranks


class WorstEvents(NamedTuple):
    """Per unit: indicator and period of its worst event (-1: none), its score without it, and its rank then."""

    indicator: np.ndarray
    period: np.ndarray
    score: np.ndarray
    rank: np.ndarray


def worst_events(index: Index, without: np.ndarray) -> WorstEvents:
    """Each unit without the one event that cost it most.

    An event is one indicator in one period: all that was counted for the indicator in that period, its second
    sources included, leaves the year's sums. The worst event is the one whose leaving raises the unit's composite
    most. The rank is the unit's among the others as they stand: only its own event is forgiven. A unit that no
    leaving raises keeps score and rank.

    Parameters
    ----------
    without : ndarray, shape (period, unit, indicator)
        Values of the year without each period; NaN where nothing would be left, which is no event.
    """
    parts = parts_of(index)
    points = np.stack([FIXED["baseline_bonus"](without[..., k], posts) for k, posts in enumerate(index.posts)], axis=-1)
    gain = np.where(index.reported, parts.weight * (1 - parts.share) * (points - parts.points), np.nan)
    gain = np.nan_to_num(gain, nan=0.0)
    units = np.arange(gain.shape[1])
    flat = gain.transpose(1, 0, 2).reshape(len(units), -1)
    best = flat.argmax(axis=1)
    raised = flat[units, best]
    period, indicator = np.divmod(best, gain.shape[2])
    some = raised > 0
    score = parts.composite + np.where(some, raised, 0.0)
    return WorstEvents(
        np.where(some, indicator, -1), np.where(some, period, -1), score, _own_ranks(parts.composite, score)
    )


def _own_ranks(composite: np.ndarray, forgiven: np.ndarray) -> np.ndarray:
    """Rank of each unit's forgiven score among the others' unchanged ones."""
    lines = np.tile(composite, (len(composite), 1))
    np.fill_diagonal(lines, forgiven)
    return np.diag(ranks(lines, DIGITS))
