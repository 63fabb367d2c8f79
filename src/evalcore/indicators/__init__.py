"""From cleaned rows to indicator values: counted once in Ibis, pooled and combined as the edition says."""

from evalcore.indicators.cells import indicator_cells, weighted
from evalcore.indicators.lowered import lowered
from evalcore.indicators.values import indicator_values

__all__ = ["indicator_cells", "indicator_values", "lowered", "weighted"]
