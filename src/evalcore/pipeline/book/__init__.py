"""The book: sources assembled from pages, exhibits and notebooks, built by Jupyter Book, published in one move."""

from evalcore.pipeline.book.assembly import assemble
from evalcore.pipeline.book.building import build

__all__ = ["assemble", "build"]
