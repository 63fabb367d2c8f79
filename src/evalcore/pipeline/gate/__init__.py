"""The gate before the book: nothing broken, unsafe or unexplained gets onto a page."""

from evalcore.pipeline.gate.exhibits import check_exhibits
from evalcore.pipeline.gate.notebooks import check_notebook
from evalcore.pipeline.gate.prose import check_prose
from evalcore.pipeline.gate.published import check_published

__all__ = ["check_exhibits", "check_notebook", "check_prose", "check_published"]
