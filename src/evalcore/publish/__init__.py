"""Exhibits and numbers leave the notebooks here, each with the record of where it came from."""

from evalcore.publish.exhibits import figure, table
from evalcore.publish.numbers import numbers

__all__ = ["figure", "numbers", "table"]
