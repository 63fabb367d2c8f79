"""The choices of each replicate: which draw of the data, which weights, which methods, which share of experts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace

import numpy as np

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError, say
from evalcore.robust.index import Index, Level
from evalcore.streams import stream

FACTORS = ("data", "weights", "normalisation", "aggregation", "treatment", "experts")


@dataclass(frozen=True)
class Space:
    """What may be drawn."""

    concentration: float
    normalisations: tuple[str, ...]
    aggregations: tuple[str, ...]
    treatments: tuple[str, ...]
    experts: tuple[float, float] | None = None


@dataclass(frozen=True)
class Design:
    """One choice per factor and replicate; the fields are the factors.

    `data`: row of the index's values, (replicate,). `weights`: one (replicate, item) per level, adding up to one
    in each node. `normalisation`, `aggregation`, `treatment`: names, (replicate,). `experts`: share, (replicate,).
    """

    data: np.ndarray
    weights: tuple[np.ndarray, ...]
    normalisation: np.ndarray
    aggregation: np.ndarray
    treatment: np.ndarray
    experts: np.ndarray

    def __len__(self) -> int:
        return len(self.data)

    def at(self, rows: np.ndarray) -> "Design":
        """The replicates at the given places."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return Design(**{k: tuple(w[rows] for w in v) if k == "weights" else v[rows] for k, v in found.items()})

    def with_factor(self, factor: str, other: "Design") -> "Design":
        """The same design with one factor taken from another."""
        return replace(self, **{factor: getattr(other, factor)})


def space_of(edition: Edition) -> Space:
    """What the edition's section `robustness` lets vary."""
    chosen = edition.robustness
    share = None if chosen.expert_share is None else tuple(percent / 100 for percent in chosen.expert_share)
    return Space(chosen.weight_concentration, *chosen.options(edition.index is not None), share)


def moving(index: Index, space: Space) -> tuple[str, ...]:
    """The factors that can move anything in this index."""
    several = {
        "data": len(index.values) > 1,
        "weights": any(len(level.parent) > len(level.nodes) for level in index.levels),
        "normalisation": len(space.normalisations) > 1,
        "aggregation": len(space.aggregations) > 1,
        "treatment": len(space.treatments) > 1 and bool(np.isfinite(index.limits).any()),
        "experts": index.panel is not None and space.experts is not None and space.experts[0] < space.experts[1],
    }
    return tuple(factor for factor in FACTORS if several[factor])


def own_choice(index: Index, replicates: int = 1) -> Design:
    """The edition's own choices, so many times."""
    weights = tuple(np.tile(level.shares, (replicates, 1)) for level in index.levels)
    names = [np.full(replicates, name) for name in index.own]
    return Design(np.zeros(replicates, dtype=int), weights, *names, np.full(replicates, index.share))


def designs(
    index: Index, space: Space, varied: tuple[str, ...], seed: int, name: str, replicates: int, chunk: int
) -> Iterator[Design]:
    """Random designs in chunks; what is not varied stays at the edition's own choice.

    Every factor (and every level of weights) has its own random stream, read row by row: neither the size of the
    chunks nor another factor changes what is drawn.
    """
    unknown = sorted(set(varied) - set(FACTORS))
    if unknown:
        raise EvalcoreError(say("robustness: varied", ", ".join(unknown), ", ".join(FACTORS), "name factors only"))
    draw = {factor: _drawer(factor, index, space, seed, name) for factor in varied}
    for begin in range(0, replicates, chunk):
        count = min(chunk, replicates - begin)
        yield replace(own_choice(index, count), **{factor: draw[factor](count) for factor in varied})


def _drawer(factor: str, index: Index, space: Space, seed: int, name: str) -> Callable[[int], object]:
    """A function that draws the next replicates of one factor."""
    rng = stream(seed, "robust", name, factor)
    low, high = space.experts or (index.share, index.share)
    lists = {"normalisation": space.normalisations, "aggregation": space.aggregations, "treatment": space.treatments}
    if factor == "weights":
        rngs = [stream(seed, "robust", name, factor, str(depth)) for depth in range(len(index.levels))]
        return lambda n: tuple(
            dirichlet(level, space.concentration, n, r) for level, r in zip(index.levels, rngs, strict=True)
        )
    if factor == "data":
        draws = len(index.values) - 1
        return lambda n: (1 + np.floor(rng.random(n) * draws)).astype(int) if draws else np.zeros(n, dtype=int)
    if factor == "experts":
        return lambda n: low + (high - low) * rng.random(n)
    options = np.array(lists[factor])
    return lambda n: options[np.floor(rng.random(n) * len(options)).astype(int)]


def dirichlet(level: Level, concentration: float, count: int, rng: np.random.Generator) -> np.ndarray:
    """Weights of a level, Dirichlet(concentration x shares) in each node, shape (count, item).

    Drawn as gamma variates over their sum; mean w, variance w (1 - w) / (concentration + 1). A weight of 0 stays 0.
    """
    drawn = rng.standard_gamma(concentration * level.shares, size=(count, len(level.shares)))
    for part in level.nodes:
        total = drawn[:, part].sum(axis=-1, keepdims=True)
        if not (total > 0).all():
            raise EvalcoreError(
                say("weight_concentration", f"{concentration:g} draws weights that are all zero", "1 or more")
            )
        drawn[:, part] /= total
    return drawn
