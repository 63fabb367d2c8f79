"""Two tables value by value: which rows and columns came or went, how many values changed, and which most."""

from collections import Counter
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

SAME = 1e-9
"""Relative difference below which two numbers are the same."""


@dataclass(frozen=True)
class Largest:
    """The number that changed most: its row (key columns joined), column, value before and after."""

    row: str
    column: str
    before: float
    after: float


@dataclass(frozen=True)
class Values:
    """What differs between two tables.

    `compared` counts the values of rows and columns that both have, `changed` those of them that differ;
    `largest` is the number that moved most, None where no number changed.
    """

    key: tuple[str, ...]
    rows_added: tuple[str, ...]
    rows_removed: tuple[str, ...]
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    compared: int
    changed: int
    largest: Largest | None

    @property
    def size(self) -> float:
        """Percent of the compared values that changed; 0 where nothing could be compared."""
        return 100 * self.changed / self.compared if self.compared else 0.0

    @property
    def differs(self) -> bool:
        """Whether there is anything to tell."""
        return any((self.changed, self.rows_added, self.rows_removed, self.columns_added, self.columns_removed))

    def as_json(self) -> dict:
        """As plain values."""
        return asdict(self)


def compare_values(old: pd.DataFrame, new: pd.DataFrame) -> Values:
    """Compare two tables by their key: the fewest leading columns without decimals that tell the rows apart.

    Rows that even all of these do not tell apart are numbered in their order.
    """
    shared = [column for column in new.columns if column in old.columns]
    key = _key(old[shared], new[shared])
    left, right = (_indexed(frame, key) for frame in (old, new))
    rows = left.index.intersection(right.index, sort=False)
    columns = [column for column in shared if column not in key]
    changed, largest = 0, None
    for column in columns:
        apart, moved = _apart(left.loc[rows, column], right.loc[rows, column])
        changed += int(apart.sum())
        if moved is not None and apart.any():
            at = int(np.argmax(np.where(apart & np.isfinite(moved), moved, -1.0)))
            if moved[at] > 0 and (largest is None or moved[at] > largest[0]):
                pair = (float(side.loc[rows, column].iloc[at]) for side in (left, right))
                largest = (moved[at], Largest(rows[at], column, *pair))
    return Values(
        tuple(key),
        tuple(right.index.difference(left.index, sort=False)),
        tuple(left.index.difference(right.index, sort=False)),
        tuple(column for column in new.columns if column not in old.columns),
        tuple(column for column in old.columns if column not in new.columns),
        len(rows) * len(columns),
        changed,
        None if largest is None else largest[1],
    )


def _key(old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    texts = [c for c in new.columns if not pd.api.types.is_numeric_dtype(new[c])]
    whole = [c for c in new.columns if pd.api.types.is_integer_dtype(new[c]) and pd.api.types.is_integer_dtype(old[c])]
    key: list[str] = []
    for column in [*texts, *whole]:
        if key and not any(frame.duplicated(key).any() for frame in (old, new)):
            break
        key.append(column)
    return key


def _indexed(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """By the key as text; a row that has the same as another before it gets its number."""
    columns = [frame[column].astype("string").fillna("") for column in key]
    seen: Counter[str] = Counter()
    names = [", ".join(row) for row in zip(*columns, strict=True)] if key else [""] * len(frame)
    labels = [name if (number := _count(seen, name)) == 1 else f"{name} ({number})" for name in names]
    return frame.set_index(pd.Index(labels, dtype=object))


def _count(seen: Counter[str], name: str) -> int:
    seen[name] += 1
    return seen[name]


def _apart(old: pd.Series, new: pd.Series) -> tuple[np.ndarray, np.ndarray | None]:
    """Where two columns differ, and by how much where both are numbers."""
    if all(pd.api.types.is_numeric_dtype(c) and not pd.api.types.is_bool_dtype(c) for c in (old, new)):
        one, other = (column.to_numpy(dtype=float, na_value=np.nan) for column in (old, new))
        same = np.isclose(one, other, rtol=SAME, atol=1e-12, equal_nan=True)
        return ~same, np.abs(other - one)
    one, other = (column.astype("string").fillna("").to_numpy(dtype=object) for column in (old, new))
    return one != other, None
