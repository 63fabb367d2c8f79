"""Matrix times vector in a graph is what NumPy says, and so is its derivative."""

import numpy as np
import pytensor
import pytensor.tensor as pt
import pytest
from pytensor.gradient import verify_grad

from evalcore.model.products import Product, by_columns, by_rows

SIZES = [(1, 1), (3, 4), (5, 7), (60, 42), (2, 0), (0, 3)]


def numbers(*shape: int) -> np.ndarray:
    """Small whole numbers: every sum of their products is exact, in whatever order."""
    return np.random.default_rng(1).integers(-9, 10, shape).astype(float)


@pytest.mark.parametrize(("rows", "columns"), SIZES)
def test_products_are_numpys(rows, columns):
    """All lengths, also those that four does not divide, and none."""
    matrix = numbers(rows, columns)
    assert by_rows(matrix, numbers(columns)).tolist() == (matrix @ numbers(columns)).tolist()
    assert by_columns(matrix, numbers(rows)).tolist() == (numbers(rows) @ matrix).tolist()


def test_layout_in_memory_changes_no_bit():
    """A transposed matrix and a vector with gaps give the sums of plain copies, in the same order."""
    matrix, vector = np.random.default_rng(2).normal(size=(9, 5)), np.random.default_rng(3).normal(size=10)
    plain = by_rows(np.ascontiguousarray(matrix.T), vector[:9].copy())
    assert by_rows(matrix.T, np.repeat(vector, 2)[:18:2]).tobytes() == plain.tobytes()


@pytest.mark.parametrize("transposed", [False, True])
def test_derivative_is_the_turned_product(transposed):
    """Against finite differences, and compiled as the sampler compiles it."""
    matrix, point = numbers(6, 5), numbers(6 if transposed else 5)
    verify_grad(lambda v: Product(transposed)(matrix, v), [point], rng=np.random.default_rng(4))
    given = pt.dvector()
    total = (Product(transposed)(matrix, given) ** 2).sum()
    compiled = pytensor.function([given], pt.grad(total, given), mode="NUMBA")
    turned = matrix.T if transposed else matrix
    np.testing.assert_array_equal(compiled(point), 2 * turned.T @ (turned @ point))


def test_length_is_known_before_anything_is_computed():
    """Dimensions of effects are read from shapes."""
    matrix, vector = pt.dmatrix(), pt.dvector()
    for transposed, length in ((False, 6), (True, 5)):
        shape = pytensor.function([matrix, vector], Product(transposed)(matrix, vector).shape, on_unused_input="ignore")
        assert shape(np.ones((6, 5)), np.ones(11)).tolist() == [length]
