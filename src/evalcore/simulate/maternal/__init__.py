"""The maternal and infant survey: groups, one overall satisfaction they all agree with, and the questions."""

from evalcore.simulate.maternal.survey import draw_maternal

__all__ = ["draw_maternal"]
