"""The reader's own weights: the page's numbers are the published ones, and follow the weights as by hand."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from test_robustness import cells, small, year

from evalcore.chapters import weights
from evalcore.figures.cover import draw_cover
from evalcore.figures.layout import WIDTH
from evalcore.figures.style import house_style
from evalcore.tables.weights import make_any_weights
from evalcore.words import LANGUAGES, Words

__all__ = ["cells", "small", "year"]
"""Fixtures: two shops with one survey."""


COLUMNS = ["entity", "score", "share"]


@pytest.fixture
def page(year, small):
    """What the page computes with."""
    return weights.reader_page(year, small)


def test_own_weights_give_the_published_ranking(page, year):
    """Rank and score are those of the report, up to the rounding of points to hundredths."""
    found = weights.reweighted(page, *weights.own_weights(page))
    assert list(found["entity"]) == year.entities
    assert found["score"].to_numpy() == pytest.approx(year.draws[0], abs=0.01)
    assert (found["lower"] < found["score"]).all()


def test_all_weight_on_one_dimension_ranks_by_it(page):
    """What has no weight does not count: the order is that of the one indicator left."""
    dimensions = np.array([float(d["id"] == "E") for d in page["dimensions"]])
    found = weights.reweighted(page, dimensions, np.ones(len(page["indicators"])))
    place = [i["id"] for i in page["indicators"]].index("E1")
    points = pd.Series([row[place] / weights.SCALE for row in page["points"][0]], [e["id"] for e in page["entities"]])
    assert list(found["entity"]) == list(points.sort_values(ascending=False).index)
    assert found["score"].to_numpy() == pytest.approx(points[found["entity"]].to_numpy())


def test_what_was_not_reported_earns_nothing_and_what_cannot_apply_does_not_count(page):
    """By hand: one dimension of two equal indicators, 80 points in the first, none in the second."""
    hand = {
        "entities": [{"id": "silent"}, {"id": "exempt"}],
        "dimensions": [{"weight": 100}],
        "indicators": [{"weight": 50, "dimension": 0}, {"weight": 50, "dimension": 0}],
        "interval": 0.9,
        "share": 0.0,
        "state": [[weights.MEASURED, weights.UNREPORTED], [weights.MEASURED, weights.LEFT_OUT]],
        "points": [[[8000, 0], [8000, 0]]] * 3,
        "panel": None,
    }
    found = weights.reweighted(hand, *weights.own_weights(hand)).set_index("entity")["score"]
    assert found.to_dict() == pytest.approx({"silent": 40.0, "exempt": 80.0})


def test_experts_take_their_share(page):
    """A dimension of 60 points with experts at 90 and a fifth for them has 66."""
    asked = {"points": [[[6000]]] * 3, "panel": [[[9000]]] * 3, "state": [[weights.MEASURED]], "share": 0.2}
    parts = {"entities": [{"id": "A"}], "dimensions": [{}], "indicators": [{"dimension": 0}], "interval": 0.9}
    found = weights.reweighted(asked | parts, np.array([1.0]), np.array([1.0]))
    assert found["score"].item() == pytest.approx(66.0)


def test_no_weight_gives_no_ranking(page):
    """All sliders at zero: nothing is ranked, and nothing is invented."""
    assert weights.reweighted(page, np.zeros(len(page["dimensions"])), np.ones(len(page["indicators"]))).empty


def test_first_places_over_all_weights_are_shared_out(page, small):
    """Somebody is first under every set of weights; the shares of two shops without ties add up to one."""
    frame = weights.any_weights_frame(page, small)
    assert frame["first"].sum() == pytest.approx(1.0)
    assert (frame["best"] <= frame["worst"]).all()
    for lang in LANGUAGES:
        assert len(make_any_weights(frame, Words(lang, "weights-any", small)).rows) == len(page["entities"])


def test_hills_hold_all_draws(year):
    """Every draw of everybody lies in some step of the cover."""
    assert weights.hills_frame(year).groupby("entity")["share"].sum().to_numpy() == pytest.approx(1.0)


@pytest.mark.parametrize("count", [0, 1, 60])
def test_cover_keeps_its_shape(count, tiny, edition_of):
    """Nobody, one shop, and sixty with very long names: the page is as wide as ever, the names stay on it."""
    named = {f"Z{k}": f"{'Very long name of a shop ' * 4}{k}" for k in range(max(count, 1))}
    shops = [
        {"id": id_, "name": {"en": name, "zh": "很长的名称" * 12}, "categories": ["fresh"]}
        for id_, name in named.items()
    ]
    edition = edition_of(tiny | {"entities": shops})
    hills = pd.DataFrame([(id_, x, 0.5) for id_ in list(named)[:count] for x in (70.0, 71.0)], columns=COLUMNS)
    with house_style():
        figure = draw_cover(hills, Words("zh", "cover", edition))
        figure.canvas.draw()
        width = figure.get_window_extent().width
        assert width == pytest.approx(WIDTH * figure.dpi)
        boxes = [text.get_window_extent() for axes in figure.axes for text in axes.texts]
        assert all(box.x0 >= 0 for box in boxes)
        assert len(boxes) == count
        plt.close(figure)
