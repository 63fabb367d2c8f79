"""Ranks and levels, and how sure they are."""

import numpy as np
import pandas as pd
from scipy import stats

from evalcore.edition import Framework

TIES = {"best": "min", "worst": "max", "mean": "average"}
"""Which of the ranks they take up equal scores share -> scipy's name for it."""


def ranks(scores: np.ndarray, digits: int | None = None, ties: str = "best") -> np.ndarray:
    """Rank along the last axis, 1 for the highest; NaN stays NaN.

    Parameters
    ----------
    scores : ndarray, shape (..., entity)
    digits : int, optional
        Round to so many decimals before ranking.
    ties : {"best", "worst", "mean"}
        Which of the ranks they take up equal scores share.
    """
    rounded = scores if digits is None else np.round(scores, digits)
    placed = stats.rankdata(-rounded, method=TIES[ties], axis=-1, nan_policy="omit").astype(float)
    return np.where(np.isnan(rounded), np.nan, placed)


def interval(draws: np.ndarray, probability: float) -> tuple[np.ndarray, np.ndarray]:
    """Equal-tailed interval over the first axis; NaN columns stay NaN."""
    tail = 50 * (1 - probability)
    low, high = np.percentile(draws, [tail, 100 - tail], axis=0)
    return low, high


def rank_summary(draws: np.ndarray, point: np.ndarray, entities: list[str], probability: float) -> pd.DataFrame:
    """Rank, rank interval and probabilities of the extremes.

    Parameters
    ----------
    draws : ndarray, shape (draw, entity)
    point : ndarray, shape (entity,)

    Returns
    -------
    DataFrame
        entity, rank, rank_lower, rank_upper (equal-tailed over draws, whole ranks), p_first, p_last.
    """
    drawn = ranks(draws)
    low, high = interval(drawn, probability)
    last = np.max(np.nan_to_num(drawn), axis=1, keepdims=True)
    known = ~np.isnan(point)
    return pd.DataFrame(
        {
            "entity": entities,
            "rank": _whole(ranks(point)),
            "rank_lower": _whole(np.floor(low)),
            "rank_upper": _whole(np.ceil(high)),
            "p_first": np.where(known, (drawn == 1).mean(axis=0), np.nan),
            "p_last": np.where(known, (drawn == last).mean(axis=0), np.nan),
        }
    )


def ahead(draws: np.ndarray) -> np.ndarray:
    """P(row entity scores above column entity), shape (entity, entity); ties count half, NaN gives NaN."""
    above = (draws[:, :, None] > draws[:, None, :]).mean(axis=0)
    equal = (draws[:, :, None] == draws[:, None, :]).mean(axis=0)
    missing = np.isnan(draws).any(axis=0)
    return np.where(missing[:, None] | missing[None, :], np.nan, above + equal / 2)


def level_of(scores: np.ndarray, framework: Framework) -> np.ndarray:
    """Index of the level each score reaches, -1 where there is no score."""
    bounds = np.array([level.at_least for level in framework.levels])
    return np.where(np.isnan(scores), -1, np.searchsorted(bounds, scores, side="right") - 1)


def level_probabilities(draws: np.ndarray, framework: Framework) -> np.ndarray:
    """Share of draws in each level, shape (entity, level)."""
    reached = level_of(draws, framework)
    return np.stack([(reached == k).mean(axis=0) for k in range(len(framework.levels))], axis=-1)


def _whole(values: np.ndarray) -> pd.array:
    return pd.array([None if np.isnan(value) else int(value) for value in values], dtype="Int64")
