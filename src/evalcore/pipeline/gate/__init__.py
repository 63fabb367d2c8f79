"""The gate before the book: nothing broken, unsafe or unexplained gets onto a page."""

from evalcore.pipeline.gate.exhibits import check_exhibits
from evalcore.pipeline.gate.notebooks import check_notebook

__all__ = ["check_exhibits", "check_notebook"]
