"""Chapter 11: how groups differ in what they write about and in how it sounds."""

import numpy as np
import pandas as pd

from evalcore.chapters.corpora import Corpus
from evalcore.chapters.pains import SIZE, counts
from evalcore.chapters.problems import LOW_STARS
from evalcore.chapters.reader import ASPECT, NONE, Reader
from evalcore.edition import Edition
from evalcore.score.rank import interval
from evalcore.streams import stream
from evalcore.survey.prevalence import corrected_shares
from evalcore.texts.classify import confusion

REPLICATES = 1000
JEFFREYS = 0.5
ABOUT = {
    "age": ("age_band", ("18-24", "25-34"), ("60+",)),
    "goods": ("category", ("fresh",), ("appliances",)),
}
"""Contrast -> column of the survey and the codes of its two sides, which the reference documents contrast."""
COLUMNS = ["contrast", "aspect", "n_one", "n_other", "one", "other", "difference", "lower", "upper", "strength"]


def contrasts_frame(answers: Corpus, reviews: Corpus, reader: Reader, edition: Edition) -> pd.DataFrame:
    """contrast, aspect, n_one, n_other, one, other (percent), difference, lower, upper, strength.

    `age` and `goods`: of open answers about any aspect, the percent about this one, by who writes; none where nobody
    read a sample. `size`: of reviews told to be about it, the percent with one or two stars, of small and of large
    entities. `strength` is the difference in standard deviations; the clearest come first. A side with fewer texts
    than the smallest cell is not compared.
    """
    parts = [pd.DataFrame(columns=COLUMNS)]
    if len(answers.sample):
        parts += [_about(name, answers, reader, edition) for name, own in ABOUT.items() if own[0] in answers.texts]
    if len(edition.sizes) > 1:
        parts.append(_sounding(reviews.texts, reviews.told, reader, edition))
    kept = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(kept, ignore_index=True)


def _about(name: str, corpus: Corpus, reader: Reader, edition: Edition) -> pd.DataFrame:
    column, *codes = ABOUT[name]
    labels = reader.labels[ASPECT]
    sides = [corpus.told[corpus.texts[column].isin(own).to_numpy()] for own in codes]
    if min(map(len, sides)) < edition.minimum_cell:
        return pd.DataFrame(columns=COLUMNS)
    read = corpus.told.loc[corpus.sample.index, ASPECT]
    table = confusion(corpus.sample[ASPECT], read, [*labels, NONE], labels)
    draws = 100 * corrected_shares(
        np.stack([counts(own, ASPECT, labels) for own in sides]), table[:-1], REPLICATES,
        stream(edition.seed, "voice/contrast", name), table[-1], (int(table[-1].sum()), int(table.sum())),
        prior=1 / len(labels),
    )  # fmt: skip
    rows = [_row(name, label, *map(len, sides), draws[:, :, k], edition) for k, label in enumerate(labels)]
    return _clearest(rows)


def _sounding(reviews: pd.DataFrame, told: pd.DataFrame, reader: Reader, edition: Edition) -> pd.DataFrame:
    large, small = edition.sizes[0].id, edition.sizes[-1].id
    size = reviews["entity"].map({entity.id: entity.size for entity in edition.entities})
    low, rng, rows = reviews["stars"] <= LOW_STARS, stream(edition.seed, "voice/contrast", SIZE), []
    for aspect in reader.labels[ASPECT]:
        sides = [low[(told[ASPECT] == aspect) & (size == own)] for own in (small, large)]
        if min(map(len, sides)) >= edition.minimum_cell:
            found = [(int(own.sum()), len(own)) for own in sides]
            draws = np.stack([rng.beta(k + JEFFREYS, n - k + JEFFREYS, REPLICATES) for k, n in found], axis=1)
            rows.append(_row(SIZE, aspect, *map(len, sides), 100 * draws, edition))
    return _clearest(rows)


def _row(name: str, aspect: str, n_one: int, n_other: int, draws: np.ndarray, edition: Edition) -> dict[str, object]:
    difference = draws[:, 0] - draws[:, 1]
    low, high = interval(difference, edition.model.interval)
    one, other = draws.mean(axis=0)
    found = (name, aspect, n_one, n_other, one, other, one - other, low, high, difference.mean() / difference.std())
    return dict(zip(COLUMNS, found, strict=True))


def _clearest(rows: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.sort_values("strength", key=np.abs, ascending=False, kind="stable", ignore_index=True)
