"""Satisfaction: frames of the chapter from level shares and counts, recomputed in plain numpy and pandas."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from evalcore.chapters import satisfaction, segments
from evalcore.edition import Edition
from evalcore.edition.model import Model
from evalcore.model.poststratify import poststratified
from evalcore.model.responses import UNKNOWN

DRAWS, LEVELS = 400, np.arange(1, 6)


def answers(values: dict[str, list[str]], seed: int) -> pd.DataFrame:
    """Counts of levels of the miniature's platforms by two segments; platform B has three people of 60 and more."""
    rng = np.random.default_rng(seed)
    keys = [*product("ABC", *values.values(), ["appliances"], ["Q1", "Q2"], LEVELS)]
    frame = pd.DataFrame(keys, columns=["entity", *values, "category", "period", "level"])
    frame["n"] = rng.integers(2, 30, len(frame))
    if "60+" in values.get("age_band", []):
        old = (frame["entity"] == "B") & (frame["age_band"] == "60+") & (frame.get("city_tier", "tier-1") == "tier-1")
        rest = (frame["entity"] == "B") & (frame["age_band"] == "60+") & ~old
        frame.loc[rest, "n"] = 0
        frame.loc[old, "n"] = (frame["level"] == 4)[old] * (frame["period"] == "Q1")[old] * 3
    return frame.assign(weight=frame["n"] * 1_000_000)


def chances(cells: pd.DataFrame, draws: slice) -> np.ndarray:
    """Shares that depend on the entity and the cell, and vary from draw to draw."""
    better = cells["entity"].map({"A": 3.0, "B": 1.0, "C": 2.6}).to_numpy()
    mass = 1 + np.outer(better, LEVELS) + np.arange(len(cells))[:, None] % 3
    drawn = np.random.default_rng(7).gamma(mass * 20, size=(DRAWS, *mass.shape))[draws]
    return drawn / drawn.sum(axis=2, keepdims=True)


@pytest.fixture(scope="module")
def edition(mini_edition: Edition) -> Edition:
    """The miniature, ten answers to a cell, with a fit of its own for gender."""
    model = Model.model_validate(mini_edition.model.model_dump() | {"apart": ["gender"]})
    return mini_edition.model_copy(update={"model": model})


@pytest.fixture(scope="module")
def counts() -> dict[str, pd.DataFrame]:
    """Answers behind both fits of satisfaction; some state no gender."""
    ages, tiers = ["18-24", "25-34", "35-44", "45-59", "60+"], ["tier-1", "new-1", "tier-2", "tier-3"]
    main = answers({"age_band": ages, "city_tier": tiers}, 1)
    return {"csat": main, "csat-gender": answers({"age_band": ages, "gender": ["female", "male", UNKNOWN]}, 2)}


@pytest.fixture(scope="module")
def fits(counts: dict[str, pd.DataFrame]) -> dict[str, xr.DataTree]:
    """Level shares of both fits, and data weights of one half."""
    found = {}
    for fit, frame in counts.items():
        names = [name for name in ("age_band", "city_tier", "gender") if name in frame]
        found[fit] = poststratified(chances, frame[frame["n"] > 0], names, {}, DRAWS)
        for name in names:
            labels = {"entity": list("ABC"), name: sorted(frame[name].unique())}
            weight = xr.DataArray(np.full((3, len(labels[name])), 0.4), coords=labels, dims=list(labels))
            found[fit][f"pooling-{name}"] = xr.DataTree(weight.to_dataset(name="data_weight"))
    return found


def of_entity(fits: dict[str, xr.DataTree], entity: str) -> np.ndarray:
    """Draws of an entity's mean level."""
    own = fits["csat"]["entity"].to_dataset()
    return own["shares"][(own["entity"] == entity).to_numpy()][0].to_numpy().T @ LEVELS


def test_entities_stand_in_order_with_means_and_intervals_of_their_draws(
    fits: dict, counts: dict, edition: Edition
) -> None:
    """Mean level, 0 to 100 and top two: means of draws, 89 % of the draws between the bounds."""
    found = satisfaction.entities_frame(fits["csat"], counts["csat"], edition)
    assert found["mean"].is_monotonic_decreasing
    for row in found.itertuples():
        draws = of_entity(fits, row.entity)
        assert row.mean == pytest.approx(draws.mean(), abs=1e-5)
        assert (row.mean_lower, row.mean_upper) == pytest.approx(tuple(np.percentile(draws, [5.5, 94.5])), abs=1e-5)
        assert row.hundred == pytest.approx((row.mean - 1) * 25, abs=1e-3)
    own = fits["csat"]["own"].to_dataset()
    first = found.iloc[0]
    shares = own["shares"][(own["entity"] == first["entity"]).to_numpy()][0].to_numpy()
    assert first["own"] == pytest.approx((shares.T @ LEVELS).mean(), abs=1e-5)


def test_entities_with_too_few_answers_are_left_out(fits: dict, counts: dict, edition: Edition) -> None:
    """More answers asked for than B has: B is not shown, and not compared."""
    total = counts["csat"].groupby("entity")["n"].sum()
    careful = edition.model_copy(update={"minimum_cell": int(total["B"]) + 1})
    found = satisfaction.entities_frame(fits["csat"], counts["csat"], careful)
    assert set(found["entity"]) == {entity for entity in "ABC" if total[entity] > total["B"]}


def test_path_leads_from_the_plain_mean_to_like_for_like(fits: dict, counts: dict, edition: Edition) -> None:
    """Raw and weighted means in plain pandas; weights of one half change the second alone."""
    uneven = counts["csat"].assign(
        weight=counts["csat"]["n"] * np.where(counts["csat"]["level"] > 3, 500_000, 1_000_000)
    )
    found = satisfaction.path_frame(fits["csat"], uneven, edition).set_index("entity")
    for entity, own in uneven.groupby("entity"):
        assert found.loc[entity, "raw"] == pytest.approx(np.average(own["level"], weights=own["n"]))
        assert found.loc[entity, "weighted"] == pytest.approx(np.average(own["level"], weights=own["weight"]))


def test_chances_are_shares_of_draws(fits: dict) -> None:
    """How often the first lies above the second."""
    found = satisfaction.chances_frame(fits["csat"], ["A", "C"]).set_index(["entity", "other"])["probability"]
    above = (of_entity(fits, "A") > of_entity(fits, "C")).mean()
    assert found["A", "C"] == pytest.approx(above, abs=1e-9)
    assert found["C", "A"] == pytest.approx(1 - above, abs=1e-9)


def test_numbers_tell_the_order_by_the_grammar(fits: dict, counts: dict, edition: Edition) -> None:
    """B lies far behind; every sentence is in both languages."""
    found = satisfaction.satisfaction_numbers(fits["csat"], counts["csat"], edition)
    assert "Platform B is behind all others" in found["satisfaction.last"].value.en
    assert found["satisfaction.respondents"].value == counts["csat"]["n"].sum()
    assert found["satisfaction.entities"].value == 3


def test_pooled_entities_are_shown_and_not_compared(fits: dict, counts: dict, edition: Edition) -> None:
    """Who stands for many others has a value and no place."""
    entities = tuple(e.model_copy(update={"pooled": e.id == "A"}) for e in edition.entities)
    found = satisfaction.entities_frame(fits["csat"], counts["csat"], edition)
    assert "A" not in satisfaction.compared(found, edition.model_copy(update={"entities": entities}))


def test_segments_stand_in_the_order_of_the_edition(fits: dict, counts: dict, edition: Edition) -> None:
    """Both segments of the model, then those with a fit of their own; who stated none comes last."""
    found = segments.segments_frame(fits, counts, edition)
    assert list(dict.fromkeys(found["segment"])) == ["age_band", "city_tier", "gender"]
    assert found.loc[found["segment"] == "gender", "value"].to_list() == ["female", "male", UNKNOWN]
    assert found.loc[found["segment"] == "age_band", "value"].to_list()[0] == "18-24"


def test_small_cells_have_no_numbers_anywhere(fits: dict, counts: dict, edition: Edition) -> None:
    """Three people of 60 and more at B: the model has a value, and it is not shown."""
    cells = segments.map_frame(fits, counts, list("ABC"), edition)
    small = cells[(cells["entity"] == "B") & (cells["value"] == "60+")].iloc[0]
    assert not small["shown"]
    assert small[["n", "raw", "hundred", "mean", "mean_lower", "mean_upper", "data_weight"]].isna().all()
    assert cells["shown"].sum() == len(cells) - 1
    assert ("B", "60+") not in set(zip(*(segments.small_frame(cells)[key] for key in ("entity", "value")), strict=True))
    numbers = segments.segment_numbers(cells, segments.contrasts_frame(fits, cells.iloc[:0], edition), edition)
    assert numbers["satisfaction.hidden"].value == 1


def test_data_and_pooled_weight_add_up(fits: dict, counts: dict, edition: Edition) -> None:
    """Four tenths its own answers, six tenths all others."""
    found = segments.small_frame(segments.map_frame(fits, counts, list("ABC"), edition))
    assert found["n"].is_monotonic_increasing
    np.testing.assert_allclose(found["data_weight"], 40)
    np.testing.assert_allclose(found["pooled_weight"], 60)


def test_contrasts_compare_every_pair_of_stated_values(fits: dict, counts: dict, edition: Edition) -> None:
    """Ten pairs of ages, six of tiers, one of genders; difference and probability from the same draws."""
    groups = segments.segments_frame(fits, counts, edition)
    found = segments.contrasts_frame(fits, groups, edition)
    assert found["segment"].value_counts().to_dict() == {"age_band": 10, "city_tier": 6, "gender": 1}
    shares = fits["csat-gender"]["all-gender"].to_dataset()
    levels = dict(zip(shares["gender"].to_numpy(), np.einsum("rld,l->rd", shares["shares"], LEVELS), strict=True))
    row = found.iloc[-1]
    assert row["difference"] == pytest.approx((levels["female"] - levels["male"]).mean(), abs=1e-5)
    assert row["probability"] == pytest.approx((levels["female"] > levels["male"]).mean(), abs=0.01)


def test_an_edition_without_segments_has_empty_frames(fits: dict, counts: dict, edition: Edition) -> None:
    """Nothing to divide people by: no groups, no cells, no contrasts, and no error."""
    model = edition.model.model_copy(update={"segments": (), "apart": ()})
    model.__dict__.pop("fits", None)
    plain = edition.model_copy(update={"model": model})
    groups, cells = segments.segments_frame(fits, counts, plain), segments.map_frame(fits, counts, list("ABC"), plain)
    contrasts = segments.contrasts_frame(fits, groups, plain)
    assert groups.empty
    assert cells.empty
    assert contrasts.empty
    assert segments.small_frame(cells).empty
    assert segments.segment_numbers(cells, contrasts, plain)["satisfaction.cells"].value == 0
