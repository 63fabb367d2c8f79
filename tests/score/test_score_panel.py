"""An index of given values through its whole stage: families by configuration, and inputs that cannot be scored."""

import copy
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from scipy.stats import gmean, hmean, rankdata

from evalcore.edition import Edition
from evalcore.edition.load import read_yaml
from evalcore.errors import EvalcoreError
from evalcore.score import score_panel
from evalcore.score.steps import index_ranks, index_scores, index_stages

TOWNS = read_yaml(Path(__file__).with_name("index.yml"))
NAN = np.nan
POSTS = {"floor": 0, "baseline": 8, "stretch": 10}


@pytest.fixture
def towns() -> dict:
    """The content of the made-up index, to be changed at will."""
    return copy.deepcopy(TOWNS)


@pytest.fixture
def table() -> pd.DataFrame:
    """Values of four towns."""
    rows = [("P", 1, 40, 5.0, 9), ("Q", 3, 30, 2.0, 7), ("R", 2, 10, 9.0, 8), ("S", 8, 20, 4.0, 1)]
    frame = pd.DataFrame(rows, columns=["entity", "a", "b", "c", "d"]).astype({"a": float, "b": float, "d": float})
    return frame.assign(name=frame["entity"], region=["north", "north", "south", "south"], period="year", row=range(4))


@pytest.fixture
def run(edition_of: Callable[[dict], Edition]) -> Callable[[dict, pd.DataFrame], pd.DataFrame]:
    """Content and table -> scores, a row per town and a column per node, with the rank."""

    def score(content: dict, table: pd.DataFrame) -> pd.DataFrame:
        scores = score_panel({"towns": table}, edition_of(content))["scores"]
        wide = scores.pivot(index="entity", columns="node", values="score")
        return wide.assign(rank=scores.dropna(subset="rank").set_index("entity")["rank"])

    return score


def single(towns: dict, normalise: dict, **node: object) -> dict:
    """The same towns with one node of all four indicators, normalised in one way."""
    leaves = [{"indicator": id_} for id_ in "abcd"]
    tree = {"id": "top", "name": {"en": "top", "zh": "总"}, "indicators": leaves, **node}
    return towns | {"index": towns["index"] | {"normalise": normalise, "tree": tree}}


def better(table: pd.DataFrame) -> np.ndarray:
    """Values turned so that more is better, (town, indicator)."""
    return table[["a", "b", "c", "d"]].to_numpy() * [1, -1, 1, 1]


BY_HAND = {
    "minmax": lambda x: 100 * (x - x.min(0)) / (x.max(0) - x.min(0)),
    "zscore": lambda x: (x - x.mean(0)) / x.std(0, ddof=1),
    "rank": lambda x: rankdata(x, axis=0),
    "borda": lambda x: rankdata(x, axis=0) - 1,
    "percentile_rank": lambda x: 100 * (rankdata(x, axis=0) - 0.5) / len(x),
    "distance_to_reference": lambda x: np.where(x > 0, x / x.max(0), x.max(0) / np.where(x == 0, 1, x)),
}


@pytest.mark.parametrize("method", BY_HAND)
def test_every_normalisation_can_be_chosen_by_the_edition(towns: dict, table: pd.DataFrame, run: Callable, method: str):
    """The score is the mean of what plain numpy gives."""
    found = run(single(towns, {"method": method}), table)
    assert found["top"].to_numpy() == pytest.approx(BY_HAND[method](better(table)).mean(axis=1))


@pytest.mark.parametrize(("name", "mean"), [("geometric", gmean), ("harmonic", hmean)])
def test_every_mean_can_be_chosen_by_the_edition(
    towns: dict, table: pd.DataFrame, run: Callable, name: str, mean: Callable
):
    """On percentile ranks, which are all positive."""
    found = run(single(towns, {"method": "percentile_rank"}, aggregate=name), table)
    assert found["top"].to_numpy() == pytest.approx(mean(BY_HAND["percentile_rank"](better(table)), axis=1))


def test_copeland_can_be_chosen_by_the_edition(towns: dict, table: pd.DataFrame, run: Callable):
    """Units beaten in more indicators less those lost to, by counting."""
    x = better(table)
    wins = (x[:, None] > x[None, :]).sum(axis=-1)
    expected = np.sign(wins - wins.T).sum(axis=1)
    assert run(single(towns, {"method": "minmax"}, aggregate="copeland"), table)["top"].tolist() == expected.tolist()


def test_baseline_and_bonus_can_be_chosen_for_one_indicator(towns: dict, table: pd.DataFrame, run: Callable):
    """Floor 0, baseline 8, stretch 10: d = 9 is 90 + 5, 8 is 90, 7 is 78.75, 1 is 11.25."""
    towns["index"]["indicators"][3]["normalise"] = {"method": "baseline_bonus", "posts": POSTS}
    towns["index"]["tree"]["nodes"][1]["indicators"][0]["weight"] = 1e-12
    assert run(towns, table)["right"].to_numpy() == pytest.approx([95, 78.75, 90, 11.25], abs=1e-9)


def test_goalposts_that_run_against_the_direction_are_refused(towns: dict, edition_of: Callable):
    """b is better when lower; goalposts that rise would reward the worst."""
    towns["index"]["indicators"][1]["normalise"] = {"method": "baseline_bonus", "posts": POSTS}
    with pytest.raises(ValueError, match="indicator b: better: lower, but its goalposts run the other way"):
        edition_of(towns)


def test_a_parameter_of_another_normalisation_is_refused(towns: dict, edition_of: Callable):
    """A `low` that z-scores would never read is a mistake, not a comment."""
    towns["index"]["normalise"] = {"method": "zscore", "low": 0}
    with pytest.raises(ValueError, match="zscore takes mean, sd"):
        edition_of(towns)


def test_trees_may_be_four_deep_and_each_indicator_have_its_own_steps(towns: dict, table: pd.DataFrame, run: Callable):
    """a stands under four nodes and is a logarithm on its own goalposts; b, c, d hang at three other depths."""
    towns["index"]["indicators"][0] |= {
        "transform": "log",
        "normalise": {"method": "goalposts", "low": 1, "high": 8, "top": 100},
    }
    tree = {"indicators": [{"indicator": "a"}]}
    for depth, (leaf, weight) in enumerate([("b", 2), ("c", 1), ("d", 3)]):
        name = {"en": str(depth), "zh": str(depth)}
        tree = {
            "indicators": [{"indicator": leaf, "weight": weight}],
            "nodes": [{"id": f"n{depth}", "name": name, **tree}],
        }
    towns["index"]["tree"] = {"id": "top", "name": {"en": "top", "zh": "总"}, "aggregate": "arithmetic", **tree}
    x = BY_HAND["minmax"](better(table))
    a = 100 * np.log(table["a"]) / np.log(8)
    expected = (3 * x[:, 3] + (x[:, 2] + (2 * x[:, 1] + a) / 3) / 2) / 4
    assert run(towns, table)["top"].to_numpy() == pytest.approx(expected.to_numpy())


def test_an_indicator_without_a_range_is_refused_by_name(towns: dict, table: pd.DataFrame, run: Callable):
    """All towns equal in c: nothing to scale."""
    with pytest.raises(EvalcoreError, match=r"indicator c: .*without a range"):
        run(towns, table.assign(c=5.0))


def test_an_indicator_that_is_missing_everywhere_is_refused_by_name(towns: dict, table: pd.DataFrame, run: Callable):
    """No value of c at all, with and without imputation."""
    with pytest.raises(EvalcoreError, match=r"indicator c: .*without a range"):
        run(towns, table.assign(c=NAN))
    towns["index"]["impute"] = {"method": "group_mean", "by": "region"}
    with pytest.raises(EvalcoreError, match=r"indicator c: .*has no value"):
        run(towns, table.assign(c=NAN))


def test_one_missing_value_leaves_a_unit_without_score_and_rank(towns: dict, table: pd.DataFrame, run: Callable):
    """Documented: where nothing is imputed there is no index; the others are ranked among themselves."""
    found = run(towns, table.assign(c=[NAN, 2, 9, 4]))
    assert found.loc["P", ["right", "top", "rank"]].isna().all()
    assert sorted(found["rank"].dropna().tolist()) == [1, 2, 3]


def test_one_unit_has_no_scale_of_its_own(towns: dict, table: pd.DataFrame, run: Callable):
    """Refused on a relative scale; on fixed goalposts it has its score, and the first rank."""
    with pytest.raises(EvalcoreError, match="without a range"):
        run(towns, table.iloc[:1])
    found = run(single(towns, {"method": "goalposts", "low": 0, "high": 50}), table.iloc[:1])
    assert found["top"].to_numpy() == pytest.approx([(1 / 50 + 10 / 50 + 5 / 50 + 9 / 50) / 4])
    assert found["rank"].tolist() == [1]


def test_one_indicator_is_its_own_index(towns: dict, table: pd.DataFrame, run: Callable):
    """One node, one item."""
    towns["index"]["indicators"] = towns["index"]["indicators"][:1]
    towns["index"]["tree"] = {"id": "top", "name": {"en": "top", "zh": "总"}, "indicators": [{"indicator": "a"}]}
    assert run(towns, table)["rank"].tolist() == [4, 2, 3, 1]


@pytest.mark.parametrize(("mean", "least"), [("geometric", "scores of 0 or more"), ("harmonic", "scores above 0")])
def test_negatives_under_a_mean_of_positives_are_refused(
    towns: dict, table: pd.DataFrame, run: Callable, mean: str, least: str
):
    """z-scores have negatives: the message names the node, the score and what is allowed."""
    with pytest.raises(EvalcoreError, match=rf"node 'top': aggregate {mean}: a score of -[\s\S]*{least}"):
        run(single(towns, {"method": "zscore"}, aggregate=mean), table)


def test_a_zero_under_a_geometric_mean_gives_zero(towns: dict, table: pd.DataFrame, run: Callable):
    """Documented: the worst on min-max takes all."""
    found = run(single(towns, {"method": "minmax"}, aggregate="geometric"), table)
    assert found["top"].tolist()[0] == 0


@pytest.mark.parametrize("weight", [0, -1])
def test_weights_that_are_zero_or_negative_are_refused(towns: dict, edition_of: Callable, weight: int):
    """Before any data are read."""
    for leaf in towns["index"]["tree"]["nodes"][0]["indicators"]:
        leaf["weight"] = weight
    with pytest.raises(ValueError, match="greater than 0"):
        edition_of(towns)


def test_a_panel_that_gave_no_points_is_refused(towns: dict, table: pd.DataFrame, run: Callable):
    """Budget allocation with all points zero."""
    towns["index"]["tree"]["weights"] = {"method": "budget", "points": [[50, 50], [0, 0]]}
    with pytest.raises(EvalcoreError, match=r"node 'top': weights: \[0.0, 0.0\]"):
        run(towns, table)


def test_treatment_never_makes_an_indicator_constant(towns: dict, table: pd.DataFrame, run: Callable):
    """A one among zeros is skewed and stays: cutting it would leave nothing to compare."""
    many = pd.concat([table.assign(entity=[f"{e}{k}" for e in table["entity"]], d=0.0) for k in range(4)])
    many["d"] = [1.0, *[0.0] * 15]
    towns["index"]["treat"] = {"method": "winsorise"}
    found = run(towns, many.assign(row=range(16)))
    assert found.notna().all(axis=None)


def test_draws_stand_in_front_of_periods_and_units(towns: dict, table: pd.DataFrame, edition_of: Callable):
    """Draws of given values go through all steps; each is what it would be alone, ranks included."""
    index = edition_of(towns).index
    rng = np.random.default_rng(3)
    values = table[["a", "b", "c", "d"]].to_numpy().T * rng.uniform(0.9, 1.1, size=(5, 2, 4, 4))
    raw = xr.DataArray(values, dims=("draw", "period", "indicator", "unit"), coords={"indicator": list("abcd")})
    groups = np.array(["all"] * 4)
    scores = index_scores(index_stages(raw, {}, groups, index)["normalised"], index)
    assert scores.dims == ("draw", "period", "node", "unit")
    one = index_scores(index_stages(raw[3, 1], {}, groups, index)["normalised"], index)
    assert np.array_equal(scores[3, 1], one)
    assert np.array_equal(index_ranks(scores, index)[3, 1], index_ranks(one, index))


def test_a_draw_that_is_missing_leaves_that_draw_without_a_score(
    towns: dict, table: pd.DataFrame, edition_of: Callable
):
    """NaN among draws stays visible where it is, and nowhere else."""
    index = edition_of(towns).index
    values = np.tile(table[["a", "b", "c", "d"]].to_numpy().T, (3, 1, 1))
    values[1, 2, 0] = NAN
    raw = xr.DataArray(values, dims=("draw", "indicator", "unit"), coords={"indicator": list("abcd")})
    stages = index_stages(raw, {}, np.array(["all"] * 4), index)
    ranks = index_ranks(index_scores(stages["normalised"], index), index).to_numpy()
    assert np.argwhere(np.isnan(ranks)).tolist() == [[1, 0]]
