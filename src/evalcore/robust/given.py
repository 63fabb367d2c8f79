"""The index of given values as arrays: an edition's tree and steps, after imputation."""

import numpy as np

from evalcore.edition.index import Index as GivenIndex
from evalcore.edition.index import Node
from evalcore.robust.index import Index, Level, Own
from evalcore.score.steps import normaliser
from evalcore.score.weight import node_weights

TOP = 100
"""What the best own point of the year becomes, so that all scales have points of one size."""


def index_of_given(imputed: np.ndarray, given: GivenIndex) -> Index:
    """The index of all units from their imputed values; there are no draws.

    Trees of any shape get levels of equal depth: an indicator that stands higher passes through nodes of its own.

    Parameters
    ----------
    imputed : ndarray, shape (unit, indicator)
        Indicators in the order of `order_of`; without NaN.
    """
    levels, means = _levels(given.tree)
    specs = {indicator.id: indicator for indicator in given.indicators}
    ordered = [specs[id_] for id_ in order_of(given)]
    own = [normaliser(indicator, given) for indicator in ordered]
    best = max(float(np.max(scale(imputed[:, k]))) for k, scale in enumerate(own))
    factor = TOP / best if best > 0 else 1.0
    return Index(
        values=imputed[None],
        applies=np.ones(imputed.shape, dtype=bool),
        levels=levels,
        direction=np.array([indicator.direction for indicator in ordered]),
        own=Own("own", "own", given.treat.method),
        scales=tuple(_times(factor, scale) for scale in own),
        means=means,
        outliers=(given.treat.skew, given.treat.kurtosis, given.treat.most),
    )


def order_of(given: GivenIndex) -> list[str]:
    """Ids of the indicators as they stand in the tree from left to right."""
    current: list[Node | str] = [given.tree]
    for _ in range(given.tree.depth):
        current = [part for element in current for part in _parts(element)[0]]
    return current


def _levels(tree: Node) -> tuple[tuple[Level, ...], tuple[tuple[str, ...], ...]]:
    """Levels from the indicators up, and the aggregation of each node."""
    levels, means, current = [], [], [tree]
    for _ in range(tree.depth):
        opened = [_parts(element) for element in current]
        parent = np.repeat(np.arange(len(opened)), [len(parts) for parts, _, _ in opened])
        levels.append(Level(parent, np.concatenate([weights for _, weights, _ in opened])))
        means.append(tuple(name for _, _, name in opened))
        current = [part for parts, _, _ in opened for part in parts]
    return tuple(reversed(levels)), tuple(reversed(means))


def _parts(element: Node | str) -> tuple[list[Node | str], np.ndarray, str]:
    """Parts, weights and aggregation; an indicator is its own only part."""
    if isinstance(element, str):
        return [element], np.ones(1), "arithmetic"
    parts = [*(leaf.indicator for leaf in element.indicators), *element.nodes]
    return parts, node_weights(element), element.aggregate


def _times(factor: float, scale: object) -> object:
    return lambda column: factor * scale(column)
