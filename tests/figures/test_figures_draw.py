"""Every figure: drawn for few and many, in both languages, whole, the same each time, and with nothing private."""

from collections.abc import Callable
from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from evalcore.edition import Edition
from evalcore.figures.layout import WIDTH

Draw = Callable[[str, pd.DataFrame, str, Edition], Figure]
Shops, DataOf = Callable[..., Edition], Callable[[str, Edition], pd.DataFrame]
COUNTS = [(1, "en"), (3, "zh"), (15, "en"), (60, "zh")]


def svg(figure: Figure) -> bytes:
    """As `publish.figure` saves it."""
    buffer = BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    return buffer.getvalue()


def whole(figure: Figure) -> bool:
    """Whether all that is drawn lies inside the figure, with a pixel of tolerance."""
    if layout := figure.get_layout_engine():
        layout.execute(figure)
    drawn, pixel = figure.get_tightbbox(), 1 / figure.dpi
    inside = -pixel <= drawn.x0 and drawn.x1 <= figure.get_figwidth() + pixel
    return inside and -pixel <= drawn.y0 and drawn.y1 <= figure.get_figheight() + pixel


@pytest.mark.parametrize(("count", "lang"), COUNTS)
def test_names_of_any_length_fit(
    exhibit: str, count: int, lang: str, draw: Draw, shops: Shops, data_of: DataOf
) -> None:
    """One entity or sixty, names of 80 characters: a figure of the column's width, no text cut, no glyph missing.

    Warnings (a missing glyph, axes without room) are errors in tests.
    """
    edition = shops(count, long=True)
    figure = draw(exhibit, data_of(exhibit, edition), lang, edition)
    assert isinstance(figure, Figure)
    assert figure.get_figwidth() == WIDTH
    assert whole(figure)


def test_the_same_data_give_the_same_bytes(exhibit: str, draw: Draw, shops: Shops, data_of: DataOf) -> None:
    """An SVG has no date, no random ids and no trace of the machine."""
    edition = shops(2)
    data = data_of(exhibit, edition)
    first, second = (svg(draw(exhibit, data.copy(), "zh", edition)) for _ in range(2))
    assert first == second
    assert not [word for word in (b"<dc:date>", b"/home/", b"/work/", b"/tmp/", b"/Users/") if word in first]


def test_rows_without_values_leave_gaps(exhibit: str, draw: Draw, shops: Shops, data_of: DataOf) -> None:
    """A row of missing numbers is drawn without a warning, and without the word nan."""
    edition = shops(4)
    data = data_of(exhibit, edition)
    numbers = [name for name in data.select_dtypes(float) if name not in ("effective",)]
    data.loc[1, numbers] = np.nan
    figure = draw(exhibit, data, "en", edition)
    figure.draw_without_rendering()
    assert not [text for text in figure.findobj(Text) if "nan" in text.get_text().lower()]


def test_drawing_does_not_change_the_data(exhibit: str, draw: Draw, shops: Shops, data_of: DataOf) -> None:
    """What is published as CSV is what was drawn."""
    edition = shops(3)
    data = data_of(exhibit, edition)
    before = data.copy(deep=True)
    draw(exhibit, data, "en", edition)
    pd.testing.assert_frame_equal(data, before)


@pytest.mark.parametrize("empty", ["composite-ahead", "quality-waterfall"])
def test_where_there_is_nothing_to_show_a_figure_says_so(empty: str, draw: Draw, shops: Shops, data_of: DataOf) -> None:
    """One rated entity has no pairs; a survey may have no rules."""
    edition = shops(1)
    figure = draw(empty, data_of(empty, edition).iloc[:0], "en", edition)
    assert [text.get_text() for text in figure.texts] == ["–"]
