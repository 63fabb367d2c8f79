"""Contracts of the frames that pass between rooms."""

from evalcore.schema.raw import raw_contract
from evalcore.schema.stages import CELLS, checked

__all__ = ["CELLS", "checked", "raw_contract"]
