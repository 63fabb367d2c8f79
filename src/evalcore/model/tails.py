"""Tail terms of the cumulative logit and their derivatives in one pass: here the sampler spends its time.

Per cell and cut point, with x = c - eta: n_below x - (n_below + n_above) softplus(x), and its derivative by c. Written
so that the compiler works on several cells at once: one exponential per cell and cut point's own (their product is
exp(-x)), and log(1 + z) as 2 atanh(z / (2 + z)), whose series to z^29 is exact to the last bit or two for z <= 1.
"""

from math import exp

import numba
import numpy as np
import pytensor.tensor as pt
from pytensor.gradient import grad_undefined
from pytensor.graph import Apply, Op
from pytensor.link.numba.dispatch.basic import register_funcify_default_op_cache_key

from evalcore.model.products import product

FAR = 300.0
"""Beyond it exponentials of location and cut point are not multiplied: their product could lose its digits."""
VERSION = 1
"""Of the compiled code below: PyTensor keeps it between runs under this number."""


@numba.njit(fastmath={"contract", "nsz", "arcp", "reassoc"}, error_model="numpy")
def tails(counts, eta, cuts):
    """Sum over cut points (cell,), its derivative by eta (cell,), and each term's by its cut point (cut, cell)."""
    cells, gaps = counts.shape[0], counts.shape[1] - 1
    value, slope, by_cut = np.zeros(cells), np.zeros(cells), np.empty((gaps, cells))
    z, log1p = np.empty(cells), np.empty(cells)
    odds = np.exp(eta)
    near = np.max(np.abs(cuts)) < FAR and (cells == 0 or np.max(np.abs(eta)) < FAR)
    for j in range(gaps):
        c, scale = cuts[j], exp(-cuts[j])
        if near:
            for i in range(cells):
                q = odds[i] * scale
                z[i] = min(q, 1.0 / q)  # exp(-|x|)
        else:
            for i in range(cells):
                z[i] = exp(-abs(c - eta[i]))
        for i in range(cells):
            s = z[i] / (2.0 + z[i])
            t = s * s
            p = ((1 / 29 * t + 1 / 27) * t + 1 / 25) * t + 1 / 23
            p = (((p * t + 1 / 21) * t + 1 / 19) * t + 1 / 17) * t + 1 / 15
            p = (((p * t + 1 / 13) * t + 1 / 11) * t + 1 / 9) * t + 1 / 7
            p = (p * t + 1 / 5) * t + 1 / 3
            log1p[i] = 2.0 * s * (p * t + 1.0)
        for i in range(cells):
            x, below = c - eta[i], counts[i, j]
            both = below + counts[i, j + 1]
            f = (1.0 if x >= 0 else z[i]) / (1.0 + z[i])
            value[i] += below * x - both * (max(x, 0.0) + log1p[i])
            by_cut[j, i] = below - both * f
            slope[i] -= by_cut[j, i]
    return value, slope, by_cut


class LogitTails(Op):
    """`tails` as a node of a PyTensor graph: counts (cell, level), eta (cell,), cuts (cut,)."""

    __props__ = ()

    def make_node(self, counts, eta, cuts):
        """One node with the value and both derivatives as outputs."""
        inputs = [pt.as_tensor(counts), pt.as_tensor(eta), pt.as_tensor(cuts)]
        return Apply(self, inputs, [pt.dvector(), pt.dvector(), pt.dmatrix()])

    def perform(self, node, inputs, output_storage):
        """Outside of compiled graphs."""
        for storage, output in zip(output_storage, tails(*inputs), strict=True):
            storage[0] = output

    def pullback(self, inputs, outputs, cotangents):
        """Derivatives by location and cut points; counts are data."""
        (_, slope, by_cut), above = outputs, cotangents[0]
        return [grad_undefined(self, 0, inputs[0], "counts are data"), above * slope, product(by_cut, above)]


@register_funcify_default_op_cache_key(LogitTails)
def _compiled(op, node, **kwargs):
    return tails, VERSION


logit_tails = LogitTails()
