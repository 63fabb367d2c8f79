"""Raking: survey weights that meet the population's margins."""

import numpy as np
import pandas as pd

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError, say

TOLERANCE, ROUNDS = 1e-10, 500
MICRO = 1_000_000


def rake(
    frame: pd.DataFrame,
    margins: dict[str, dict[str, float]],
    trim: tuple[float, float],
    people: np.ndarray | None = None,
) -> np.ndarray:
    """Weights with mean one that meet all margins; iterative proportional fitting (Deming & Stephan 1940).

    Parameters
    ----------
    frame : DataFrame
        One column per margin, no missing values.
    margins : dict
        Column -> value -> percent of the population.
    trim : (float, float)
        After fitting, weights are cut to this range of the mean and scaled back; margins then hold approximately.
    people : ndarray, optional
        How many people each row stands for; one each by default. The mean is over people.

    Raises
    ------
    EvalcoreError
        A value of a margin nobody answered, an answer that has no share in the margin, or no convergence.
    """
    codes = [_codes(frame[name], shares, name) for name, shares in margins.items()]
    each = np.ones(len(frame)) if people is None else people.astype(float)
    weight = each
    for _ in range(ROUNDS):
        for code, target in codes:
            weight = weight * (target / _shares(code, weight, len(target)))[code]
        if all(np.abs(_shares(code, weight, len(target)) - target).max() < TOLERANCE for code, target in codes):
            trimmed = np.clip(weight / each * (each.sum() / weight.sum()), *trim)
            return trimmed * (each.sum() / (trimmed * each).sum())
    raise EvalcoreError(
        say("raking", f"no weights meet the margins after {ROUNDS} rounds", remedy="use fewer or coarser margins")
    )


def _shares(code: np.ndarray, weight: np.ndarray, values: int) -> np.ndarray:
    """Share of the weight that each value has."""
    return np.bincount(code, weight, values) / weight.sum()


def _codes(values: pd.Series, shares: dict[str, float], name: str) -> tuple[np.ndarray, np.ndarray]:
    code = pd.Index(list(shares)).get_indexer(values)
    nobody = [value for k, value in enumerate(shares) if not (code == k).any()]
    if nobody:
        found = f"no respondent for: {', '.join(nobody)}"
        raise EvalcoreError(say(f"margin '{name}'", found, remedy="merge the value with another in the margins"))
    homeless = values[(code < 0) | values.isin([value for value, share in shares.items() if share <= 0])].unique()
    if len(homeless):
        found = f"no share of the population for: {', '.join(map(str, homeless))}"
        raise EvalcoreError(
            say(f"margin '{name}'", found, remedy="give it a share above 0, or set these answers aside by a rule")
        )
    target = np.array(list(shares.values()))
    return code, target / target.sum()


def weighed(edition: Edition) -> list[str]:
    """The sources with weights, given or raked; only they are read for it."""
    raked = edition.weighting.source if edition.weighting else None
    return [name for name, source in edition.sources.items() if source.weight is not None or name == raked]


def survey_weights(cleaned: dict[str, pd.DataFrame], edition: Edition) -> pd.DataFrame:
    """Weights of all weighted sources, in millionths: columns source, row, weight_micro.

    A source with a `weight` column keeps it, scaled to mean one; the source named in `weighting` is raked.
    """
    tables = [
        pd.DataFrame(
            {"source": pd.Series(dtype=str), "row": pd.Series(dtype="int64"), "weight_micro": pd.Series(dtype="int64")}
        )
    ]
    for name, frame in cleaned.items():
        weight = _weights(frame, name, edition)
        if weight is not None:
            micro = np.rint(weight * MICRO).astype("int64")
            tables.append(pd.DataFrame({"source": name, "row": frame["row"], "weight_micro": micro}))
    return pd.concat(tables, ignore_index=True)


def _weights(frame: pd.DataFrame, name: str, edition: Edition) -> np.ndarray | None:
    given = edition.sources[name].weight
    if given is not None:
        return _scaled(frame[given].to_numpy(dtype=float), f"{name}: column '{given}'")
    if edition.weighting is not None and edition.weighting.source == name:
        return rake(frame, edition.weighting.margins, edition.weighting.trim)
    return None


def _scaled(weight: np.ndarray, place: str) -> np.ndarray:
    if not weight.sum() > 0:
        raise EvalcoreError(
            say(
                place,
                "all weights are 0",
                "at least one above 0",
                "correct the column, or drop `weight` in the edition",
            )
        )
    return weight / weight.mean()


def design_effect(weight: np.ndarray) -> float:
    """Kish's design effect of unequal weights, n sum w^2 / (sum w)^2 (Kish 1965)."""
    return float(len(weight) * np.sum(weight**2) / np.sum(weight) ** 2)
