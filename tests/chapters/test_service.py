"""Service monitoring: averages by hand, intervals of days, and what was planted found under two seeds."""

import ibis
import numpy as np
import pandas as pd
import pytest
from worlds import FURTHER

from evalcore.chapters import daily, service, service_signs
from evalcore.edition import Edition

ZERO = dict.fromkeys(daily.COUNTS, 0)


@pytest.fixture(scope="module", params=["drawn", "second"])
def world(request):
    """(Edition, cleaned frames, truth, daily counts) of a small world, under two seeds."""
    edition, cleaned, truth = request.getfixturevalue(request.param)
    tickets = ibis.duckdb.connect().create_table("tickets", cleaned["tickets"])
    return edition, cleaned, truth, daily.daily_counts(tickets)


def counted(*rows: tuple) -> pd.DataFrame:
    """Rows of (entity, day, scene, counts)."""
    return pd.DataFrame([{"entity": e, "day": d, "scene": s, **ZERO, **counts} for e, d, s, counts in rows])


def test_averages_over_days_and_over_contacts_differ(mini_edition: Edition) -> None:
    """9 of 10 on one day and 10 of 100 on another: 50 % of days, 19 of 110 contacts."""
    frame = counted(
        ("A", "2025-01-01", "return", {"online": 10, "instant": 9}),
        ("A", "2025-01-02", "return", {"online": 100, "instant": 10}),
    )
    days = daily.days_of(frame, mini_edition)
    assert days.ratio("instant", "online", "days")[0] == pytest.approx([0.5], abs=1e-6)
    assert days.ratio("instant", "online", "contacts")[0] == pytest.approx([19 / 110])


def test_days_without_contacts_count_for_nothing(mini_edition: Edition) -> None:
    """The mean is over days that brought some; where none did, there is no value."""
    frame = counted(("A", "2025-01-01", "return", {"online": 4, "instant": 1}), ("B", "2025-01-01", "return", {}))
    found = daily.days_of(frame, mini_edition).ratio("instant", "online", "days")[0]
    assert found[0] == 0.25
    assert np.isnan(found[1])


def test_intervals_of_days_are_as_wide_as_the_spread_of_days(mini_edition: Edition) -> None:
    """Days that differ at random: the spread of the draws is that of a mean, within a tenth."""
    rng = np.random.default_rng(3)
    dates = pd.date_range("2025-01-01", "2025-12-31")
    share = rng.integers(200, 800, len(dates))
    rows = [("A", d, "return", {"online": 1000, "instant": int(k)}) for d, k in zip(dates, share, strict=True)]
    drawn = daily.days_of(counted(*rows), mini_edition).ratio("instant", "online", "days", promotion=False)
    quiet = ~daily.days_of(counted(*rows), mini_edition).promotion
    assert drawn[1:].std() == pytest.approx(share[quiet].std() / 1000 / np.sqrt(quiet.sum()), rel=0.1)


def test_counts_are_those_of_plain_pandas(world) -> None:
    """Instant replies over days and over contacts, entity by entity, from the tickets themselves."""
    edition, cleaned, _, counts = world
    tickets = cleaned["tickets"]
    online = tickets[tickets["channel"] == "online"]
    instant = (online["first_response_s"] <= 60).fillna(False).astype(float)
    days = instant.groupby([online["entity"], online["opened_at"].dt.date]).mean()
    of = daily.days_of(counts, edition)
    over_days, over_contacts = (of.ratio("instant", "online", by)[0] for by in ("days", "contacts"))
    np.testing.assert_allclose(over_days, days.groupby(level=0).mean()[list(of.entities)], atol=2e-6)
    np.testing.assert_allclose(over_contacts, instant.groupby(online["entity"]).mean()[list(of.entities)])


def test_the_empty_night_is_found(world) -> None:
    """The deepest fall is at the planted platform, more than 20 points beyond the next, with its interval."""
    edition, _, truth, counts = world
    nights = service_signs.nights_frame(counts, edition)
    assert nights["entity"].iloc[0] == truth["planted"]["findings"]["empty_night"]
    assert nights["fall_lower"].iloc[0] > nights["fall_upper"].iloc[1] + 20


def test_the_boastful_bot_is_found_and_nobody_else_accused(world) -> None:
    """One report contradicts the tickets, by 30 points and more; no other passes the limit."""
    edition, cleaned, truth, counts = world
    bots = service_signs.bots_frame(counts, cleaned["platform_reports"], cleaned["monitoring"], edition)
    accused = bots[bots["apart"] > service_signs.CLEAR]
    assert accused["entity"].to_list() == [truth["planted"]["findings"]["boastful_bot"]]
    assert accused["gap"].iloc[0] > 30


def test_promotions_show_without_being_named(world) -> None:
    """Busy days are the thirty of both promotions, no more and no fewer."""
    edition, _, _, counts = world
    busy = service.busy_days(counts, edition)
    dates = [pd.date_range(p.first, p.last) for p in edition.promotions]
    assert sorted(busy["day"]) == sorted(dates[0].append(dates[1]))
    assert busy["promotion"].all()


def test_published_means_lie_within_the_intervals_of_a_tenth(world) -> None:
    """82 % at once, 12 minutes, 75 % at first contact, 12 % again, 70 % professional: within 4 standard errors."""
    edition, cleaned, _, counts = world
    assert set(FURTHER) <= set(cleaned)
    surveys = {"survey": cleaned["survey"], "monitoring": cleaned["monitoring"]}
    six = service.six_frame(counts, surveys, edition)
    overall = six[six["kind"] == "all"].set_index("indicator")
    error = (overall["upper"] - overall["lower"]) / (2 * 1.6)
    told = {"instant": 82, "handling": 12, "first_contact": 75, "repeat": 12, "professional": 70}
    rounding = 0.5
    for name, value in told.items():
        assert abs(overall.loc[name, "value"] - value) < 4 * error[name] + rounding


def test_what_too_few_answered_is_there_and_blank(world) -> None:
    """With a minimum that no platform reaches the page finds all six numbers; those of surveys have no value."""
    edition, cleaned, _, counts = world
    strict = edition.model_copy(update={"minimum_cell": 10**9})
    surveys = {"survey": cleaned["survey"], "monitoring": cleaned["monitoring"]}
    six = service.six_frame(counts, surveys, strict)
    frames = (f(counts, strict) for f in (service.averages_frame, service.promotions_frame, service.busy_days))
    found = service.service_numbers(six, *frames, strict)
    assert [name for name in service.SIX if found[f"service.{name}"].value is None] == ["csat", "professional"]


def test_a_problem_is_frequent_only_with_its_whole_interval(mini_edition: Edition) -> None:
    """45 % of 200, 31 % of 200 and 10 % of 200, with a limit of 30: frequent, open, rare."""
    problems = ("slow", "scripted", "unsolved")
    chosen = mini_edition.model_copy(update={"service": mini_edition.service.model_copy(update={"problems": problems})})
    yes = {name: np.arange(200) < count for name, count in zip(problems, (90, 62, 20), strict=True)}
    frame = pd.DataFrame({"entity": "A"} | yes, index=range(200)).astype(dict.fromkeys(problems, "boolean"))
    found = service_signs.problems_frame(frame, chosen).set_index("problem")["verdict"]
    assert found.to_dict() == {"slow": "frequent", "scripted": "open", "unsolved": "rare"}


def test_correlation_of_three_platforms_is_not_told(mini_edition: Edition) -> None:
    """Fisher's interval needs more than three: the sentence says so in words instead of three missing numbers."""
    frame = pd.DataFrame({"entity": list("AABBCC") * 2, "csat": [1, 2, 3, 4, 5, 4] * 2})
    found = service_signs.professional_frame(frame.assign(professionalism=[1, 2, 4, 4, 5, 3] * 2), mini_edition)
    few, people = (service_signs._correlation(row) for row in found.itertuples())
    assert few.en == "no correlation can be told from so few"
    assert people.en.startswith("a correlation of 0.")
    assert "（" in people.zh


def test_platforms_and_people_are_correlated_apart(mini_edition: Edition) -> None:
    """Better platforms have both; within each the two are drawn apart: about 1 against about 0."""
    rng, level = np.random.default_rng(1), np.repeat([1, 2, 3, 4], 500)
    entity = np.repeat(list("ABCD"), 500)
    frame = pd.DataFrame({"entity": entity, "csat": level + rng.integers(0, 2, 2000)})
    frame["professionalism"] = level + rng.integers(0, 2, 2000)
    found = service_signs.professional_frame(frame, mini_edition).set_index("level")
    assert found.loc["entity", "r"] > 0.8
    assert abs(found.loc["person", "r"]) < 0.1
    assert found.loc["person", "lower"] < found.loc["person", "r"] < found.loc["person", "upper"]
