"""From indicator values to scores, composites, ranks and levels."""

from evalcore.score.stage import score_edition

__all__ = ["score_edition"]
