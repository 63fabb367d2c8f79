"""Colours can be told apart by everybody, and in grey."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from evalcore.figures.style import EVEN, SEQUENCE, ink_on

SEEN = {
    "all cones": np.eye(3),
    "no green cones": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "no red cones": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
}
"""Linear RGB as people see it; Machado, Oliveira and Fernandes (2009), severity 1."""
TO_XYZ = np.array([[0.41246, 0.35758, 0.18044], [0.21267, 0.71515, 0.07217], [0.01933, 0.11919, 0.95030]])
APART, GREY_APART = 20, 5
"""Distances in CIELAB; about 2 can just be noticed side by side."""


def lab(colour: str, seen: np.ndarray) -> np.ndarray:
    """Lightness, red against green, yellow against blue."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(TO_XYZ @ np.clip(np.asarray(seen) @ linear, 0.01, 1) / TO_XYZ.sum(axis=1))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eyes", SEEN)
def test_no_two_colours_of_the_sequence_look_alike(eyes: str) -> None:
    """Ten times what can be noticed, with all cones and without the red or the green ones."""
    distances = [np.linalg.norm(lab(a, SEEN[eyes]) - lab(b, SEEN[eyes])) for a, b in combinations(SEQUENCE, 2)]
    assert min(distances) > APART


def test_colours_of_the_sequence_differ_in_grey() -> None:
    """Lightness alone tells them apart."""
    lightness = sorted(lab(colour, np.eye(3))[0] for colour in SEQUENCE)
    assert np.diff(lightness).min() > GREY_APART


@pytest.mark.parametrize(
    ("shade", "ink"), [("#ffffff", "black"), ("#9fb3c2", "black"), ("#1f5f8b", "white"), ("#000000", "white")]
)
def test_numbers_on_a_shade_take_the_colour_of_higher_contrast(shade: str, ink: str) -> None:
    """Dark on white and on pale blue, white on the house's blue and on black."""
    assert ink_on(to_rgb(shade)) == ink


def test_neither_colour_wins_where_both_have_the_same_contrast() -> None:
    """WCAG's contrast of black equals that of white at the bound, and small print may have it (4.5 at least)."""
    black, white = (EVEN + 0.05) / 0.05, 1.05 / (EVEN + 0.05)
    assert black == pytest.approx(white, rel=0.01)
    assert min(black, white) > 4.5
