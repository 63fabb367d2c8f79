"""The SFO survey of 2017: known results, in plain pandas from the raw file and through the pipeline's stages."""

from datetime import date, datetime
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pytest

from evalcore.clean import clean, waterfall
from evalcore.edition import Edition, load_edition
from evalcore.errors import EvalcoreError
from evalcore.indicators import indicator_cells, indicator_values
from evalcore.ingest import ingest
from evalcore.ingest.columns import ColumnMap
from evalcore.io.manifest import read_map, read_raw
from evalcore.survey import survey_weights

KNOWN_N, KNOWN_MEAN, KNOWN_WEIGHTED = 2688, 4.064360, 4.071203
KNOWN_TOP_TWO, KNOWN_TOP_TWO_WEIGHTED = 82.0685, 82.2793


@pytest.fixture(scope="module")
def edition(root: Path) -> Edition:
    """The edition."""
    return load_edition("sfo-2017", root)


@pytest.fixture(scope="module")
def mapping(root: Path) -> ColumnMap:
    """The committed map of columns and codes."""
    return read_map("sfo-2017", root)


@pytest.fixture(scope="module")
def plain(shared_data: Path) -> pd.DataFrame:
    """The raw file in plain pandas."""
    return pd.read_csv(shared_data / "sfo-airport-survey" / "2017_SFO_Customer_Survey.csv", dtype=str).fillna("")


@pytest.fixture(scope="module")
def raw(root: Path, shared_data: Path, edition: Edition) -> pd.DataFrame:
    """The raw file after its hash was recognised."""
    return read_raw(edition, "survey", root)


@pytest.fixture(scope="module")
def ingested(raw: pd.DataFrame, edition: Edition, mapping: ColumnMap) -> pd.DataFrame:
    """The typed survey."""
    return ingest(raw, "survey", edition, mapping)


@pytest.fixture(scope="module")
def valid(ingested: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """The valid answers."""
    return clean(ingested, "survey", edition).valid


@pytest.fixture(scope="module")
def cells(valid: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Weighted counts behind every indicator."""
    weights = ibis.memtable(survey_weights({"survey": valid}, edition))
    return indicator_cells({"survey": ibis.memtable(valid)}, weights, edition)


def rating(values: pd.Series) -> pd.Series:
    """A question's answers 1 to 5; 0, 6 and blanks, written out or not, are missing."""
    return pd.to_numeric(values.where(values.isin(list("12345"))))


def overall(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells of the overall rating."""
    return cells[cells["indicator"] == "O1"]


def test_plain_pandas_finds_the_known_results(plain: pd.DataFrame) -> None:
    """2,688 ratings of the airport, mean 4.064360 (weighted 4.071203), top two 82.0685 % (weighted 82.2793 %)."""
    rated = rating(plain["Q7ALL"]).dropna()
    weight = plain.loc[rated.index, "WEIGHT"].astype(float)
    assert len(rated) == KNOWN_N
    assert rated.mean() == pytest.approx(KNOWN_MEAN, abs=5e-7)
    assert np.average(rated, weights=weight) == pytest.approx(KNOWN_WEIGHTED, abs=5e-7)
    assert 100 * (rated >= 4).mean() == pytest.approx(KNOWN_TOP_TWO, abs=5e-5)
    assert 100 * np.average(rated >= 4, weights=weight) == pytest.approx(KNOWN_TOP_TWO_WEIGHTED, abs=5e-5)


def test_cleaned_answers_give_the_known_results(valid: pd.DataFrame) -> None:
    """Map, contract and rules lose no answer and invent none."""
    assert len(valid) == KNOWN_N
    assert valid["overall"].mean() == pytest.approx(KNOWN_MEAN, abs=5e-7)
    assert 100 * (valid["overall"] >= 4).mean() == pytest.approx(KNOWN_TOP_TWO, abs=5e-5)


def test_survey_weights_have_mean_one_and_give_the_known_top_two(valid: pd.DataFrame, edition: Edition) -> None:
    """The survey's own weights count, scaled to the valid answers."""
    weight = survey_weights({"survey": valid}, edition).set_index("row").loc[valid["row"], "weight_micro"].to_numpy()
    assert weight.mean() == pytest.approx(1e6, abs=1)
    assert 100 * np.average(valid["overall"] >= 4, weights=weight) == pytest.approx(KNOWN_TOP_TWO_WEIGHTED, abs=5e-5)


def test_weighted_cells_add_up_to_the_known_mean(cells: pd.DataFrame) -> None:
    """Numerators over denominators of all carriers are the weighted mean."""
    own = overall(cells)
    assert own["n"].sum() == KNOWN_N
    assert own["numerator"].sum() / own["denominator"].sum() == pytest.approx(KNOWN_WEIGHTED, abs=5e-7)


def test_unweighted_cells_add_up_to_the_known_mean(valid: pd.DataFrame, edition: Edition) -> None:
    """Without weights the same counting gives the plain mean."""
    own = overall(indicator_cells({"survey": ibis.memtable(valid)}, None, edition))
    assert own["numerator"].sum() / own["denominator"].sum() == pytest.approx(KNOWN_MEAN, abs=5e-7)


def test_every_indicator_equals_its_weighted_mean_in_plain_pandas(
    cells: pd.DataFrame, plain: pd.DataFrame, edition: Edition, mapping: ColumnMap
) -> None:
    """Each carrier's value of each item, from the raw file and its own weights."""
    carrier = plain["AIRLINE"].map(mapping.codes["carrier"])
    weight = plain["WEIGHT"].astype(float).where(rating(plain["Q7ALL"]).notna())
    theirs = {ours: name for name, ours in mapping.columns.items()}
    values = indicator_values(cells, edition)["value"].sel(group="all")
    for indicator in edition.indicators.values():
        rated = rating(plain[theirs[indicator.measure.column]])
        mean = (rated * weight).groupby(carrier).sum() / weight.where(rated.notna()).groupby(carrier).sum()
        found = values.sel(indicator=indicator.id).to_series()
        pd.testing.assert_series_equal(found, mean[found.index], check_names=False, check_index_type=False, rtol=1e-5)


def test_carriers_under_30_valid_answers_are_exactly_the_pooled_ones(
    plain: pd.DataFrame, edition: Edition, mapping: ColumnMap
) -> None:
    """30 ratings of the airport make a carrier an entity; UNITED and UNITED INTL are two."""
    counts = rating(plain["Q7ALL"]).groupby(plain["AIRLINE"]).count()
    carrier = mapping.codes["carrier"]
    assert set(carrier) == set(counts.index)
    assert {name for name, id_ in carrier.items() if id_ == "other"} == set(counts.index[counts < 30])
    own = [id_ for id_ in carrier.values() if id_ != "other"]
    assert len(own) == len(set(own))
    assert {*own, "other"} == {entity.id for entity in edition.entities}
    assert [entity.id for entity in edition.entities if entity.pooled] == ["other"]


def test_unknown_carrier_is_refused(raw: pd.DataFrame, edition: Edition, mapping: ColumnMap) -> None:
    """A carrier without a line in the map is no carrier to be pooled silently."""
    with pytest.raises(EvalcoreError) as caught:
        ingest(raw.assign(AIRLINE=raw["AIRLINE"].mask(raw.index == 5, "EMIRATES")), *_rest(edition, mapping))
    assert "2017_SFO_Customer_Survey.csv, column carrier, row 7: 'EMIRATES'" in str(caught.value)
    assert "one of air-canada, air-india, alaska" in str(caught.value)


@pytest.mark.parametrize("text", ["0", "6", "", " ", "Blank", "BLANK"])
def test_missing_codes_of_ratings(raw: pd.DataFrame, edition: Edition, mapping: ColumnMap, text: str) -> None:
    """0, 6, blank, `Blank` and `BLANK` are no answer."""
    frame = ingest(raw.assign(Q7ALL=raw["Q7ALL"].mask(raw.index == 0, text)), *_rest(edition, mapping))
    assert frame["overall"].isna()[0]


def test_rating_of_7_is_refused(raw: pd.DataFrame, edition: Edition, mapping: ColumnMap) -> None:
    """The scale has five levels."""
    with pytest.raises(EvalcoreError, match=r"column overall, row 2: '7'.*\n.*at most 5"):
        ingest(raw.assign(Q7ALL=raw["Q7ALL"].mask(raw.index == 0, "7")), *_rest(edition, mapping))


def _rest(edition: Edition, mapping: ColumnMap) -> tuple[str, Edition, ColumnMap]:
    return "survey", edition, mapping


def test_recommendation_of_11_is_missing_and_0_is_an_answer(ingested: pd.DataFrame, plain: pd.DataFrame) -> None:
    """NETPRO runs from 0 to 10; 11 and blanks are missing."""
    answered = plain["NETPRO"].isin([str(k) for k in range(11)])
    assert ingested["recommend"].notna().to_list() == answered.to_list()
    assert (ingested["recommend"] == 0).sum() == (plain["NETPRO"] == "0").sum()


def test_answers_without_an_overall_rating_are_set_aside(ingested: pd.DataFrame, edition: Edition) -> None:
    """143 of 2,831 left the question blank; they are kept with their reason."""
    steps = waterfall(clean(ingested, "survey", edition), "survey", edition)
    assert steps["step"].to_list() == ["raw", "s-overall", "valid"]
    assert steps["left"].to_list() == [2831, 2688, 2688]


def test_nothing_private_is_read_or_kept(valid: pd.DataFrame, edition: Edition) -> None:
    """Home town, ZIP code, flight and comments are not declared; respondent numbers end at cleaning."""
    assert edition.sources["survey"].private_columns == {"respondent_id"}
    assert "respondent_id" not in valid
    assert not [name for name, kind in edition.sources["survey"].types.items() if kind == "text"]


def test_interviews_were_held_in_may_2017(plain: pd.DataFrame, edition: Edition) -> None:
    """Only May has those weekdays on those days in 2017; the period runs from the first to the last of them."""
    weekdays = plain.groupby("INTDATE")["DAY"].agg(lambda days: days.mode()[0].replace("THUR", "THU"))

    def fits(month: int) -> bool:
        last = (pd.Timestamp(2017, month, 1) + pd.offsets.MonthEnd()).day
        days = weekdays.rename(int)
        return days.index.max() <= last and all(
            f"{datetime(2017, month, day):%a}".upper() == weekday for day, weekday in days.items()
        )

    assert [month for month in range(1, 13) if fits(month)] == [5]
    days = weekdays.index.astype(int)
    (period,) = edition.periods
    assert (period.first, period.last) == (date(2017, 5, days.min()), date(2017, 5, days.max()))


def test_interview_days_are_those_of_the_map(ingested: pd.DataFrame, plain: pd.DataFrame) -> None:
    """The day of the month becomes a date."""
    assert ingested["interviewed_on"].dt.strftime("%Y-%m").unique().tolist() == ["2017-05"]
    assert ingested["interviewed_on"].dt.day.to_list() == plain["INTDATE"].astype(int).to_list()


def test_scored_items_have_enough_answers(cells: pd.DataFrame, edition: Edition) -> None:
    """At least 13 of the 16 carriers have 30 answers to a scored item, and every carrier has 25."""
    n = cells.groupby(["indicator", "entity"])["n"].sum().unstack()
    assert set(n.index) == set(edition.indicators)
    assert n.shape[1] == 16
    assert (n >= 25).all(axis=None)
    assert ((n >= 30).sum(axis=1) >= 13).all()


def test_every_indicator_is_a_mean_on_the_same_goalposts(edition: Edition) -> None:
    """One scale for all items: 0 points at 2.7, 90 at 4.5, 100 at 4.9."""
    for indicator in edition.indicators.values():
        posts = indicator.goalposts
        assert (indicator.measure.statistic, indicator.unit, indicator.digits) == ("mean", "points", 2)
        assert (posts.floor, posts.baseline, posts.stretch) == (2.7, 4.5, 4.9)
        assert edition.sources["survey"].columns[indicator.measure.column].levels == 5


def test_edition_says_what_is_rated(root: Path, edition: Edition) -> None:
    """The airport is rated, no carrier is: the notice says so, in both languages, and nothing says otherwise."""
    assert "rate San Francisco International Airport (SFO); no score here rates a carrier" in edition.notice.en
    assert "旧金山国际机场（SFO）" in edition.notice.zh
    assert "rate SFO" in edition.entity.reading.en
    for path in ("editions/sfo-2017.yml", "editions/maps/sfo-2017.yml", "data/raw/sfo-2017/SOURCES.yml"):
        text = (root / path).read_text(encoding="utf-8").lower()
        assert "satisfaction with" not in text
        assert "满意" not in text
