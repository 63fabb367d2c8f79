"""A small classifier that learns here, and how often labels are right on texts it never saw."""

from collections.abc import Sequence

import numpy as np
from scipy import stats
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC

FOLDS = 5
Tokens = Sequence[list[str]]


def classifier() -> Pipeline:
    """A linear support vector machine on lists of tokens; classes count the same, however many texts each has."""
    vectors = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    return make_pipeline(vectors, LinearSVC(class_weight="balanced", random_state=0))


def crossed(
    texts: Tokens, labels: Sequence[str], further: tuple[Tokens, Sequence[str]], rng: np.random.Generator
) -> np.ndarray:
    """(text,) Label of each text by a model that learned from `further` and the other folds, never from the text."""
    fold = rng.permutation(len(texts)) % FOLDS
    told = np.empty(len(texts), dtype=object)
    for k in range(FOLDS):
        learn, look = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        known = [*further[0], *(texts[i] for i in learn)], [*further[1], *(labels[i] for i in learn)]
        told[look] = classifier().fit(*known).predict([texts[i] for i in look])
    return told


def confusion(truth: Sequence[str], told: Sequence[str], rows: Sequence[str], columns: Sequence[str]) -> np.ndarray:
    """(true label, told label) Counts; labels that are not among the rows and columns are left out."""
    place = [{label: k for k, label in enumerate(own)} for own in (rows, columns)]
    found = np.zeros((len(rows), len(columns)))
    for is_, said in zip(truth, told, strict=True):
        if is_ in place[0] and said in place[1]:
            found[place[0][is_], place[1][said]] += 1
    return found


def right(truth: np.ndarray, told: np.ndarray, probability: float) -> tuple[float, float, float, float]:
    """Share of right labels with its Wilson interval, and the mean F1 over the labels that are true of any text."""
    count = int((truth == told).sum())
    interval = stats.binomtest(count, len(truth)).proportion_ci(probability, method="wilson")
    labels = sorted(set(truth))
    f1 = f1_score(truth.astype(str), told.astype(str), labels=labels, average="macro", zero_division=0)
    return count / len(truth), float(interval.low), float(interval.high), float(f1)
