"""How robust scores and ranks are: against the data, the weights, the methods, single indicators and events."""

from evalcore.robust.build import index_of, rated_only
from evalcore.robust.design import Space, space_of
from evalcore.robust.index import Index, Level

__all__ = ["Index", "Level", "Space", "index_of", "rated_only", "space_of"]
