"""The smallest change of one goalpost that swaps two units."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from evalcore.edition import Goalposts
from evalcore.robust.additive import Parts, parts_of
from evalcore.robust.index import Index
from evalcore.score.normalise import baseline_bonus

STEPS = 400
"""Places tried on each side of a goalpost before the nearest one is refined by halving."""

HALVINGS = 40


class PostFlip(NamedTuple):
    """The indicator, which goalpost, its new value, and the change in percent of the scale from floor to best."""

    indicator: int
    post: str
    value: float
    change: float


def flip_goalpost(index: Index, ahead: int, behind: int, bounds: tuple[tuple[float, float], ...]) -> PostFlip | None:
    """The least change of one goalpost of one indicator that brings `behind` level with `ahead`; None if there is none.

    Changes are compared in percent of the indicator's scale, |best - floor|. A goalpost keeps its place between
    its neighbours, inside the indicator's bounds and within one length of the scale; base and bonus points stay.

    Parameters
    ----------
    bounds : tuple of (low, high), one per indicator
        What values of the indicator are possible at all.
    """
    parts = parts_of(index)
    found = [
        flip
        for k in range(len(index.posts))
        for name in ("floor", "baseline", "stretch")
        if (flip := _nearest(index, parts, (ahead, behind), k, name, bounds[k])) is not None
    ]
    return min(found, key=lambda flip: abs(flip.change), default=None)


def _nearest(
    index: Index, parts: Parts, pair: tuple[int, int], k: int, name: str, bounds: tuple[float, float]
) -> PostFlip | None:
    posts = index.posts[k]
    old = getattr(posts, name)
    if old is None or not index.reported[list(pair), k].any():
        return None

    def lead(values: np.ndarray) -> np.ndarray:
        return _lead(index, parts, pair, k, moved(posts, name, values))

    flips = []
    for end in _room(posts, name, bounds):
        tried = old + (end - old) * np.arange(1, STEPS + 1) / (STEPS + 1)
        level = lead(tried) <= 0
        if level.any():
            place = int(level.argmax())
            value = _halved(lead, tried[place - 1] if place else old, tried[place])
            flips.append(PostFlip(k, name, value, 100 * (value - old) / _length(posts)))
    return min(flips, key=lambda flip: abs(flip.change), default=None)


def moved(posts: Goalposts, name: str, values: np.ndarray) -> Goalposts:
    """The goalposts with one of them in many places at once, (place, 1); the search keeps them in order."""
    return posts.model_copy(update={name: np.asarray(values)[:, None]})


def _length(posts: Goalposts) -> float:
    return abs((posts.baseline if posts.stretch is None else posts.stretch) - posts.floor)


def _room(posts: Goalposts, name: str, bounds: tuple[float, float]) -> tuple[float, float]:
    """How far down and up a goalpost may go."""
    line = [posts.floor, posts.baseline] + ([] if posts.stretch is None else [posts.stretch])
    others = {"floor": [posts.baseline], "baseline": [posts.floor, *line[2:]], "stretch": [posts.baseline]}[name]
    old = getattr(posts, name)
    below = [other for other in others if other < old]
    above = [other for other in others if other > old]
    reach = _length(posts)
    return max([bounds[0], old - reach, *below]), min([bounds[1], old + reach, *above])


def _lead(index: Index, parts: Parts, pair: tuple[int, int], k: int, posts: Goalposts) -> np.ndarray:
    """Lead of the first over the second unit with other goalposts for one indicator, (place,)."""
    units = list(pair)
    own = parts.weight[units, k] * (1 - parts.share[units, k])
    points = np.nan_to_num(sum(baseline_bonus(index.values[0][units, k], posts)))  # (place, 2)
    composite = parts.composite[units] + own * (points - parts.points[units, k])
    return composite[:, 0] - composite[:, 1]


def _halved(lead: Callable[[np.ndarray], np.ndarray], near: float, far: float) -> float:
    """Where the lead is used up, between a place where it is not and one where it is."""
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        near, far = (near, middle) if lead(np.array([middle]))[0] <= 0 else (middle, far)
    return float(far)
