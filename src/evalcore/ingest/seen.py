"""Which keys occurred before, in a table that is read part by part."""

import numpy as np
import pandas as pd


class Seen:
    """Keys of the parts so far, as sorted 64-bit hashes: eight bytes a row.

    Two of 100 million different keys share a hash with a probability of 0.0003; of a single part nothing is hashed.
    """

    def __init__(self) -> None:
        self._hashes, self._last = np.empty(0, dtype="uint64"), None

    def met(self, keys: pd.DataFrame) -> np.ndarray:
        """Whether each row's key occurred in an earlier part, (row,); one with a missing value never did."""
        if self._last is not None:
            self._hashes = np.concatenate([self._hashes, np.sort(_hashed(self._last.dropna()))])
            self._hashes.sort(kind="stable")  # two sorted runs: one pass
        self._last = keys
        if not len(self._hashes):
            return np.zeros(len(keys), dtype=bool)
        own = _hashed(keys)
        place = np.searchsorted(self._hashes, own).clip(max=len(self._hashes) - 1)
        return (self._hashes[place] == own) & keys.notna().all(axis=1).to_numpy()


def _hashed(keys: pd.DataFrame) -> np.ndarray:
    return pd.util.hash_pandas_object(keys, index=False).to_numpy()
