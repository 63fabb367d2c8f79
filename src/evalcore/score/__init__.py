"""From indicator values to scores, composites, ranks and levels; from given values to an index."""

from evalcore.score.panel import score_panel
from evalcore.score.stage import score_edition

__all__ = ["score_edition", "score_panel"]
