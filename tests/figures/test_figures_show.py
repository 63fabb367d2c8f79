"""Figures show what the data say: positions, lengths, numbers in cells, order of rows and columns."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from evalcore.edition import Edition
from evalcore.words import LANGUAGES

Draw = Callable[[str, pd.DataFrame, str, Edition], Figure]
Shops, DataOf = Callable[..., Edition], Callable[[str, Edition], pd.DataFrame]


def shown(axes: object) -> list[str]:
    """Numbers and texts written inside of some axes."""
    return [text.get_text() for text in axes.texts if text.get_text()]


def rows(axes: object) -> list[str]:
    """Labels of the vertical axis, from top to bottom."""
    ticks = sorted(zip(axes.get_yticks(), axes.get_yticklabels(), strict=True), key=lambda tick: tick[0])
    return [label.get_text() for _, label in ticks]


@pytest.fixture
def edition(shops: Shops) -> Edition:
    """Four shops."""
    return shops(4)


def test_the_first_row_is_on_top_and_has_its_score(draw: Draw, edition: Edition, data_of: DataOf) -> None:
    """Order of the data, points at the scores, scores written with one decimal."""
    data = data_of("summary-scores", edition)
    axes = draw("summary-scores", data, "en", edition).axes[0]
    assert axes.yaxis_inverted()
    assert rows(axes) == ["shop 0", "shop 1", "shop 2", "shop 3"]
    points = next(line for line in axes.lines if line.get_marker() == "o")
    np.testing.assert_allclose(points.get_xdata(), data["low"])
    assert shown(axes) == [f"{score:.1f}" for score in data["low"]]


def test_bars_of_parts_add_up_to_the_score(draw: Draw, edition: Edition, data_of: DataOf) -> None:
    """The right end of the last part is the score; a thin bonus is not hidden by an edge."""
    data = data_of("composite-parts", edition)
    bars = draw("composite-parts", data, "en", edition).axes[0].patches
    assert len(bars) == 12
    np.testing.assert_allclose([bar.get_x() + bar.get_width() for bar in bars[-4:]], data["low"])
    assert {bar.get_linewidth() for bar in bars} == {0}


def test_a_part_nobody_has_is_not_in_the_legend(draw: Draw, edition: Edition, data_of: DataOf) -> None:
    """Without a panel there is no word about experts."""
    data = data_of("composite-parts", edition).assign(expert=0.0)
    legend = draw("composite-parts", data, "en", edition).legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["base points", "bonus points"]


def test_level_bars_fill_the_row(draw: Draw, edition: Edition, data_of: DataOf) -> None:
    """Five levels of 20 percent each, written in the bars; shades all differ."""
    axes = draw("composite-levels", data_of("composite-levels", edition), "en", edition).axes[0]
    assert sum(bar.get_width() for bar in axes.patches) == pytest.approx(400)
    assert shown(axes) == ["20"] * 20
    assert len({bar.get_facecolor() for bar in axes.patches}) == 5


def test_pairs_stand_in_percent_and_nobody_meets_itself(draw: Draw, edition: Edition, data_of: DataOf) -> None:
    """Twelve numbers for four shops, opposite ones add up to 100; no grid line crosses the blank diagonal."""
    axes = draw("composite-ahead", data_of("composite-ahead", edition), "en", edition).axes[0]
    table = np.full((4, 4), np.nan)
    for text in axes.texts:
        column, row = (int(place) for place in text.get_position())
        table[row, column] = float(text.get_text())
    assert np.isnan(np.diag(table)).all()
    np.testing.assert_allclose((table + table.T)[~np.eye(4, dtype=bool)], 100, atol=1)
    assert not any(line.get_visible() for line in [*axes.get_xgridlines(), *axes.get_ygridlines()])


def test_sixty_have_a_colour_bar_instead_of_numbers(draw: Draw, shops: Shops, data_of: DataOf) -> None:
    """Numbers in cells of a millimetre could not be read."""
    many = shops(60)
    heat, bar = draw("composite-ahead", data_of("composite-ahead", many), "en", many).axes
    assert shown(heat) == []
    assert bar.get_ylim() == (0, 100)


def test_missing_cells_of_a_grid_stay_blank(draw: Draw, edition: Edition) -> None:
    """Columns keep the order of the data, even where the first entity has nothing there."""
    data = pd.DataFrame(
        {"entity": ["e1", "e1", "e0", "e0"], "indicator": ["X0", "X1"] * 2, "score": [np.nan, 55.4, 91.6, np.nan]}
    )
    axes = draw("indicator-scores", data, "en", edition).axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["X0", "X1"]
    assert rows(axes) == ["shop 1", "shop 0"]
    assert {text.get_position(): text.get_text() for text in axes.texts} == {(1.5, 0.5): "55", (0.5, 1.5): "92"}


def test_a_grid_without_any_score_is_blank(draw: Draw, edition: Edition, data_of: DataOf) -> None:
    """All suppressed: an empty grid, no error."""
    figure = draw("category-scores", data_of("category-scores", edition).assign(low=np.nan), "en", edition)
    assert shown(figure.axes[0]) == []


def test_panels_of_periods_share_one_scale(draw: Draw, edition: Edition, data_of: DataOf) -> None:
    """One panel each, with the mean of all behind it."""
    data = data_of("composite-periods", edition)
    panels = [axes for axes in draw("composite-periods", data, "zh", edition).axes if axes.get_visible()]
    assert [axes.get_title("left") for axes in panels] == ["shop0", "shop1", "shop2", "shop3"]
    assert len({axes.get_ylim() for axes in panels}) == 1
    np.testing.assert_allclose(panels[0].lines[0].get_ydata(), data.groupby("group")["low"].mean())


def test_all_dimensions_are_drawn_on_one_scale(draw: Draw, tiny: dict, edition_of: Callable) -> None:
    """Seven dimensions are seven panels, though the palette has six colours."""
    first = tiny["framework"]["dimensions"][1] | {"weight": 100 / 7}
    one = first["indicators"][0]
    names = [f"D{k}" for k in range(7)]
    tiny["framework"]["dimensions"] = [first | {"id": d, "indicators": [one | {"id": f"I{d}"}]} for d in names]
    edition = edition_of(tiny)
    data = pd.DataFrame([(e, d, 70.0, 69.0, 71.0) for e in "AB" for d in names])
    data.columns = ["entity", "dimension", "low", "lower", "upper"]
    panels = [axes for axes in draw("dimension-scores", data, "en", edition).axes if axes.get_visible()]
    assert len(panels) == 7
    assert len({axes.get_xlim() for axes in panels}) == 1


def test_weights_are_coloured_by_dimension(draw: Draw, edition: Edition, data_of: DataOf) -> None:
    """Four indicators of R in one colour, E1 in another; both named in the legend."""
    figure = draw("framework-weights", data_of("framework-weights", edition), "en", edition)
    colours = [bar.get_facecolor() for bar in figure.axes[0].patches]
    assert len(set(colours)) == 2
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["dimension 0", "experience"]


def test_profiles_mark_better_and_worse_apart(draw: Draw, edition: Edition) -> None:
    """Above and below the median in two colours; what is not shown has a name and no dot."""
    data = pd.DataFrame({"indicator": ["X0", "X1", "X2"], "score": [80.0, 40.0, np.nan], "median": [60.0, 60, 60]})
    axes = draw("entity-profile", data, "en", edition).axes[0]
    better, worse = (line for line in axes.lines if line.get_marker() == "o")
    assert better.get_xdata().tolist() == [80]
    assert worse.get_xdata()[~np.isnan(worse.get_xdata())].tolist() == [40]
    assert better.get_color() != worse.get_color()
    assert len(rows(axes)) == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bars_of_rules_are_percent_and_counts_stand_beside(
    draw: Draw, edition: Edition, data_of: DataOf, lang: str
) -> None:
    """1,200 of 24,000 are 5 percent."""
    axes = draw("quality-waterfall", data_of("quality-waterfall", edition), lang, edition).axes[0]
    assert [bar.get_width() for bar in axes.patches] == pytest.approx([5, 0.125])
    assert shown(axes) == ["1,200", "30"]
    assert axes.get_xlim()[0] == 0
