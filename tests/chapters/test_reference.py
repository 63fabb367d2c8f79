"""Published figures against an edition: nothing is dropped, data move the table, what was planted is found."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.evidence import Evidence, by_entity, contacts_frame, over_days
from evalcore.chapters.measures import MEASURES
from evalcore.chapters.planted import late_records, planted_frame
from evalcore.chapters.reference import (
    beyond_published,
    compared_frame,
    digits_of,
    open_frame,
    reference_numbers,
    steps_frame,
)
from evalcore.clean import clean
from evalcore.edition import load_edition
from evalcore.indicators import indicator_cells
from evalcore.ingest import ingest
from evalcore.io.manifest import read_raw
from evalcore.score import score_edition
from evalcore.simulate import simulate
from evalcore.survey import survey_weights

VOLUME = 0.1
SEEDS = (20252, 5)
FINDINGS = {"D0-24": "slow_bot", "D0-36": "boastful_bot", "D0-27": "late_records", "D0-29": "many_agents"}


@pytest.fixture(scope="module")
def published(root):
    """The file of published figures, as the pipeline reads it."""
    edition = load_edition("demo-2025", root)
    raw = read_raw(edition, "published_figures", root)
    return clean(ingest(raw, "published_figures", edition), "published_figures", edition).valid


def _drawn(root, seed):
    """A small world of the demonstration edition, cleaned, and its truth."""
    edition = load_edition("demo-2025", root)
    simulation = edition.simulation.model_copy(update={"volume": VOLUME, "seed": seed})
    edition = edition.model_copy(update={"simulation": simulation})
    world = simulate(edition)
    return edition, {n: clean(ingest(f, n, edition), n, edition).valid for n, f in world.frames.items()}, world.truth


def _evidence(edition, cleaned, scores):
    frames = {name: scores[name] for name in ("ranking", "dimensions", "indicators", "category_indicators")}
    contacts = contacts_frame(cleaned["tickets"], edition)
    return Evidence(
        edition, **frames, contacts=contacts, answers=cleaned["survey"], reports=cleaned["platform_reports"]
    )


@pytest.fixture(scope="module")
def drawn(root):
    """The first seed's world."""
    return _drawn(root, SEEDS[0])


@pytest.fixture(scope="module")
def evidence(drawn):
    """The first seed's world, scored."""
    import ibis

    edition, cleaned, _ = drawn
    engine = ibis.duckdb.connect()
    tables = {name: engine.create_table(name, frame) for name, frame in cleaned.items()}
    weights = engine.create_table("weights", survey_weights(cleaned, edition))
    return _evidence(
        edition, cleaned, score_edition(indicator_cells(tables, weights, edition), cleaned["experts"], edition)
    )


@pytest.fixture(scope="module")
def compared(published, evidence):
    """The table as it stands."""
    return compared_frame(published, evidence).set_index("id")


def test_every_row_to_reproduce_is_measured_or_named_as_missing(published, compared):
    """No row is in both tables and none in neither; each missing one says what it would need."""
    wanted = set(published.loc[published["use"].str.startswith("calibrate"), "id"])
    missing = open_frame(published)
    assert set(compared.index) | set(missing["id"]) == wanted
    assert not set(compared.index) & set(missing["id"])
    assert "no_measure" not in set(missing["missing"])
    assert set(MEASURES) <= wanted


def test_a_new_row_nobody_measures_is_shown(published):
    """A row of the file without a measure is listed, not dropped."""
    row = published.head(1).assign(id="D9-99", topic="new", use="calibrate")
    missing = open_frame(pd.concat([published, row], ignore_index=True)).set_index("id")
    assert missing.loc["D9-99", "missing"] == "no_measure"


def test_this_edition_reproduces_what_was_published(compared):
    """At a tenth of its volume every figure lies within 4 sampling errors beyond its rounding."""
    far = compared[compared["z"].abs() > 4]
    assert far.empty, far[["published", "value", "z"]]


@pytest.mark.parametrize(
    ("row", "column"), [("D3-13", "solved_first_contact"), ("D3-01", "instant"), ("D3-12", "bot_solved")]
)
def test_perturbed_data_move_the_table(published, evidence, compared, row, column):
    """Every second contact made a failure halves the figure, and its distance says so."""
    failed = np.arange(len(evidence.contacts)) % 2 == 0
    contacts = evidence.contacts.assign(**{column: evidence.contacts[column].mask(failed, False)})
    only = published[published["id"] == row]
    moved = compared_frame(only, dataclasses.replace(evidence, contacts=contacts)).iloc[0]
    assert moved["value"] == pytest.approx(compared.loc[row, "value"] / 2, rel=0.03)
    assert moved["z"] < -20


def test_perturbed_scores_move_the_table(published, evidence, compared):
    """Three points more for everybody are three points more in the mean."""
    ranking = evidence.ranking.assign(low=evidence.ranking["low"] + 3)
    moved = compared_frame(published, dataclasses.replace(evidence, ranking=ranking)).set_index("id")
    assert moved.loc["D0-01", "difference"] - compared.loc["D0-01", "difference"] == pytest.approx(3)
    assert moved.loc["D0-02", "value"] == compared.loc["D0-02", "value"]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_planted_is_found_where_it_is(root, published, drawn, seed):
    """Under two seeds the table names the platforms and the month that the truth does."""
    edition, cleaned, truth = drawn if seed == SEEDS[0] else _drawn(root, seed)
    empty = dict.fromkeys(("ranking", "dimensions", "indicators", "category_indicators"), pd.DataFrame())
    found = planted_frame(published, _evidence(edition, cleaned, empty)).set_index("id")
    planted = truth["planted"]["findings"]
    assert {row: found.loc[row, "entity"] for row in FINDINGS} == {row: planted[key] for row, key in FINDINGS.items()}
    assert found.loc["D0-27", "month"] == planted["incident"]


def test_the_incident_is_in_the_records_and_not_in_the_score(evidence, drawn):
    """Recorded refunds take more than twice as long in that month; refund arrival (S5) is that of the truth."""
    found, truth = late_records(evidence), drawn[2]
    assert found["D0-27"].value > 2 * found["D0-26"].value
    own = evidence.indicators[evidence.indicators["indicator"] == "S5"].set_index("entity")["value"]
    assert own[found["D0-27"].entity] == pytest.approx(truth["values"][found["D0-27"].entity]["S5"], abs=4)


def test_rounding_is_no_difference():
    """72.46 against a published 72.5 is none, 72.4 is 0.05 beyond; sides left open count for nothing."""
    assert beyond_published(-0.04, "=", 1) == 0
    assert beyond_published(-0.1, "=", 1) == pytest.approx(-0.05)
    assert beyond_published(-20, "<", 0) == 0
    assert beyond_published(2, "<", 0) == 2
    assert beyond_published(-2, ">", 0) == -2


def test_steps_say_where_in_the_rounding_a_figure_lies(compared):
    """A step is half a unit of the last printed digit: 65.1 for a published 65 is 0.2; bounds have no steps."""
    steps, row = steps_frame(compared.reset_index()).set_index("id"), compared.loc["D0-11"]
    assert steps.loc["D0-11", "steps"] == pytest.approx((row["value"] - 65) / 0.5)
    assert steps.loc["D3-22", "error"] == pytest.approx(compared.loc["D3-22", "error"] / 0.05)
    assert not {"D0-16", "D0-17"} & set(steps.index)


def test_digits_are_those_published():
    """Also where the file drops the last 0."""
    assert [digits_of(72.5, "points of 100"), digits_of(4.0, "points of 5"), digits_of(85.0, "percent")] == [1, 1, 0]


def test_days_count_once_however_busy():
    """One day of 4 contacts at 1 and one of a single contact at 0 have a mean of a half."""
    values, entity = pd.Series([1.0, 1, 1, 1, 0]), pd.Series(["A"] * 5)
    day = pd.Series(pd.to_datetime(["2025-01-01"] * 4 + ["2025-01-02"]))
    assert over_days(values, entity, day).loc["A", "value"] == 0.5
    assert by_entity(values, entity).loc["A", "value"] == 0.8


def test_numbers_count_the_rows(published, compared):
    """Close, beyond and exact add up to all that is compared."""
    found = {
        key: number.value for key, number in reference_numbers(compared.reset_index(), open_frame(published)).items()
    }
    parts = found["reference.close"] + found["reference.beyond"] + found["reference.exact"]
    assert parts == found["reference.compared"] == len(compared)
