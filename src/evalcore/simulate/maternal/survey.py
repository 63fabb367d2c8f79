"""The maternal and infant survey: a pretest and the main wave, honest answers first, then careless ones."""

import numpy as np
import pandas as pd

from evalcore.simulate.dishonest import addresses, seconds_taken, submitted
from evalcore.simulate.frames import labels, numbered, times
from evalcore.simulate.maternal.groups import ASIDE, LEVELS, SHARES, YEARLY_RISE, Groups
from evalcore.simulate.maternal.questions import draw_questions
from evalcore.simulate.maternal.scales import PERCEPTIONS, draw_scales
from evalcore.simulate.texts import open_column
from evalcore.simulate.truth import Truth

ANSWERS, PRETEST = 5_600, 200
"""Stated raw volumes of a year; the pretest comes before the main wave and is as large as stated."""
FASTEST = 300
USUAL_S = 720
CARELESS, STRAIGHT = 0.04, 0.5
TRAP = 4
AFTER_1995 = 0.42
CATEGORY = "maternal"
WRITES = 0.25
PAINS = [
    "奶粉罐有凹陷，客服让我先拍照，等了两天才回复",
    "纸尿裤尺码不对，退货运费要我自己出",
    "宝宝用了起疹子，客服只会说抱歉",
    "推车少了一个轮子配件，等了一周才补发",
    "夜里孩子发烧问用法，半天没有人工",
    "线上说能退，门店说不归他们管",
    "检测报告要了三次才给",
    "安全座椅不会装，没有人上门指导",
    "客服没带过孩子，问什么都是复制话术",
    "赔偿标准说不清，来回扯皮",
]


def draw_maternal(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per answer, in the order of submission; brand stores are no platform of the edition."""
    edition = truth.edition
    number = round(ANSWERS * edition.simulation.volume)
    pretest = np.arange(number) < min(PRETEST, number // 10)
    groups = Groups(0.0 if edition.simulation.following is None else -YEARLY_RISE)
    drawn = {
        name: rng.choice(len(shares), number, p=list(shares.values())) for name, shares in {**SHARES, **ASIDE}.items()
    }
    codes = {name: np.array(list({**SHARES, **ASIDE}[name]), dtype=object)[drawn[name]] for name in drawn}
    codes["born_after_1995"] = np.where(rng.random(number) < AFTER_1995, "yes", "no").astype(object)
    level = _levels(drawn, groups, rng)
    frame = pd.DataFrame(
        {
            "platform": _platforms(codes["store"], truth, rng),
            "wave": labels(pretest.astype(int), ["main", "pretest"]),
            "submitted_at": times(submitted(edition, np.where(pretest, 0, _quarters(number, truth, rng)), rng)),
            "seconds": seconds_taken(number, USUAL_S, FASTEST, rng),
            **{name: pd.Series(values, dtype="str") for name, values in codes.items()},
            "csi": LEVELS[level],
            **draw_scales(drawn, level, groups, rng),
            **draw_questions(codes, level, groups, rng),
        }
    ).assign(born_after_1995=codes["born_after_1995"] == "yes")
    ordered = _careless(frame, rng).sort_values("submitted_at", kind="stable", ignore_index=True)
    return ordered.assign(
        respondent_id=numbered("W", number, 6),
        **addresses(number, rng),
        open_pain=open_column(number, WRITES, PAINS, rng),
    )


def _levels(drawn: dict[str, np.ndarray], groups: Groups, rng: np.random.Generator) -> np.ndarray:
    """Index of each respondent's overall level."""
    predictor = sum(groups.effects[name][drawn[name]] for name in SHARES)
    edges = np.cumsum(groups.chances(predictor), axis=1)[:, :-1]
    return (rng.random(len(predictor))[:, None] > edges).sum(axis=1)


def _quarters(number: int, truth: Truth, rng: np.random.Generator) -> np.ndarray:
    return rng.integers(0, len(truth.edition.periods), number)


def _platforms(store: np.ndarray, truth: Truth, rng: np.random.Generator) -> pd.Series:
    """A platform of the size, of those that sell the category where any does; blank for brand stores."""
    chosen = np.full(len(store), None, dtype=object)
    for size in ("head", "small-mid"):
        own = [e.id for e in truth.edition.entities if e.size == size]
        sells = [e.id for e in truth.edition.entities if e.size == size and CATEGORY in e.categories] or own
        there = np.flatnonzero(store == size)
        if sells:
            share = truth.share[[truth.platforms.index(p) for p in sells]]
            chosen[there] = rng.choice(np.array(sells, dtype=object), len(there), p=share / share.sum())
    return pd.Series(chosen, dtype="str")


def _careless(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """A share of rows fails the trap, or gives the same answer to all perceptions; honest rows do neither."""
    number, columns = len(frame), list(PERCEPTIONS)
    ratings = frame[columns].to_numpy(copy=True)
    alike = np.flatnonzero((ratings == ratings[:, :1]).all(axis=1))
    ratings[alike, -1] += np.where(ratings[alike, -1] == 5, -1, 1)
    careless = rng.random(number) < CARELESS
    straight = careless & (rng.random(number) < STRAIGHT)
    ratings = np.where(straight[:, None], rng.choice([3, 4, 5], number)[:, None], ratings)
    missed = np.where(careless & ~straight, rng.choice([1, 2, 3, 5], number), TRAP)
    return frame.assign(**dict(zip(columns, ratings.T, strict=True)), trap=missed)
