"""Weights that add up to 100, within the precision in which the edition prints them."""

from decimal import Decimal

EXACT = 1e-9
"""What floating point adds to a sum of weights that are right."""


def rescaled(what: str, weights: dict[str, float]) -> list[float]:
    """The weights of one node, rescaled to add up to 100 where only their rounding keeps them from it.

    Weights printed with d decimals may each be off by half a unit of the last one, so that n of them may miss 100 by
    n x 10^-d / 2: 33.3 + 33.3 + 33.3 = 99.9 is rescaled, 33.3 + 33.3 + 33.0 is refused. Whole numbers are
    exact: nobody rounds 33 + 33 + 33.

    Raises
    ------
    ValueError
        Naming the node, the sum, every weight, and where one item is the excess, that item.
    """
    total = sum(weights.values())
    if abs(total - 100) <= EXACT:
        return list(weights.values())
    if abs(total - 100) <= _rounding(list(weights.values())) + EXACT:
        return [100 * weight / total for weight in weights.values()]
    listed = ", ".join(f"{key} {weight:g}" for key, weight in weights.items())
    raise ValueError(f"weights of the {what} add up to {total:.10g}, not 100 ({listed}); {_remedy(weights, total)}")


def _rounding(weights: list[float]) -> float:
    """How far rounding may take the sum from 100; `repr` gives the digits that were typed, less trailing zeros."""
    decimals = max(-Decimal(repr(weight)).normalize().as_tuple().exponent for weight in weights)
    return len(weights) * 10.0**-decimals / 2 if decimals > 0 else 0.0


def _remedy(weights: dict[str, float], total: float) -> str:
    excess = total - 100
    if excess < 0:
        return f"{-excess:.10g} is missing"
    intruders = [key for key, weight in weights.items() if abs(weight - excess) <= EXACT]
    hint = f": without {' or '.join(intruders)} they would add up" if intruders else ""
    return f"{excess:.10g} too much{hint}"
