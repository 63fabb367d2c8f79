"""What an ordinal model is fitted to: cells, counts, terms, and how much is known of each; all of it data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
import pandas as pd

from evalcore.errors import EvalcoreError, say
from evalcore.model.centring import gains

MOST_CELLS = 10_000
"""Cost grows with cells; two segments stay below this, seven at once are no fewer cells than respondents."""


@dataclass(frozen=True)
class Design:
    """Counts of one ordinal item and the terms that explain them.

    Attributes
    ----------
    item : str
    levels : tuple of int
        The K >= 2 levels of the scale, lowest first, used or not.
    factors : dict of str to tuple of str
        Factor -> its levels, at least two; a factor with a single level has dropped out.
    terms : tuple of tuple of str
        Main effects first, then interactions, each by the names of its factors.
    cells : DataFrame
        One row per cell with at least one answer, a column per factor.
    counts : ndarray of int64, shape (cell, level)
    gain : ndarray, shape (term,)
        How much the answers tell of each term, from 0 (nothing) up (see `evalcore.model.centring`).
    """

    item: str
    levels: tuple[int, ...]
    factors: Mapping[str, tuple[str, ...]]
    terms: tuple[tuple[str, ...], ...]
    cells: pd.DataFrame
    counts: np.ndarray
    gain: np.ndarray

    @property
    def index(self) -> np.ndarray:
        """Place of each cell in the flattened effects of each term, shape (cell, term)."""
        return term_index(self.cells, self.factors, self.terms)

    @property
    def sizes(self) -> list[int]:
        """Number of effects of each term."""
        return term_sizes(self.factors, self.terms)


def ordinal_design(
    counts: pd.DataFrame,
    levels: Sequence[int],
    factors: Mapping[str, Sequence[str] | None],
    interactions: Sequence[tuple[str, str]] = (),
) -> Design:
    """Lay out the counts of one item for the model.

    Parameters
    ----------
    counts : DataFrame
        item (one), a column per factor, level, n (whole numbers of 0 or more); cells need not be distinct.
    levels : sequence of int
        The scale of the item, lowest first.
    factors : mapping of str to sequence of str or None
        Factor -> its levels in order, each with at least one answer; None: those found, sorted.
    interactions : sequence of pairs
        Left out where one of the two factors has a single level.

    Raises
    ------
    EvalcoreError
        No answers; counts that are negative or no whole numbers; a level that is not in the scale; a factor's level
        that is unknown or that nobody answered for; more than `MOST_CELLS` cells.
    """
    _check_counts(counts, levels, [*factors])
    answered = counts[counts["n"] > 0]
    item = str(answered["item"].iloc[0])
    known = {name: _levels_of(answered[name], name, given, item) for name, given in factors.items()}
    kept = {name: found for name, found in known.items() if len(found) > 1}
    terms = (*((name,) for name in kept), *(pair for pair in interactions if set(pair) <= set(kept)))
    wide = _wide(answered, kept, levels)
    cells, table = wide.index.to_frame(index=False)[[*kept]], wide.to_numpy("int64")
    _check_size(len(cells), item)
    index, sizes = term_index(cells, kept, terms), term_sizes(kept, terms)
    freedom = [prod(len(kept[f]) - 1 for f in term) for term in terms]
    gain = gains(table, index, sizes, freedom, main=len(kept))
    return Design(item, tuple(levels), kept, terms, cells, table, gain)


def term_sizes(factors: Mapping[str, Sequence[str]], terms: Sequence[Sequence[str]]) -> list[int]:
    """Number of effects of each term: the product of the sizes of its factors."""
    return [prod(len(factors[factor]) for factor in term) for term in terms]


def term_index(grid: pd.DataFrame, factors: Mapping[str, Sequence[str]], terms: Sequence[Sequence[str]]) -> np.ndarray:
    """Place of each row of a grid in the flattened effects of each term, shape (row, term), int64."""
    codes = {name: _coded(grid[name], name, found) for name, found in factors.items()}
    place = np.zeros((len(grid), len(terms)), dtype="int64")
    for k, term in enumerate(terms):
        for factor in term:
            place[:, k] = place[:, k] * len(factors[factor]) + codes[factor]
    return place


def _coded(column: pd.Series, name: str, found: Sequence[str]) -> np.ndarray:
    codes = pd.Index(found).get_indexer(column)
    if (codes < 0).any():
        strange = column[codes < 0].iloc[0]
        raise EvalcoreError(say(f"factor '{name}'", f"the level '{strange}'", ", ".join(found)))
    return codes


def _wide(answered: pd.DataFrame, kept: Mapping[str, tuple[str, ...]], levels: Sequence[int]) -> pd.DataFrame:
    """Counts (cell, level); without any factor all answers are one cell."""
    keyed = answered.assign(**{name: pd.Categorical(answered[name], found) for name, found in kept.items()}, all=0)
    sums = keyed.groupby([*(kept or ["all"]), "level"], observed=True)["n"].sum()
    wide = sums.unstack("level", fill_value=0).reindex(columns=list(levels), fill_value=0)
    wide.index = pd.MultiIndex.from_frame(wide.index.to_frame().astype(str if kept else int))
    return wide


def _levels_of(column: pd.Series, name: str, given: Sequence[str] | None, item: str) -> tuple[str, ...]:
    found = sorted(set(column))
    silent = [level for level in given or () if level not in set(found)]
    if silent:
        raise EvalcoreError(
            say(
                f"answers to '{item}'",
                f"none for {name} '{silent[0]}'",
                "at least one answer per level of a factor",
                f"leave '{silent[0]}' out of this fit (its value is then not reported), or supply its answers",
            )
        )
    strange = [level for level in found if given is not None and level not in set(given)]
    if strange:
        raise EvalcoreError(say(f"answers to '{item}'", f"{name} '{strange[0]}'", ", ".join(given)))
    return tuple(found if given is None else given)


def _check_counts(counts: pd.DataFrame, levels: Sequence[int], factors: Sequence[str]) -> None:
    place = f"counts of '{counts['item'].iloc[0] if len(counts) else 'an item'}'"
    n = counts["n"]
    bad = ~(np.isfinite(n) & (n >= 0) & (n == np.floor(n)))
    if bad.any():
        row = bad.idxmax()
        raise EvalcoreError(say(f"{place}, row {row}, n", f"{n[row]:g}", "whole numbers of 0 or more"))
    if len(set(levels)) < 2:
        raise EvalcoreError(say(place, f"a scale of {len(set(levels))} level(s)", "two levels at least"))
    strange = ~counts["level"].isin(list(levels))
    if strange.any():
        row = strange.idxmax()
        allowed = ", ".join(map(str, levels))
        raise EvalcoreError(say(f"{place}, row {row}, level", str(counts["level"][row]), allowed))
    for name in factors:
        if counts[name].isna().any():
            row = counts[name].isna().idxmax()
            raise EvalcoreError(say(f"{place}, row {row}, {name}", "missing", "a level of the factor"))
    if not n.sum():
        raise EvalcoreError(
            say(place, "no answers", "at least one answer", "leave the item out of the edition's model")
        )


def _check_size(cells: int, item: str) -> None:
    if cells > MOST_CELLS:
        raise EvalcoreError(
            say(
                f"model of '{item}'",
                f"{cells:,} cells with answers",
                f"{MOST_CELLS:,} at most",
                "name fewer or coarser segments under model.segments; other segments get a fit of their own",
            )
        )
