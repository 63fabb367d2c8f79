"""Figures of early warning: marks where alarms are, and nothing to show said as such."""

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
import pytest

from evalcore.edition import load_edition
from evalcore.figures import warning
from evalcore.words import Words

WEEKS = pd.date_range("2025-01-01", periods=3, freq="7D")
DAYS = pd.date_range("2025-04-01", periods=4)
EMPTY = {
    warning.draw_calendar: "warning-calendar",
    warning.draw_course: "warning-course",
    warning.draw_records: "warning-records",
}


@pytest.fixture
def words(root):
    """Exhibit -> its English words in the demonstration edition."""
    return lambda exhibit: Words("en", exhibit, load_edition("demo-2025", root))


def labelled(axes):
    """Label -> what was drawn under it."""
    return dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))


def test_a_mark_stands_in_the_middle_of_its_week_and_in_its_row(words) -> None:
    """Red in the second week of B; yellow in the third of A; a week of promotion is shaded."""
    data = pd.DataFrame(
        {"entity": ["A"] * 3 + ["B"] * 3, "week": [*WEEKS, *WEEKS], "promotion": [True, False, False] * 2}
    )
    data["level"] = ["none", "none", "yellow", "none", "red", "none"]
    axes = warning.draw_calendar(data, words("warning-calendar")).axes[0]
    drawn = labelled(axes)
    assert set(drawn) == {"red", "yellow"}
    assert drawn["red"].get_ydata().tolist() == [1]
    assert mdates.num2date(drawn["red"].get_xdata(orig=False)[0]).strftime("%Y-%m-%d %H") == "2025-01-11 12"
    assert len(axes.patches) == 1


def test_days_that_alarmed_are_marked(words) -> None:
    """One of four days; a count too small to be shown is no mark and no point."""
    data = pd.DataFrame({"entity": "A", "topic": "all", "day": DAYS, "n": [40.0, np.nan, 200.0, 41.0]})
    data = data.assign(expected=45.0, lower=30.0, upper=60.0, alarm=[False, True, True, False])
    drawn = labelled(warning.draw_course(data, words("warning-course")).axes[0])
    assert drawn["alarm"].get_ydata().tolist() == [200]
    assert np.isnan(drawn["observed"].get_ydata()).tolist() == [False, True, False, False]


def test_records_and_their_witness_are_two_lines(words) -> None:
    """Both are drawn as they are."""
    data = pd.DataFrame(
        {"rule": "refunds", "entity": "A", "day": DAYS, "observed": [48.0, 120, 120, 48], "witness": 25.0}
    )
    data = data.assign(expected=48.0, lower=46.0, upper=51.0, usual=25.0)
    drawn = labelled(warning.draw_records(data, words("warning-records")).axes[0])
    assert drawn["as recorded"].get_ydata().tolist() == [48, 120, 120, 48]
    assert drawn["other record of the same cases"].get_ydata().tolist() == [25] * 4


@pytest.mark.parametrize("draw", EMPTY)
def test_a_year_without_alarms_is_a_figure_that_says_so(words, draw) -> None:
    """No data: a dash, no axes."""
    figure = draw(pd.DataFrame(), words(EMPTY[draw]))
    assert figure.axes == []
    assert [text.get_text() for text in figure.texts] == ["–"]
