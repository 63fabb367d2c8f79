"""Least squares of a few columns in plain loops: the same bits on every processor, which LAPACK does not promise."""

from typing import NamedTuple

import numpy as np


class Fitted(NamedTuple):
    """Coefficients (intercept first), the inverse of the crossproducts, residuals and the design they belong to."""

    beta: np.ndarray
    bread: np.ndarray
    residual: np.ndarray
    design: np.ndarray

    @property
    def adjusted(self) -> float:
        """Share of the outcome's variance explained, less what chance gives for so many coefficients."""
        n, k = self.design.shape
        return 1 - (1 - self.explained) * (n - 1) / (n - k)

    @property
    def explained(self) -> float:
        """Share of the outcome's variance explained."""
        outcome = np.einsum("nk,k->n", self.design, self.beta) + self.residual
        return float(1 - np.square(self.residual).sum() / np.square(outcome - outcome.mean()).sum())


def least_squares(x: np.ndarray, y: np.ndarray) -> Fitted:
    """Regress y (n,) on an intercept and the columns of x (n, k), which must not be collinear."""
    design = np.column_stack([np.ones(len(y)), x])
    bread = inverse(np.einsum("ni,nj->ij", design, design))
    beta = np.einsum("ij,nj,n->i", bread, design, y, optimize=False)
    return Fitted(beta, bread, y - np.einsum("nk,k->n", design, beta), design)


def inverse(matrix: np.ndarray) -> np.ndarray:
    """Inverse of a small square matrix: Gauss and Jordan's elimination, the largest pivot of each column first.

    Raises
    ------
    ZeroDivisionError
        It has none, to the precision of floats.
    """
    size = len(matrix)
    rows = np.hstack([np.asarray(matrix, dtype=float), np.eye(size)])
    for k in range(size):
        pivot = k + int(np.abs(rows[k:, k]).argmax())
        if abs(rows[pivot, k]) < 1e-12 * np.abs(matrix).max():
            raise ZeroDivisionError("columns that are collinear have no least squares")
        rows[[k, pivot]] = rows[[pivot, k]]
        rows[k] = rows[k] / rows[k, k]
        others = np.arange(size) != k
        rows[others] = rows[others] - rows[others, k][:, None] * rows[k]
    return rows[:, size:]


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Pearson's r of two varying arrays."""
    x, y = one - one.mean(), other - other.mean()
    return float((x * y).sum() / np.sqrt((x * x).sum() * (y * y).sum()))
