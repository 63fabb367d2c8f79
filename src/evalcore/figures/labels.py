"""Labels that fit: long names folded, points labelled without overlap."""

import re
from collections.abc import Sequence
from itertools import chain
from unicodedata import east_asian_width

import matplotlib.pyplot as plt
import numpy as np

from evalcore.figures.style import INK, QUIET

WIDE = r"\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
"""Characters between which a line may break: Chinese, Japanese, Korean and their punctuation."""
CLOSING = "，。、；：？！）》」』”’…％"
"""Punctuation that does not begin a line."""
DISTANCES, ANGLES = (6, 14, 24, 36, 50, 66), np.deg2rad([0, 180, 45, 135, 315, 225, 90, 270])
"""Where a label may stand: points from its dot, and directions, those that are tried first in front."""


def columns_of(text: str) -> int:
    """Width of a text in columns; a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def longest_word(text: str) -> int:
    """Columns of the longest part that cannot be broken."""
    return max((columns_of(word.strip()) for word in _words(text)), default=0)


def fold(text: str, columns: int, lines: int = 2) -> str:
    """Break a text into at most `lines` lines of so many columns; what does not fit ends in an ellipsis."""
    rows = [""]
    words = [[word] if columns_of(word) <= columns else list(word) for word in _words(text)]
    for token in chain.from_iterable(words):
        if columns_of((rows[-1] + token).rstrip()) > columns:
            rows.append("")
        rows[-1] += token
    rows = [row.strip() for row in rows if row.strip()]
    if len(rows) > lines:
        last = rows[lines - 1]
        while columns_of(last) >= columns:
            last = last[:-1]
        rows = [*rows[: lines - 1], last.rstrip() + "…"]
    return "\n".join(rows)


def _words(text: str) -> list[str]:
    return re.findall(rf"(?:[{WIDE}]|[^\s{WIDE}]+)[{CLOSING}]*\s?", " ".join(text.split()))


def label_points(axes: plt.Axes, x: np.ndarray, y: np.ndarray, labels: Sequence[str]) -> None:
    """Write a label beside each point where it covers neither a point nor another label.

    Places nearer to the point are tried first; from a distance a thin line leads back. Where nothing is free,
    the place that covers least is taken. Limits of the axes must not change afterwards.
    """
    axes.figure.draw_without_rendering()
    dots = axes.transData.transform(np.column_stack([x, y]))
    taken = np.hstack([dots - 5, dots + 5])
    for label, dot, point in zip(labels, dots, zip(x, y, strict=True), strict=True):
        text = axes.annotate(label, point, xytext=(0, 0), textcoords="offset points", fontsize=8, color=INK)
        size = text.get_window_extent().size
        distances, places = _places(dot, size, axes.figure.dpi / 72)
        best = np.argmin(_covered(places, taken, axes.bbox.extents))
        text.set_position((places[best, :2] - dot) * 72 / axes.figure.dpi)
        taken = np.vstack([taken, places[best]])
        if distances[best] > DISTANCES[0]:
            end = axes.transData.inverted().transform(np.clip(dot, places[best, :2], places[best, 2:]))
            axes.plot(*zip(point, end, strict=True), color=QUIET, linewidth=0.6, zorder=1)


def _places(dot: np.ndarray, size: np.ndarray, scale: float) -> tuple[np.ndarray, np.ndarray]:
    """Distances (place,) and boxes (place, 4) in pixels, left, low, right, high; the preferred ones first."""
    away = np.round([(np.cos(angle), np.sin(angle)) for angle in ANGLES], 6)
    corner = [dot + side * distance * scale + (side - 1) / 2 * size for distance in DISTANCES for side in away]
    return np.repeat(DISTANCES, len(ANGLES)), np.hstack([corner, np.array(corner) + size])


def _covered(places: np.ndarray, taken: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Pixels of each place that lie on something taken or outside of the axes, to a hundredth."""
    outside = np.prod(places[:, 2:] - places[:, :2], axis=1) - _shared(places, inside[None])[:, 0]
    return np.round(_shared(places, taken).sum(axis=1) + outside, 2)


def _shared(places: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Common area of boxes: (place, 4) and (other, 4) -> (place, other)."""
    low = np.maximum(places[:, None, :2], others[None, :, :2])
    high = np.minimum(places[:, None, 2:], others[None, :, 2:])
    return np.prod(np.clip(high - low, 0, None), axis=2)
