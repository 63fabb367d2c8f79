"""Labels: folding of long names, points labelled without overlap, the house style."""

from itertools import combinations

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.transforms import Bbox

from evalcore.figures.labels import columns_of, fold, label_points, longest_word
from evalcore.figures.style import SEQUENCE, house_style

names = st.text(st.sampled_from("ab ,.-$平台（）电商\n😀"), max_size=80)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("short", "short"),
        ("two words here", "two words\nhere"),
        ("three words in lines", "three\nwords in…"),
        ("平台名称很长的公司", "平台名称很\n长的公司"),
        ("平台名称特别特别长的公司", "平台名称特\n别特别长…"),
        ("平台名称很）长", "平台名称\n很）长"),
        ("unbreakableword", "unbreakabl\neword"),
        ("平台A1号", "平台A1号"),
    ],
)
def test_names_fold_by_hand(text: str, folded: str) -> None:
    """Two lines of ten columns; Chinese takes two a character and breaks anywhere but before a closing bracket."""
    assert fold(text, 10) == folded


@given(names, st.integers(4, 40), st.integers(1, 3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_folded_names_keep_to_their_room(text: str, columns: int, lines: int) -> None:
    """No line is wider than asked, there are no more lines than asked, and nothing is invented."""
    folded = fold(text, columns, lines)
    assert all(columns_of(line) <= columns for line in folded.split("\n"))
    assert len(folded.split("\n")) <= lines
    kept = "".join(folded.removesuffix("…").split())
    assert "".join(text.split()).startswith(kept)


@given(names)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_what_does_not_fit_is_cut(text: str) -> None:
    """With room enough nothing is lost."""
    assert "".join(fold(text, 200, 1).split()) == "".join(text.split())


def test_width_counts_chinese_twice() -> None:
    """Full-width characters and brackets take two columns."""
    assert columns_of("平台（A）") == 9
    assert longest_word("平台 (abc) 台") == 5


def labelled(count: int, seed: int) -> tuple[plt.Axes, np.ndarray]:
    """Axes with so many labelled points; their places in pixels."""
    x, y = np.random.default_rng(seed).normal(70, 8, (2, count))
    _, axes = plt.subplots(figsize=(7.2, 4.8), layout="constrained")
    axes.plot(x, y, "o")
    axes.margins(0.12)
    label_points(axes, x, y, [f"Platform {k}" for k in range(count)])
    axes.figure.draw_without_rendering()
    return axes, axes.transData.transform(np.column_stack([x, y]))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_labels_cover_neither_each_other_nor_points(seed: int) -> None:
    """Fifteen points, some of them close together; half a pixel of tolerance."""
    axes, points = labelled(15, seed)
    boxes = [text.get_window_extent().padded(-0.5) for text in axes.texts]
    dots = [Bbox.from_bounds(x - 3, y - 3, 6, 6) for x, y in points]
    assert not [1 for one, other in combinations(boxes, 2) if one.overlaps(other)]
    assert not [1 for box in boxes for dot in dots if box.overlaps(dot)]


def test_labels_stay_inside_the_axes() -> None:
    """Points at the edge are labelled towards the middle."""
    axes, _ = labelled(15, 0)
    frame = axes.bbox.padded(1)
    assert all(frame.contains(*corner) for text in axes.texts for corner in text.get_window_extent().get_points())


def test_no_points_need_no_labels() -> None:
    """An empty scatter plot is no error."""
    _, axes = plt.subplots()
    label_points(axes, np.array([]), np.array([]), [])
    assert len(axes.texts) == 0


def test_the_house_style_ends_with_its_context() -> None:
    """Afterwards matplotlib is as before."""
    with mpl.rc_context():
        mpl.rcdefaults()
        before = mpl.rcParams.copy()
        with house_style():
            assert mpl.rcParams["svg.hashsalt"] == "evalcore"
        assert mpl.rcParams == before


def test_names_are_text_and_never_formulas() -> None:
    """A pair of dollar signs in a name stays a pair of dollar signs."""
    _, axes = plt.subplots()
    label = axes.set_title("Cash$ & More$")
    axes.figure.draw_without_rendering()
    assert label.get_parse_math() is False


def test_colours_differ_in_lightness() -> None:
    """The first four of the palette can be told apart in grey: their luminance differs by 4 percent or more."""
    light = sorted(np.dot(mpl.colors.to_rgb(colour), (0.2126, 0.7152, 0.0722)) for colour in SEQUENCE[:4])
    assert np.diff(light).min() > 0.04
