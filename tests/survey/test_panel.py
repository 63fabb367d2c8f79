"""Tables of an expert panel: scores, severities, agreement, and ranks without each expert."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from evalcore.survey.panel import panel_agreement, panel_experts, panel_scores, panel_without

ENTITIES, DIMENSIONS, EXPERTS = ["A", "B"], ["R", "E"], ["x1", "x2", "x3"]


def posterior(quality: dict[str, list[float]], severity: list[float]) -> xr.DataTree:
    """Draws of the entities' quality about 6; severities that do not vary; nobody scored B's dimension E."""
    draws = len(next(iter(quality.values())))
    dims = ("chain", "draw")
    effect = np.array(list(quality.values())).T[None] - 6
    found = {
        "base": (dims, np.full((1, draws), 6.0)),
        "effect_entity": ((*dims, "entity"), effect),
        "effect_dimension": ((*dims, "dimension"), np.zeros((1, draws, 2))),
        "effect_expert": ((*dims, "expert"), np.tile(-np.array(severity), (1, draws, 1))),
        "spread": ((*dims, "expert"), np.full((1, draws, 3), 0.5)),
    }
    coords = {"entity": list(quality), "dimension": DIMENSIONS, "expert": EXPERTS}
    given = xr.Dataset({"scores": (("entity", "dimension"), [[3, 2], [3, 0]])}, coords=coords)
    tree = xr.DataTree.from_dict({"posterior": xr.Dataset(found, coords=coords), "observed_data": given})
    tree.attrs = {"draws": draws}
    return tree


@pytest.fixture
def tree() -> xr.DataTree:
    """A is 7, 8 or 9; B 5, 6 or 7."""
    return posterior({"A": [7.0, 8.0, 9.0], "B": [5.0, 6.0, 7.0]}, [1.0, 0.0, -1.0])


def reviews_of(scores: dict[str, list[float]], round_: str = "discussed") -> pd.DataFrame:
    """Expert -> scores of A in R, A in E, B in R."""
    places = [("A", "R"), ("A", "E"), ("B", "R")]
    rows = [(x, *place, s) for x, own in scores.items() for place, s in zip(places, own, strict=True)]
    frame = pd.DataFrame(rows, columns=["expert", "entity", "dimension", "score"])
    return frame.assign(round=round_, conflict=False)


PLAIN = {"x1": [6.0, 7, 4], "x2": [7.0, 8, 5], "x3": [8.0, 9, 6]}


def test_scores_are_points_with_their_interval_beside_what_was_given(tree, tiny_edition) -> None:
    """A in R: 80, from nearly 70 to nearly 90; three raw scores of 6 to 8 are 70 on average."""
    found = panel_scores(tree, reviews_of(PLAIN), tiny_edition).set_index(["entity", "dimension"])
    assert found.loc[("A", "R"), "value"] == pytest.approx(80)
    assert found.loc[("A", "R"), ["low", "high"]].tolist() == pytest.approx(np.percentile([70, 80, 90], [5.5, 94.5]))
    assert found.loc[("A", "R"), ["raw", "scores"]].tolist() == [70, 3]


def test_what_nobody_scored_is_missing(tree, tiny_edition) -> None:
    """The hierarchy could guess B in E; the table does not."""
    found = panel_scores(tree, reviews_of(PLAIN), tiny_edition).set_index(["entity", "dimension"])
    assert found.loc[("B", "E"), ["value", "low", "high", "raw"]].isna().all()
    assert found.loc[("B", "E"), "scores"] == 0


def test_severity_is_what_an_expert_gives_less(tree, tiny_edition) -> None:
    """Ten points of 100 per point of the panel's scale; the conflicts of each are counted."""
    reviews = reviews_of(PLAIN)
    reviews.loc[0, "conflict"] = True
    found = panel_experts(tree, reviews, tiny_edition).set_index("expert")
    assert found["severity"].to_dict() == {"x1": 10, "x2": 0, "x3": -10}
    assert found["spread"].tolist() == [5, 5, 5]
    assert found[["scores", "conflicts"]].to_numpy().tolist() == [[3, 1], [3, 0], [3, 0]]


def test_experts_in_the_same_order_agree_in_the_order_only() -> None:
    """Each a point above the last: W is 1, while the scores themselves differ."""
    found = panel_agreement(reviews_of(PLAIN)).set_index("dimension").loc["all"]
    assert found["w"] == pytest.approx(1)
    assert found["icc_one"] < 1
    assert (found["experts"], found["things"]) == (3, 3)


def test_agreement_is_told_before_and_after_the_discussion() -> None:
    """Blind they disagree, afterwards they all say the same of each thing."""
    blind = reviews_of({"x1": [2.0, 9, 5], "x2": [9.0, 1, 4], "x3": [4.0, 5, 9]}, "blind")
    same = reviews_of({expert: [7.0, 8, 3] for expert in EXPERTS})
    found = panel_agreement(pd.concat([blind, same])).set_index(["round", "dimension"])["alpha"]
    assert found["discussed", "all"] == pytest.approx(1)
    assert found["blind", "all"] < 0.2


def test_scores_with_a_conflict_say_nothing_of_agreement() -> None:
    """A friend's wild scores change nothing."""
    friend = reviews_of({"friend": [10.0, 1, 10]}).assign(conflict=True)
    pd.testing.assert_frame_equal(
        panel_agreement(pd.concat([reviews_of(PLAIN), friend])), panel_agreement(reviews_of(PLAIN))
    )


def test_one_expert_alone_agrees_with_nobody() -> None:
    """No figure, and no error."""
    assert panel_agreement(reviews_of({"x1": [5.0, 6, 7]}))[["alpha", "icc_one", "w"]].isna().all().all()


def test_ranks_without_an_expert(tree, tiny_edition) -> None:
    """Everybody: A first in R. Without x1 B is; where a dimension of B is missing, so is its whole."""
    values = np.array([[[60.0, 80], [70, np.nan]], [[80, 80], [60, np.nan]], [[80, 80], [60, np.nan]]])
    left_out = xr.DataArray(
        values, {"expert": EXPERTS, "entity": ENTITIES, "dimension": DIMENSIONS}, ("expert", "entity", "dimension")
    )
    found = (
        panel_without(tree, left_out, tiny_edition).set_index(["expert", "dimension", "entity"])["rank"].sort_index()
    )
    assert found["all", "R"].to_dict() == {"A": 1, "B": 2}
    assert found["x1", "R"].to_dict() == {"A": 2, "B": 1}
    assert found["x2", "R"].to_dict() == {"A": 1, "B": 2}
    assert found["x1", "all"]["A"] == 1
    assert np.isnan(found["x1", "all"]["B"])
