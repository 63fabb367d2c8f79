"""Reviews: what they are about, how they sound, and which were read and labelled by people."""

import numpy as np
import pandas as pd

from evalcore.simulate.frames import labels, numbered, times
from evalcore.simulate.leaks import leak
from evalcore.simulate.reviews.wordings import wordings
from evalcore.simulate.toss import choose
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import random_days

REVIEWS = 30_000
"""Stated raw volume of a year."""
SPLITS = {"train": 0.12, "test": 0.06, "field": 0.82}
"""Reviews that people labelled, to learn from and to test on; the rest carries no label."""
SENTIMENTS = ("negative", "neutral", "positive")
DIMENSION_OF = {"logistics": "E", "quality": "E", "refund": "S", "speed": "R", "attitude": "E", "professional": "E",
                "bot": "R", "repair": "S", "rules": "C", "compensation": "S"}  # fmt: skip
"""Aspect -> the dimension whose score makes its reviews better."""
SHARES = {"logistics": 0.15, "quality": 0.17, "refund": 0.14, "speed": 0.13, "attitude": 0.11, "professional": 0.08,
          "bot": 0.07, "repair": 0.05, "rules": 0.05, "compensation": 0.05}  # fmt: skip
NEUTRAL, POSITIVE, PER_POINT = 0.12, 0.45, 0.03
"""Share of neutral clauses; of the others, positive ones at the mean score, and what a point adds (logit scale)."""
SECOND = 0.35
"""Share of reviews that speak of a second aspect."""
STARS = {"negative": (0.52, 0.28, 0.12, 0.05, 0.03), "neutral": (0.05, 0.15, 0.45, 0.25, 0.10),
         "positive": (0.01, 0.02, 0.07, 0.30, 0.60)}  # fmt: skip
LEAKING, REPEATED, ADVERTISED, SHORT = 0.03, 0.03, 0.02, 0.02
"""Shares with private data in them, copied from an earlier one, advertisements, and too short to say anything."""


def draw_reviews(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per review, in the order of posting; labels only where people read it."""
    number = round(REVIEWS * truth.edition.simulation.volume)
    platform = rng.choice(len(truth.share), number, p=truth.share)
    category = choose(rng, truth.category_share[platform])
    split = rng.choice(np.array(list(SPLITS), dtype=object), number, p=list(SPLITS.values()))
    aspects = _aspects(number, rng)
    feelings = [_feelings(truth, platform, aspect, rng) for aspect in aspects]
    second = rng.random(number) < SECOND
    goods = [wordings()["goods"][truth.edition.categories[c].id] for c in category]
    texts = [
        _text(split[k], [(aspects[i][k], feelings[i][k]) for i in range(1 + second[k])], goods[k], rng)
        for k in range(number)
    ]
    quarter = rng.integers(0, len(truth.edition.periods), number)
    known = split != "field"
    author = rng.integers(0, number, number)
    written, author = _spoilt(texts, author, ~known, rng)
    frame = pd.DataFrame(
        {
            "user": numbered("r", number, 6)[author],
            "platform": labels(platform, truth.platforms),
            "category": labels(category, [c.id for c in truth.edition.categories]),
            "posted_at": times(random_days(truth.edition, quarter, rng) + rng.integers(0, 86400, number)),
            "stars": _stars(feelings[0], rng),
            "split": split,
            "aspect": _label(aspects[0], known),
            "sentiment": _label(feelings[0], known),
            "aspect_2": _label(aspects[1], known & second),
            "sentiment_2": _label(feelings[1], known & second),
            "text": written,
        }
    ).sort_values("posted_at", kind="stable", ignore_index=True)
    return frame.assign(review_id=numbered("Z", number, 6))


def _aspects(number: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """What a review is about first, and what else."""
    names = np.array(list(SHARES), dtype=object)
    first = rng.choice(len(names), number, p=list(SHARES.values()))
    other = (first + rng.integers(1, len(names), number)) % len(names)
    return names[first], names[other]


def _feelings(truth: Truth, platform: np.ndarray, aspect: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Sentiment of a clause: better where the platform's dimension scores higher."""
    dimension = pd.Series(aspect).map(DIMENSION_OF).to_numpy()
    centred = truth.dimensions - truth.dimensions.mean()
    points = centred.to_numpy()[platform, truth.dimensions.columns.get_indexer(dimension)]
    positive = 1 / (1 + np.exp(-(np.log(POSITIVE / (1 - POSITIVE)) + PER_POINT * points)))
    toss = rng.random(len(aspect))
    good = rng.random(len(aspect)) < positive
    return np.where(toss < NEUTRAL, "neutral", np.where(good, "positive", "negative")).astype(object)


def _text(split: str, clauses: list[tuple[str, str]], goods: list[str], rng: np.random.Generator) -> str:
    said = [
        _pick(wordings()["clauses"][aspect][split][feeling], rng).format(n=rng.integers(2, 10), goods=_pick(goods, rng))
        for aspect, feeling in clauses
    ]
    if len(said) == 2:
        said.insert(1, _pick(wordings()["joints"]["same" if clauses[0][1] == clauses[1][1] else "other"], rng))
    return _pick(wordings()["openings"], rng) + "".join(said) + _pick(wordings()["endings"], rng)


def _spoilt(
    texts: list[str], author: np.ndarray, unread: np.ndarray, rng: np.random.Generator
) -> tuple[list[str], np.ndarray]:
    """Texts and authors: private data anywhere; copies, advertisements and empty words among what nobody labelled."""
    kind = np.searchsorted(np.cumsum([LEAKING, REPEATED, ADVERTISED, SHORT]), rng.random(len(texts)), side="right")
    spoilt, by = list(texts), author.copy()
    for place in np.flatnonzero(kind == 0):
        spoilt[place] += leak(rng)[0]
    for place in np.flatnonzero((kind > 0) & (kind < 4) & unread):
        if kind[place] > 1:
            spoilt[place] = _pick(wordings()["advertisements" if kind[place] == 2 else "shorts"], rng)
            continue
        earlier = rng.choice(np.flatnonzero(unread))
        spoilt[place], by[place] = spoilt[earlier], by[earlier]
    return spoilt, by


def _stars(feeling: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return 1 + choose(rng, np.array([STARS[f] for f in feeling]))


def _label(values: np.ndarray, known: np.ndarray) -> pd.Series:
    return pd.Series(np.where(known, values, None), dtype="str")


def _pick(phrases: list[str], rng: np.random.Generator) -> str:
    return phrases[rng.integers(len(phrases))]
