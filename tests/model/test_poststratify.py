"""Post-stratification on small arrays: populations by hand, averages in plain pandas, bad margins refused."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import EvalcoreError
from evalcore.model.poststratify import (
    data_weight,
    level_shares,
    like_for_like,
    mean_level,
    of_hundred,
    own_mix,
    population,
    poststratified,
    top_two,
)
from evalcore.model.responses import UNKNOWN

AGES, PLACES = ["young", "old"], ["town", "country"]
MARGINS = {"age": {"young": 60.0, "old": 40.0}, "place": {"town": 70.0, "country": 30.0}}
LEVELS = 5


def people(table: list[list[float]]) -> pd.DataFrame:
    """Weights by age (rows) and place (columns)."""
    rows = [(age, place, table[i][j]) for i, age in enumerate(AGES) for j, place in enumerate(PLACES)]
    return pd.DataFrame(rows, columns=["age", "place", "weight"])


def share_of(found: pd.DataFrame, **values: str) -> float:
    """Share of the population with the given values."""
    kept = np.logical_and.reduce([found[name] == value for name, value in values.items()])
    return float(found.loc[kept, "share"].sum())


@pytest.fixture
def answers() -> pd.DataFrame:
    """Two shops with different people; B has no old people in the country and never sold in the second quarter."""
    rng = np.random.default_rng(1)
    keys = [(e, a, p, "fresh", q) for e in "AB" for a in AGES for p in PLACES for q in ("Q1", "Q2")]
    frame = pd.DataFrame(keys, columns=["entity", "age", "place", "category", "period"])
    frame["n"] = rng.integers(1, 30, len(frame))
    absent = (frame["entity"] == "B") & ((frame["period"] == "Q2") | (frame["age"] + frame["place"] == "oldcountry"))
    frame["n"] = frame["n"].where(~absent, 0)
    return frame.assign(weight=frame["n"] * rng.uniform(0.5, 2, len(frame)))


@pytest.fixture
def chances() -> Callable[[pd.DataFrame, slice], np.ndarray]:
    """Probabilities that depend on every key of a cell and on the draw, and on nothing else."""

    def make(cells: pd.DataFrame, draws: slice) -> np.ndarray:
        keys = cells[["entity", "age", "place", "category", "period"]].agg("|".join, axis=1)
        drawn = np.stack([np.random.default_rng(list(map(ord, key))).dirichlet(np.ones(LEVELS), 40) for key in keys])
        return np.moveaxis(drawn, 0, 1)[draws]

    return make


def test_a_population_meets_its_margins_and_keeps_the_odds_ratio() -> None:
    """Raking changes margins only: 40 x 30 / (10 x 20) = 6 is the odds ratio before and after."""
    found = population(people([[40, 10], [20, 30]]), ["age", "place"], MARGINS)
    assert found["share"].sum() == pytest.approx(1)
    for name, margin in MARGINS.items():
        for value, percent in margin.items():
            assert share_of(found, **{name: value}) == pytest.approx(percent / 100, abs=1e-9)
    cell = {(a, p): share_of(found, age=a, place=p) for a in AGES for p in PLACES}
    odds = cell["young", "town"] * cell["old", "country"] / (cell["young", "country"] * cell["old", "town"])
    assert odds == pytest.approx(6, rel=1e-6)


def test_a_segment_without_a_margin_keeps_the_samples_own_distribution() -> None:
    """Nothing raked: 60 of 100 young, 40 of the 100 in the country."""
    found = population(people([[40, 20], [20, 20]]), ["age", "place"], {})
    assert share_of(found, age="young") == pytest.approx(0.6)
    assert share_of(found, place="country") == pytest.approx(0.4)


def test_without_segments_everybody_is_one_population() -> None:
    """A single cell with all people."""
    assert population(people([[1, 1], [1, 1]]), [], MARGINS)["share"].to_list() == [1.0]


def test_who_did_not_state_a_segment_is_no_part_of_a_margin() -> None:
    """Raked to known ages they are left out; without a margin they stay, as in the sample."""
    some = pd.concat(
        [people([[4, 1], [2, 3]]), pd.DataFrame([(UNKNOWN, "town", 10)], columns=["age", "place", "weight"])]
    )
    assert share_of(population(some, ["age", "place"], MARGINS), age=UNKNOWN) == 0
    assert share_of(population(some, ["age", "place"], {}), age=UNKNOWN) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("margin", "said"),
    [
        ({"young": 60, "old": 30}, "adds up to 90"),
        ({"young": 100}, "no share of the population for: old"),
        ({"young": 100, "old": 0}, "no share of the population for: old"),
        ({"young": 50, "old": 40, "child": 10}, "no respondent for: child"),
    ],
    ids=["sum", "missing", "none", "nobody"],
)
def test_bad_margins_are_refused_by_name(margin: dict[str, float], said: str) -> None:
    """The margin, the value, what is wrong."""
    with pytest.raises(EvalcoreError, match=f"margin 'age': {said}"):
        population(people([[4, 1], [2, 3]]), ["age", "place"], {"age": margin})


def test_a_value_that_nobody_has_may_have_no_share() -> None:
    """A margin may name a value with 0 percent."""
    found = population(people([[4, 1], [2, 3]]), ["age", "place"], {"age": {"young": 60, "old": 40, "child": 0}})
    assert share_of(found, age="young") == pytest.approx(0.6)


def test_margins_that_the_sample_cannot_meet_are_refused() -> None:
    """All young are in town and all old in the country: 60 % young and 70 % in town exclude each other."""
    with pytest.raises(EvalcoreError, match="no joint distribution meets the margins of age, place"):
        population(people([[10, 0], [0, 10]]), ["age", "place"], MARGINS)


def test_like_for_like_gives_all_entities_the_same_people(answers: pd.DataFrame) -> None:
    """Shares of age and place are those of the population in each; categories and periods are the entity's own."""
    joint = population(answers, ["age", "place"], MARGINS)
    cells = like_for_like(answers, joint)
    for _, own in cells.groupby("entity"):
        assert own["weight"].sum() == pytest.approx(1)
        assert own.loc[own["age"] == "young", "weight"].sum() == pytest.approx(0.6)
    weight = answers[answers["entity"] == "A"].groupby("period")["weight"].sum()
    mine = cells[cells["entity"] == "A"].groupby("period")["weight"].sum()
    assert mine["Q1"] == pytest.approx(weight["Q1"] / weight.sum())
    assert set(cells.loc[cells["entity"] == "B", "period"]) == {"Q1"}


@pytest.mark.parametrize(
    "keys", [["entity"], ["entity", "age"], ["age"], ["entity", "category", "period"]], ids="-".join
)
def test_averages_equal_those_of_plain_pandas(answers: pd.DataFrame, chances: Callable, keys: list[str]) -> None:
    """Weighted means of probabilities by group, whatever is averaged over."""
    cells = like_for_like(answers, population(answers, ["age", "place"], MARGINS))
    found = level_shares(chances, cells, {"of": keys}, 40)["of"].to_dataset()
    level, draw = 3, 17
    cells["p"] = chances(cells, slice(None))[draw, :, level - 1]
    plain = cells.groupby(keys).apply(lambda own: np.average(own["p"], weights=own["weight"]))
    rows = pd.MultiIndex.from_arrays([found[key].to_numpy() for key in keys])
    assert rows.to_list() == [key if isinstance(key, tuple) else (key,) for key in plain.index]
    assert found["shares"].sel(level=level, draw=draw).to_numpy() == pytest.approx(plain.to_numpy(), abs=1e-6)


def test_small_memory_changes_nothing(
    answers: pd.DataFrame, chances: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Draws are averaged in chunks; the chunks follow each other."""
    cells = own_mix(answers, ["age", "place"])
    whole = level_shares(chances, cells, {"of": ["entity"]}, 40)["of"]["shares"]
    monkeypatch.setattr("evalcore.model.poststratify.NUMBERS", 3 * len(cells) * LEVELS)
    np.testing.assert_array_equal(level_shares(chances, cells, {"of": ["entity"]}, 40)["of"]["shares"], whole)


def test_own_mix_weighs_cells_by_their_respondents(answers: pd.DataFrame, chances: Callable) -> None:
    """Each entity keeps its people: cells count with their numbers."""
    cells = own_mix(answers, ["age", "place"])
    kept = answers[answers["n"] > 0]
    pd.testing.assert_series_equal(
        cells.groupby(["entity", "age"])["weight"].sum(),
        kept.groupby(["entity", "age"])["n"].sum() / kept.groupby("entity")["n"].sum(),
        check_names=False,
    )


def test_a_population_of_one_kind_is_that_kind(answers: pd.DataFrame, chances: Callable) -> None:
    """If everybody is young and in town, like for like is the segment itself."""
    one = pd.DataFrame({"age": ["young"], "place": ["town"], "share": [1.0]})
    found = level_shares(chances, like_for_like(answers, one), {"all": ["entity"], "own": ["entity", "age"]}, 40)
    np.testing.assert_array_equal(found["all"]["shares"], found["own"]["shares"])


def test_summaries_of_levels_by_hand(answers: pd.DataFrame) -> None:
    """A tenth, two, three, three and one tenth: mean 3.1, 52.5 of 100, 40 % in the two highest."""
    fixed = np.array([0.1, 0.2, 0.3, 0.3, 0.1])
    cells = own_mix(answers, ["age", "place"])
    shares = level_shares(lambda c, d: np.broadcast_to(fixed, (40, len(c), 5))[d], cells, {"of": ["entity"]}, 40)
    own = shares["of"]["shares"].isel(row=0, draw=0)
    assert [float(f(own)) for f in (mean_level, of_hundred, top_two)] == pytest.approx([3.1, 52.5, 40], abs=1e-4)


@pytest.mark.parametrize("spread", [0.0, 0.4], ids=["known tau", "unknown tau"])
@pytest.mark.parametrize("n", [2, 20, 2000])
def test_data_weight_is_that_of_the_normal_model(n: int, spread: float) -> None:
    """J groups of n: an element of a zero-sum effect varies tau^2 (1 - 1/J) before there are data.

    Given tau its posterior variance is (1 - 1/J) / (1 / tau^2 + n / sigma^2), around w = tau^2 / (tau^2 + sigma^2 / n)
    times its own mean; the weight is 1 less the mean of the one variance over that of the other. The variance of
    20,000 draws has a relative standard error of 1 %; four of them, and the cubic's distance from w.
    """
    rng = np.random.default_rng(n)
    tau, sigma, own = 0.3 * np.exp(spread * rng.standard_normal(20_000)), 1.8, np.linspace(-0.5, 0.5, 6)
    variance = 1 / (1 / tau**2 + n / sigma**2)
    free = rng.standard_normal((20_000, len(own))) * np.sqrt(variance)[:, None]
    effect = (variance * n / sigma**2)[:, None] * own + free - free.mean(axis=1, keepdims=True)
    exact = 1 - variance.mean() / (tau**2).mean()
    np.testing.assert_allclose(data_weight(effect, tau), exact, atol=0.04 * (1 - exact) + 0.005)


def test_everything_is_held_that_the_chapter_looks_at(answers: pd.DataFrame, chances: Callable) -> None:
    """Entities, cells, both segments, both again per entity, and everybody's own people."""
    tree = poststratified(chances, answers, ["age", "place"], {}, 40)
    assert set(tree.children) == {"cells", "entity", "own", "all-age", "all-place", "entity-age", "entity-place"}
    by_hand = own_mix(answers, ["age", "place"])
    level = chances(by_hand, slice(None))[5, :, 0]
    own = tree["own"]["shares"].sel(level=1, draw=5).to_numpy()
    mine = (by_hand["entity"] == "A").to_numpy()
    assert own[0] == pytest.approx(np.average(level[mine], weights=by_hand["weight"][mine]), abs=1e-6)


def test_entities_count_the_same_in_a_segment(answers: pd.DataFrame, chances: Callable) -> None:
    """All of one age: the mean of the entities' values at that age."""
    tree = poststratified(chances, answers, ["age", "place"], {}, 40)
    each, together = tree["entity-age"].to_dataset(), tree["all-age"].to_dataset()
    for value in AGES:
        own = each["shares"][(each["age"] == value).to_numpy()].mean("row")
        np.testing.assert_allclose(together["shares"][(together["age"] == value).to_numpy()][0], own, atol=1e-6)
