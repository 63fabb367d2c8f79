"""The process: labels and their errors, deadlines and stages against plain pandas, cases open at the cut-off."""

import json
from itertools import pairwise

import ibis
import numpy as np
import pandas as pd
import pytest
import yaml

from evalcore.chapters import problems, stages
from evalcore.edition import load_edition

RUN = 7
"""Characters in a row that no text to learn from may share with a wording to test on."""


@pytest.fixture(scope="module")
def labels(root):
    """The labelled texts."""
    return pd.read_csv(root / "data" / "labels" / "problems.csv")


@pytest.fixture(scope="module")
def keywords(root):
    """The baseline."""
    return json.loads((root / "data" / "labels" / "keywords.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def wordings(root):
    """Split -> wordings of the simulated reviews, whatever they are about."""
    text = (root / "src/evalcore/simulate/reviews/wordings.yml").read_text("utf-8")
    clauses = yaml.safe_load(text)["clauses"].values()
    return {split: [w for own in clauses for ws in own[split].values() for w in ws] for split in ("test", "field")}


@pytest.fixture(scope="module", params=["drawn", "second"])
def tickets(request):
    """(Edition, tickets of a small world, the same in DuckDB), under two seeds."""
    edition, cleaned, _ = request.getfixturevalue(request.param)
    return edition, cleaned["tickets"], ibis.duckdb.connect().create_table("tickets", cleaned["tickets"])


def test_what_is_learned_from_shares_no_wording_with_the_test(labels, wordings) -> None:
    """No statement in both sets, and no wording of test or field reviews in a text to learn from."""
    train, test = (labels[labels["set"] == kind] for kind in ("train", "test"))
    assert not set(train["statement"]) & set(test["statement"])
    known = "\n".join(train["text"])
    runs = {w[k : k + RUN] for ws in wordings.values() for w in ws for k in range(max(len(w) - RUN + 1, 1))}
    assert [run for run in runs if len(run) >= RUN and run in known and "{" not in run] == []


def test_test_texts_are_those_of_the_simulated_reviews(labels, wordings) -> None:
    """Each holds a wording kept for testing; none is invented to be easy."""
    fixed = [max(w.replace("{goods}", "|").replace("{n}", "|").split("|"), key=len) for w in wordings["test"]]
    assert all(any(part in text for part in fixed) for text in labels.loc[labels["set"] == "test", "text"])


def test_keywords_are_words_of_the_texts_to_learn_from(labels, keywords) -> None:
    """The baseline knows nothing of the test either."""
    known = "\n".join(labels.loc[labels["set"] == "train", "text"])
    assert [w for axis in keywords.values() for ws in axis.values() for w in ws if w not in known] == []


def test_classes_are_those_of_the_axes(labels) -> None:
    """No label outside the codebook; a text without a problem has none on either axis."""
    for axis, classes in problems.AXES.items():
        assert set(labels[axis]) == {*classes, "none"}
    assert (labels["responsibility"].eq("none") == labels["nature"].eq("none")).all()


def test_confusion_counts_each_statement_once(labels, keywords) -> None:
    """Rows add up to the statements; accuracies are those of a plain loop."""
    found = problems.confusion_frame(labels, keywords)
    np.testing.assert_allclose(found[["first", "second", "third"]].sum(axis=1), found["statements"])
    test = labels[(labels["set"] == "test") & (labels["nature"] != "none")]
    told = problems.told_by_learning(test["text"], "nature", labels)
    right = [(told[own.index] == own["nature"]).mean() for _, own in test.groupby("statement")]
    own = found[(found["axis"] == "nature") & (found["method"] == "learned") & (found["truth"] != "none")]
    table = own[["first", "second", "third"]].to_numpy()
    assert np.trace(table) / table.sum() == pytest.approx(np.mean(right))


def test_the_classifier_recognises_more_than_chance(labels, keywords) -> None:
    """Each class is told rightly more often than by one guess in three (balanced accuracy)."""
    found = problems.confusion_frame(labels, keywords)
    for _, own in found[(found["method"] == "learned") & (found["truth"] != "none")].groupby("axis"):
        assert own["right"].mean() > 100 / 3 + 10


def test_corrected_shares_hold_what_the_reviews_were_drawn_with(drawn, labels, keywords) -> None:
    """The simulated shares of aspects, put on both axes by hand, lie within the intervals."""
    edition, cleaned, _ = drawn
    confusion = problems.confusion_frame(labels, keywords)
    found = problems.prevalence_frame(cleaned["reviews"], labels, confusion, edition).set_index("class")
    truth = {"logistics": 15, "merchant": 31, "platform": 54, "goods": 21, "experience": 26, "service": 53}
    assert all(found.loc[c, "lower"] - 1 <= share <= found.loc[c, "upper"] + 1 for c, share in truth.items())
    for _, own in found.groupby("axis"):
        assert own["share"].sum() == pytest.approx(100)


def test_deadlines_are_those_of_plain_pandas(tickets) -> None:
    """Complaints reached by a human within 30 minutes, entity by entity."""
    edition, frame, table = tickets
    found = stages.deadlines_frame({"tickets": table}, edition).set_index("deadline")
    own = frame[frame["scene"] == "complaint"]
    share = 100 * (own["human_wait_min"] <= 30).fillna(False).groupby(own["entity"]).mean()
    assert found.loc["complaint", "share"] == pytest.approx(share.mean())
    assert found.loc["complaint", "entity"] == share.idxmin()
    assert found.loc["complaint", "least"] == pytest.approx(share.min())


def test_cases_open_at_the_cut_off_are_not_left_out(tickets) -> None:
    """With a cut-off in mid-year the curve agrees with what the rest of the year shows; closed cases alone do not."""
    edition, frame, table = tickets
    early = pd.Timestamp("2025-06-20")
    process = edition.process.model_copy(update={"cut_off": (early - pd.Timedelta(days=1)).date()})
    chosen = edition.model_copy(update={"process": process})
    summary = stages.stage_summary(stages.stages_frame({"tickets": table}, chosen)).set_index("stage")
    own = frame[frame["after_sales"] & (frame["opened_at"] < early)]
    hours = (own["resolved_at"] - own["opened_at"]).dt.total_seconds() / 3600
    truth = 100 * (hours <= 24).mean()
    closed = own["resolved_at"].notna() & (own["resolved_at"] < early)
    error = 100 * np.sqrt(0.25 / len(own))
    assert summary.loc["resolved", "waiting"] == (~closed).sum()
    assert summary.loc["resolved", "in_time"] == pytest.approx(truth, abs=4 * error + 0.5)
    assert 100 * (hours[closed] <= 24).mean() > truth + 1


def test_a_case_that_ends_at_the_limit_is_in_time(root) -> None:
    """Days, as complaints records have them: same day, three days and four days against a limit of three."""
    edition = load_edition("cfpb-2016", root)
    day = pd.Timestamp("2016-03-01")
    frame = pd.DataFrame({"row": range(30), "entity": "equifax", "received_on": [day] * 30})
    frame["sent_on"] = day + pd.to_timedelta([0, 3, 4] * 10, unit="D")
    table = ibis.duckdb.connect().create_table("complaints", frame)
    summary = stages.stage_summary(stages.stages_frame({"complaints": table}, edition))
    assert summary["in_time"].to_list() == pytest.approx([100 * 2 / 3])


def test_curves_fall_and_stay_within_their_bounds(tickets) -> None:
    """Percent between 0 and 100, never rising."""
    edition, _, table = tickets
    for _, own in stages.stages_frame({"tickets": table}, edition).groupby("stage"):
        assert all(later <= before for before, later in pairwise(own["still_open"]))
        assert (own["lower"] <= own["still_open"] + 1e-9).all()
        assert (own["still_open"] <= own["upper"] + 1e-9).all()


def test_benchmarks_are_the_rows_of_their_use(published) -> None:
    """All of them and nothing else."""
    found = stages.benchmarks_frame(published)
    assert set(found["id"]) == set(published.loc[published["use"] == "benchmark case", "id"])
