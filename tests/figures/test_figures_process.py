"""Figures of the process: whole in both languages, for one stage and for many, and honest where there is nothing."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text
from test_figures_draw import svg, whole

from evalcore.edition import Edition
from evalcore.figures import process, service
from evalcore.words import Words

HOURS = np.arange(1, 181) / 60 * 24


@pytest.fixture
def stages(mini_edition: Edition) -> pd.DataFrame:
    """A falling curve for each stage of the miniature."""
    open_ = 100 * np.exp(-HOURS / 20)
    curve = pd.DataFrame({"hours": HOURS, "still_open": open_, "lower": open_ - 1, "upper": open_ + 1, "limit_h": 24.0})
    return pd.concat([curve.assign(stage=stage.id) for stage in mini_edition.process.stages], ignore_index=True)


@pytest.fixture
def causes() -> pd.DataFrame:
    """Two causes and all classes."""
    rows = [("cause", "platform", "service", 60.0, 60.0), ("cause", "merchant", "goods", 40.0, 100.0)]
    rows += [("class", "responsibility", c, 30.0, np.nan) for c in ("platform", "merchant", "logistics")]
    frame = pd.DataFrame(rows, columns=["kind", "first", "second", "told", "cumulated"])
    return frame.assign(share=30.0, lower=10.0, upper=100.0)


@pytest.fixture
def links() -> pd.DataFrame:
    """One link that two platforms have, and one that none has."""
    rows = [(link, e, v) for link, v in (("access", 90.0), ("feedback", 20.0)) for e in ("all", "A", "B")]
    frame = pd.DataFrame(rows, columns=["link", "entity", "value"])
    return frame.assign(lower=frame["value"] - 9, upper=frame["value"] + 9, above=2, below=0, open=0)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_figure_is_whole(lang: str, mini_edition: Edition, stages, causes, links) -> None:
    """Nothing is cut, no glyph is missing, and a second drawing gives the same bytes."""
    drawn = {
        "process-stages": (process.draw_stages, stages),
        "process-causes": (process.draw_causes, causes),
        "process-links": (process.draw_links, links),
    }
    for exhibit, (draw, data) in drawn.items():
        words = Words(lang, exhibit, mini_edition)
        assert whole(draw(data, words))
        assert svg(draw(data, words)) == svg(draw(data, words))
    plt.close("all")


def test_one_stage_has_one_panel(mini_edition: Edition, stages) -> None:
    """An edition with a single stage shows no empty frame beside it."""
    one = stages[stages["stage"] == "refund"]
    figure = process.draw_stages(one, Words("en", "process-stages", mini_edition))
    assert len([axes for axes in figure.axes if axes.get_visible()]) == 1


def test_a_stage_names_the_share_open_at_its_limit(mini_edition: Edition, stages) -> None:
    """exp(-24/20) of the cases, in whole percent."""
    one = stages[stages["stage"] == "refund"]
    texts = [t.get_text() for t in process.draw_stages(one, Words("en", "process-stages", mini_edition)).findobj(Text)]
    assert "30 %" in texts


def test_nothing_to_show_is_said(mini_edition: Edition, stages, causes, links) -> None:
    """Empty data give a dash, not an error."""
    for draw, data, exhibit in (
        (process.draw_stages, stages, "process-stages"),
        (process.draw_causes, causes, "process-causes"),
        (process.draw_links, links, "process-links"),
        (service.draw_promotions, pd.DataFrame(), "service-promotions"),
    ):
        figure = draw(data.iloc[:0], Words("en", exhibit, mini_edition))
        assert [text.get_text() for text in figure.texts] == ["–"]
