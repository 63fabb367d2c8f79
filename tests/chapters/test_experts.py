"""The expert panel's chapter: who is outstanding, what rests on one expert, conflicts, cases."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters import experts as chapter
from evalcore.edition import load_edition
from evalcore.simulate.cases import draw_expert_cases
from evalcore.simulate.panel import draw_experts
from evalcore.simulate.truth import draw_truth
from evalcore.streams import stream
from evalcore.survey.panel import panel_agreement

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=[None, 5])
def truth(request):
    """The demonstration world under its own seed and under another."""
    edition = load_edition("demo-2025", ROOT)
    seed = request.param or edition.simulation.seed
    changed = edition.simulation.model_copy(update={"seed": seed})
    return draw_truth(edition.model_copy(update={"simulation": changed}))


@pytest.fixture(scope="module")
def reviews(truth):
    """All scores of the panel, as cleaning leaves them."""
    return draw_experts(truth, stream(truth.edition.simulation.seed, "experts")).rename(columns={"platform": "entity"})


@pytest.fixture(scope="module")
def panel(reviews):
    """Experts and fair scores by plain means: no model is needed to see what the chapter makes of them."""
    used = reviews[(reviews["round"] == "discussed") & ~reviews["conflict"]]
    used = used.assign(points=10 * used["score"].astype(float))
    deviation = used["points"] - used.groupby(["entity", "dimension"])["points"].transform("mean")
    own = deviation.groupby(used["expert"])
    severity = -own.mean()
    experts = pd.DataFrame({"expert": severity.index, "severity": severity.to_numpy(), "spread": own.std().to_numpy()})
    fair = used.groupby(["entity", "dimension"], as_index=False)["points"].mean()
    return experts, fair.rename(columns={"points": "value"})


def test_the_severe_and_the_lenient_expert_are_found(truth, panel):
    """The planted two stand at the ends and are called so; of the thirteen others at most one is, by chance."""
    found = chapter.severity_frame(panel[0])
    assert found["expert"].iloc[[0, -1]].tolist() == [truth.plan.severe, truth.plan.lenient]
    assert found["outstanding"].iloc[[0, -1]].tolist() == ["severe", "lenient"]
    assert (found["outstanding"].iloc[1:-1] != "").sum() <= 1


def test_a_conflict_shows_in_the_scores(truth, reviews, panel):
    """The planted favour is 15 points; four scores of one expert tell it within three of their errors."""
    experts, fair = panel
    found = chapter.conflicts_frame(reviews, fair, experts)
    assert list(zip(found["expert"], found["entity"], strict=True)) == [truth.plan.conflict]
    assert found["favour"].item() == pytest.approx(15, abs=3 * found["error"].item())
    assert found["favour"].item() > 2 * found["error"].item()


def test_disputes_are_where_experts_spread_most(reviews):
    """Standard deviations in plain pandas, the largest first; declared conflicts do not count."""
    found = chapter.disputed_frame(reviews)
    used = reviews[(reviews["round"] == "blind") & ~reviews["conflict"]]
    spread = 10 * used.groupby(["entity", "dimension"])["score"].std()
    np.testing.assert_allclose(found["blind"], spread.sort_values(ascending=False).head(len(found)))


def test_ranks_without_each_expert_have_their_range():
    """B is second with everybody and third without E1, whose absence moves it; A stays first."""
    rows = [("all", "A", 1), ("all", "B", 2), ("all", "C", 3), ("E1", "A", 1), ("E1", "B", 3), ("E1", "C", 2)]
    rows += [("E2", "A", 1), ("E2", "B", 2), ("E2", "C", 3)]
    without = pd.DataFrame(rows, columns=["expert", "entity", "rank"]).assign(dimension="all")
    found = chapter.ranges_frame(without.assign(value=-without["rank"])).set_index("entity")
    assert found.loc["B", ["rank", "best", "worst", "mover"]].tolist() == [2, 2, 3, "E1"]
    assert pd.isna(found.loc["A", "mover"])


def test_votes_agree_as_krippendorff_has_it():
    """Two cases, all for one side in each: perfect; everybody for the same side in both: no alpha."""
    cases = pd.DataFrame({"votes_user": [15, 0], "votes_shared": [0, 0], "votes_platform": [0, 15]})
    assert chapter.votes_alpha(cases) == pytest.approx(1)
    assert chapter.votes_alpha(cases.iloc[:1]) is None


def test_numbers_name_whom_the_tables_show(truth, reviews, panel):
    """Severe and lenient by name, the conflict as a clause, verdicts that add up to the cases."""
    severity = chapter.severity_frame(panel[0])
    conflicts = chapter.conflicts_frame(reviews, panel[1], panel[0])
    ranges = pd.DataFrame({"entity": ["A"], "rank": [1], "best": [1], "worst": [1], "mover": [None]})
    found = chapter.experts_numbers(severity, panel_agreement(reviews), ranges, conflicts, truth.edition)
    assert found["experts.severe"].value.en.startswith(truth.plan.severe)
    assert truth.plan.conflict[0] in found["experts.conflict"].value.zh
    within = panel_agreement(reviews).set_index(["round", "dimension"]).loc["discussed", "alpha"].drop("all")
    assert [found[f"experts.alpha.{end}"].value for end in ("lowest", "highest")] == [within.min(), within.max()]
    cases = chapter.cases_numbers(draw_expert_cases(truth, stream(1, "cases")))
    assert sum(cases[f"experts.cases.{name}"].value for name in chapter.VOTES) == cases["experts.cases"].value
