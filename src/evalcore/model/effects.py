"""Effects of groups from free coordinates: one block of coordinates and one matrix per term, whatever the term.

One vector of coordinates for all terms keeps the graph, and with it the compile, small.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Literal

import numpy as np
import pymc as pm
import pytensor.tensor as pt
from pytensor.tensor import TensorVariable
from scipy.linalg import helmert

from evalcore.model.priors import LEAST_SD
from evalcore.model.products import product


def term_name(term: Sequence[str]) -> str:
    """`entity`, or `entity_x_category` for an interaction."""
    return "_x_".join(term)


def effects(
    prefix: str,
    spread: str,
    terms: Sequence[Sequence[str]],
    factors: Mapping[str, Sequence[str]],
    kind: Literal["pooled", "flat"],
    scales: np.ndarray,
    learned: Sequence[bool],
    held: Mapping[str, TensorVariable],
) -> TensorVariable:
    """Effects of all terms, flattened one after the other; each also stored as `<prefix>_<term>`, with its dims.

    The standard deviations that are learned are stored as `<spread>_<term>`, without `LEAST_SD`.

    Parameters
    ----------
    prefix, spread : str
    terms : sequence of sequences of str
    factors : mapping of str to sequence of str
    kind : {"pooled", "flat"}
    scales : ndarray, shape (term,)
        Of the half-normal standard deviations; the standard deviation itself where it is not learned.
    learned : sequence of bool
        Terms with a standard deviation of their own.
    held : mapping
        `centring`, shape (coordinate,), where effects are pooled; perhaps `basis_<term>`, the contrasts to take, and
        `shear`, as `evalcore.model.coordinates` has them.
    """
    names = [term_name(term) for term in terms]
    own = contrasts(terms, factors, kind)
    freedom = [basis.shape[1] for basis in own]
    bases = [held.get(f"basis_{name}", basis) for name, basis in zip(names, own, strict=True)]
    mains = sum(n for n, term in zip(freedom, terms, strict=True) if len(term) == 1)
    free = (
        _pooled(spread, names, scales, freedom, mains, learned, held)
        if kind == "pooled"
        else _flat(prefix, sum(freedom))
    )
    ends = np.cumsum(freedom)
    flat = [product(b, free[end - n : end]) for b, n, end in zip(bases, freedom, ends, strict=True)]
    for term, name, values in zip(terms, names, flat, strict=True):
        pm.Deterministic(f"{prefix}_{name}", values.reshape([len(factors[f]) for f in term]), dims=term)
    return pt.concatenate(flat)


def contrasts(
    terms: Sequence[Sequence[str]], factors: Mapping[str, Sequence[str]], kind: Literal["pooled", "flat"]
) -> list[np.ndarray]:
    """What turns the coordinates of each term into its effects, (effect, coordinate)."""
    return [reduce(np.kron, [CONTRASTS[kind](len(factors[f])) for f in term]) for term in terms]


CONTRASTS = {"pooled": lambda n: helmert(n).T, "flat": lambda n: np.eye(n)[:, 1:]}
"""Effects of n levels from n - 1 free coordinates: zero-sum by an orthonormal basis, or relative to the first level."""


def _pooled(
    spread: str,
    names: Sequence[str],
    scales: np.ndarray,
    freedom: Sequence[int],
    mains: int,
    learned: Sequence[bool],
    held: Mapping[str, TensorVariable],
) -> TensorVariable:
    """Coordinates sd^(1-w) z with z of scale sd^w: partly centred (Papaspiliopoulos, Roberts and Skoeld 2007).

    With a shear, a main effect's z is about what the interactions add to it; the effect is what is left without that.
    """
    told = np.flatnonzero(learned)
    sd = pt.as_tensor(scales)
    if len(told):
        own = pm.HalfNormal(f"own_{spread}", scales[told], shape=len(told))
        sd = sd[told].set(pt.sqrt(own**2 + LEAST_SD**2))
        for place, k in enumerate(told):
            pm.Deterministic(f"{spread}_{names[k]}", own[place])
    each, weight = sd[np.repeat(np.arange(len(freedom)), freedom)], held["centring"]
    scale, inside = each ** (1 - weight), each**weight
    if "shear" not in held:
        return scale * pm.Normal(f"z_{spread}", 0, inside, shape=sum(freedom))
    rest = scale[mains:] * pm.Normal(f"z_{spread}_rest", 0, inside[mains:], shape=sum(freedom) - mains)
    added = product(held["shear"], rest)
    z = pm.Normal(f"z_{spread}", added / scale[:mains], inside[:mains], shape=mains)
    return pt.concatenate([scale[:mains] * z - added, rest])


def _flat(prefix: str, size: int) -> TensorVariable:
    return pm.Flat(f"flat_{prefix}", shape=size)
