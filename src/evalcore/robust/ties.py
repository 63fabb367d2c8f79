"""Who cannot be told apart: bands of neighbours by a stated rule."""

import numpy as np


def tie_bands(ahead: np.ndarray, order: np.ndarray, probability: float) -> list[tuple[int, int]]:
    """Bands of units of which no two can be told apart, as first and last place in the order.

    Two units are told apart where one is ahead of the other with at least `probability`. Being tied is not
    transitive (a with b, b with c, and yet a ahead of c), so there is no honest partition into tie groups: a
    band is a largest run of neighbours in which *every* pair is tied, bands may overlap, and a unit may stand in
    two. A unit clear of all others is a band of its own. This is the idea of letter displays (Piepho 2004,
    Journal of Computational and Graphical Statistics 13), restricted to neighbours in the ranking.

    Parameters
    ----------
    ahead : ndarray, shape (unit, unit)
        P(row scores above column), as `score.rank.ahead`; NaN rows are units without a rank.
    order : ndarray of int
        Units from the best on, those without a rank left out.
    """
    chance = ahead[np.ix_(order, order)]
    apart = np.maximum(chance, chance.T) >= probability
    np.fill_diagonal(apart, False)
    bands: list[tuple[int, int]] = []
    for first in range(len(order)):
        last = first
        while last + 1 < len(order) and not apart[first : last + 1, last + 1].any():
            last += 1
        if not bands or last > bands[-1][1]:
            bands.append((first, last))
    return bands


def tie_letters(ahead: np.ndarray, order: np.ndarray, probability: float) -> list[str]:
    """One string of letters per unit (empty without a rank): two units with a letter in common cannot be told apart."""
    letters = [""] * len(ahead)
    for number, (first, last) in enumerate(tie_bands(ahead, order, probability)):
        for place in range(first, last + 1):
            letters[order[place]] += _letter(number)
    return letters


def clear_steps(ahead: np.ndarray, order: np.ndarray, probability: float) -> int:
    """How many neighbours in the order can be told apart."""
    chance = ahead[order[:-1], order[1:]]
    return int((np.maximum(chance, 1 - chance) >= probability).sum())


def _letter(number: int) -> str:
    """Letters a ... z, then a2 ... z2 and so on."""
    return chr(ord("a") + number % 26) + (str(number // 26 + 1) if number >= 26 else "")
