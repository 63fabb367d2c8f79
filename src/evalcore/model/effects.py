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

FIXED_UP_TO = 2
"""Degrees of freedom of a term that cannot tell its own standard deviation."""


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
    centring: TensorVariable | None,
) -> TensorVariable:
    """Effects of all terms, flattened one after the other; each also stored as `<prefix>_<term>`, with its dims.

    Their standard deviations are stored as `<spread>_<term>`, where a term can tell its own.

    Parameters
    ----------
    prefix, spread : str
    terms : sequence of sequences of str
    factors : mapping of str to sequence of str
    kind : {"pooled", "flat"}
    scales : ndarray, shape (term,)
        Of the half-normal standard deviations; the standard deviation itself where a term cannot tell its own.
    centring : shape (term,), or None where effects are flat
    """
    bases = [reduce(np.kron, [CONTRASTS[kind](len(factors[f])) for f in term]) for term in terms]
    freedom = [basis.shape[1] for basis in bases]
    names = [term_name(term) for term in terms]
    free = _pooled(spread, names, scales, freedom, centring) if kind == "pooled" else _flat(prefix, sum(freedom))
    ends = np.cumsum(freedom)
    flat = [pt.dot(b, free[end - n : end]) for b, n, end in zip(bases, freedom, ends, strict=True)]
    for term, name, values in zip(terms, names, flat, strict=True):
        pm.Deterministic(f"{prefix}_{name}", values.reshape([len(factors[f]) for f in term]), dims=term)
    return pt.concatenate(flat)


CONTRASTS = {"pooled": lambda n: helmert(n).T, "flat": lambda n: np.eye(n)[:, 1:]}
"""Effects of n levels from n - 1 free coordinates: zero-sum by an orthonormal basis, or relative to the first level."""


def _pooled(
    spread: str, names: Sequence[str], scales: np.ndarray, freedom: Sequence[int], centring: TensorVariable
) -> TensorVariable:
    """Coordinates sd^(1-w) z with z of scale sd^w: partly centred (Papaspiliopoulos, Roberts and Skoeld 2007)."""
    told = np.flatnonzero(np.array(freedom) > FIXED_UP_TO)
    sd = pt.as_tensor(scales)
    if len(told):
        own = pm.HalfNormal(f"own_{spread}", scales[told], shape=len(told))
        sd = sd[told].set(own)
        for place, k in enumerate(told):
            pm.Deterministic(f"{spread}_{names[k]}", own[place])
    term = np.repeat(np.arange(len(freedom)), freedom)
    z = pm.Normal(f"z_{spread}", 0, (sd**centring)[term], shape=len(term))
    return (sd ** (1 - centring))[term] * z


def _flat(prefix: str, size: int) -> TensorVariable:
    return pm.Flat(f"flat_{prefix}", shape=size)
