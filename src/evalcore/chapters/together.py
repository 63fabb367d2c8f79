"""Chapter 11: which aspects stand together in one text."""

from itertools import combinations

import numpy as np
import pandas as pd

from evalcore.chapters.reader import ASPECT, Reader

STEPS = 500
CLEAR_Z = 4.0
"""Standard errors above chance from which two aspects are said to go together."""


def network_frame(texts: pd.Series, reader: Reader) -> pd.DataFrame:
    """one, other, n, expected, clear: how often words of two aspects stand in one text, and how often by chance.

    Chance knows how often each aspect is found beside another one: expected counts are w_a w_b for each pair, with
    weights such that the pairs of an aspect add up to those found. Most texts are about one thing; measured over all of
    them, any two aspects would seem to avoid each other.
    """
    aspects = reader.labels[ASPECT]
    found = {text: set(reader.segmenter.hits(text, aspects)) for text in texts.unique()}
    together = np.zeros((len(aspects), len(aspects)))
    place = {aspect: k for k, aspect in enumerate(aspects)}
    for text, number in texts.value_counts().items():
        for one, other in combinations(sorted(map(place.get, found[text])), 2):
            together[one, other] += number
    expected = chance_pairs(together + together.T)
    rows = [
        (one, other, int(together[i, j]), expected[i, j])
        for (i, one), (j, other) in combinations(enumerate(aspects), 2)
    ]
    frame = pd.DataFrame(rows, columns=["one", "other", "n", "expected"])
    return frame.assign(clear=frame["n"] > frame["expected"] + CLEAR_Z * np.sqrt(frame["expected"]))


def chance_pairs(together: np.ndarray) -> np.ndarray:
    """(aspect, aspect) Expected numbers of pairs with the same sums and no preference; the diagonal is empty.

    Quasi-independence by proportional fitting; each round takes the geometric mean of old and new weights, without
    which two aspects alone would swing for ever.
    """
    sums, weight = together.sum(axis=1), np.sqrt(np.maximum(together.sum(axis=1), 0))
    for _ in range(STEPS):
        others = weight.sum() - weight
        weight = np.sqrt(weight * np.divide(sums, others, out=np.zeros_like(sums), where=others > 0))
    expected = weight[:, None] * weight[None, :]
    np.fill_diagonal(expected, 0)
    return expected
