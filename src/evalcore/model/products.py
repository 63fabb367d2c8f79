"""Matrix times vector in a PyTensor graph: loops that compile in a moment, and the same bits whatever the BLAS.

PyTensor's own products call BLAS through code that takes ten seconds to compile for each combination of layouts.
"""

import numba
import numpy as np
import pytensor.tensor as pt
from pytensor.gradient import grad_undefined
from pytensor.graph import Apply, Op
from pytensor.link.numba.dispatch.basic import register_funcify_default_op_cache_key

VERSION = 1
"""Of the compiled code below: PyTensor keeps it between runs under this number."""


@numba.njit(error_model="numpy")
def by_rows(matrix, vector):
    """Matrix times vector; four sums a row, so that the compiler may add four products at once in a fixed order."""
    rows, columns = matrix.shape
    found, whole, vector = np.empty(rows), columns - columns % 4, np.ascontiguousarray(vector)
    for i in range(rows):
        a = b = c = d = 0.0
        for j in range(0, whole, 4):
            a += matrix[i, j] * vector[j]
            b += matrix[i, j + 1] * vector[j + 1]
            c += matrix[i, j + 2] * vector[j + 2]
            d += matrix[i, j + 3] * vector[j + 3]
        for j in range(whole, columns):
            a += matrix[i, j] * vector[j]
        found[i] = (a + b) + (c + d)
    return found


@numba.njit(error_model="numpy")
def by_columns(matrix, vector):
    """The transposed matrix times vector, row after row of the matrix as it lies in memory."""
    rows, columns = matrix.shape
    found = np.zeros(columns)
    for i in range(rows):
        times = vector[i]
        for j in range(columns):
            found[j] += matrix[i, j] * times
    return found


class Product(Op):
    """A fixed matrix (data), perhaps transposed, times a vector."""

    __props__ = ("transposed",)

    def __init__(self, transposed: bool = False) -> None:
        self.transposed = transposed

    def make_node(self, matrix, vector):
        """One node whose output has a number per row, or per column of a transposed matrix."""
        return Apply(self, [pt.as_tensor(matrix), pt.as_tensor(vector)], [pt.dvector()])

    def perform(self, node, inputs, output_storage):
        """Outside of compiled graphs."""
        output_storage[0][0] = LOOPS[self.transposed](*inputs)

    def infer_shape(self, node, input_shapes):
        """Of the output."""
        return [(input_shapes[0][int(self.transposed)],)]

    def pullback(self, inputs, outputs, cotangents):
        """By the vector: the same product with the matrix turned; the matrix is data."""
        unknown = grad_undefined(self, 0, inputs[0], "the matrix is data")
        return [unknown, Product(not self.transposed)(inputs[0], cotangents[0])]


LOOPS = {False: by_rows, True: by_columns}


@register_funcify_default_op_cache_key(Product)
def _compiled(op, node, **kwargs):
    return LOOPS[op.transposed], VERSION


product = Product()
