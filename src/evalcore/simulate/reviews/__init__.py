"""Simulated reviews in Chinese, with the aspect and sentiment of every clause known."""

from evalcore.simulate.reviews.draw import draw_reviews

__all__ = ["draw_reviews"]
