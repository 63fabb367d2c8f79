"""The chapter on whether the models can be believed: words of verdicts, coverage from ranks, the opening sentence."""

from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.believed import (
    believed_numbers,
    calibration_frame,
    coverage_frame,
    misfit_frame,
    reason_text,
    verdict_entry,
)
from evalcore.figures.believed import draw_coverage, draw_levels
from evalcore.model.gate import THRESHOLDS, Reason, Verdict
from evalcore.tables.believed import make_calibration, make_fits, make_loo, make_misfit
from evalcore.words import Words

RANKS = {"mean_level": [[0.5, 0.99], [0.3, 0.6]], "sd": [[0.05], [0.9]]}
"""Two worlds; central 50 % holds ranks from 0.25 to 0.75, 89 % those from 0.055 to 0.945."""


def study(worlds=2, **kinds):
    """What a calibration writes."""
    found = {kind: {"divergent": k, "ranks": ranks} for k, (kind, ranks) in enumerate(kinds.items())}
    return {"ordinal": {"worlds": worlds, "kinds": found}}


@pytest.fixture
def calibrations():
    """A calibration of two worlds of each kind; the misspecified ones have one quantity."""
    return study(as_modelled=RANKS, misspecified={"mean_level": [[0.01, 0.99], [0.5, 0.5]]})


@pytest.fixture
def summary():
    """Two fits, one of which failed."""
    row = {"fit": "csat", "item": "csat", "respondents": 2000, "cells": 90, "parameters": 40, "chains": 4}
    row |= {"draws": 2000, "rhat": 1.004, "ess_bulk": 900.0, "ess_tail": 800.0, "divergences": 0, "bfmi": 0.9}
    row |= {"passed": True, "elpd": -2400.0, "se": 20.0, "p_loo": 12.0, "k_above": 0, "k_worst": 0.3}
    row |= {"distance_p": 0.4, "sensitive": 0, "groups": 3}
    failed = row | {"fit": "attitude", "passed": False, "rhat": 1.2, "divergences": 7, "k_above": 2, "sensitive": 1}
    return pd.DataFrame([row, failed])


@pytest.fixture
def groups():
    """Observed and replicated means of two platforms per fit."""
    rows = [
        (fit, q, 70.0, 70.0 - d, 69.0, 71.0, d, 0.5)
        for fit in ("csat", "attitude")
        for q, d in (("A", 0.2), ("B", -0.9))
    ]
    return pd.DataFrame(rows, columns=["fit", "quantity", "observed", "mean", "low", "high", "difference", "p"])


def test_reasons_say_value_limit_and_place_in_both_languages():
    """A failed check is told with what was found, what is allowed, and where."""
    reason = Reason("rhat", 1.2345, 1.01, "sd_entity")
    assert reason_text(reason, "en") == "R-hat of sd_entity is 1.234, the limit is 1.01"
    assert reason_text(reason, "zh") == "sd_entity的R-hat为1.234，上限为1.01"


@pytest.mark.parametrize("check", ["rhat", "ess_bulk", "ess_tail", "divergences", "bfmi", "stuck", "misfit"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_check_has_its_words(check, lang):
    """No check can fail without a sentence for it."""
    assert "42" in reason_text(Reason(check, 42.0, 1.0, "x"), lang)


def test_entry_names_fit_file_and_all_reasons():
    """What the pipeline reads: several reasons are joined, a passed fit has none."""
    reasons = (Reason("divergences", 7, 0, ""), Reason("bfmi", 0.1, 0.3, "2"))
    entry = verdict_entry(Verdict("csat", False, {}, reasons), "posterior/csat.nc")
    said = "7 divergent transitions, 0 are allowed; E-BFMI of chain 2 is 0.10, more than 0.3 is asked for"
    assert entry["reasons"]["en"] == said
    assert (entry["fit"], entry["file"], entry["passed"]) == ("csat", "posterior/csat.nc", False)
    assert verdict_entry(Verdict("csat", True, {}, ()), "x")["reasons"] == {"en": "", "zh": ""}


def test_page_prints_the_limits_the_gate_uses(summary, groups, calibrations):
    """All of them, as they are given."""
    found = believed_numbers(summary, groups, calibrations)
    assert found["believed.limit.rhat"].text("en") == f"{THRESHOLDS.rhat}" == "1.01"
    assert found["believed.limit.ess"].text("zh") == f"{THRESHOLDS.ess:g}" == "400"
    assert {f"believed.limit.{check}" for check in asdict(THRESHOLDS)} <= set(found)


def test_coverage_by_hand(calibrations):
    """Per world the share of quantities inside, then mean and error over worlds: common quantities only."""
    found = coverage_frame(calibrations).set_index(["kind", "nominal"])
    # mean_level alone is common; 50 %: world 1 has 0.5 inside and 0.99 not, world 2 both inside -> (0.5 + 1) / 2
    assert found["coverage"]["as_modelled", 0.5] == 0.75
    assert found["error"]["as_modelled", 0.5] == pytest.approx(np.std([0.5, 1], ddof=1) / np.sqrt(2))
    assert found["coverage"]["misspecified", 0.9] == 0.5


def test_each_quantity_has_its_own_row(calibrations):
    """Coverage, error and mean rank of each; the standard deviation lies outside once for 50 %, once for 89 %."""
    found = calibration_frame(calibrations).set_index(["kind", "quantity"]).loc[("as_modelled", "sd")]
    assert (found["values"], found["coverage_50"], found["coverage_89"]) == (1, 0.0, 0.5)
    assert found["mean_rank"] == pytest.approx(0.475)


def test_uniform_ranks_cover_what_they_promise():
    """Ranks of a calibrated model give coverage equal to the interval's probability within its error."""
    rng = np.random.default_rng(7)
    ranks = {"mean_level": rng.uniform(size=(400, 6)).tolist()}
    found = coverage_frame(study(worlds=400, as_modelled=ranks))
    assert (np.abs(found["coverage"] - found["nominal"]) < 4 * found["error"]).all()


def test_worst_group_of_each_fit_is_shown(summary, groups):
    """The largest difference in either direction, with the fit's distance."""
    found = misfit_frame(summary, groups)
    assert list(found["quantity"]) == ["B", "B"]
    assert list(found["distance_p"]) == [0.4, 0.4]


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        ([True, True], "Every fit (2 in all) passed every check; nothing is withheld."),
        ([True, False], "1 of 2 fits passed every check; what rests on the others is withheld."),
        ([False, False], "None of the 2 fits passed every check; what rests on them is withheld."),
    ],
)
def test_opening_follows_the_verdicts(summary, groups, calibrations, passed, said):
    """The first sentence is generated from how many passed."""
    found = believed_numbers(summary.assign(passed=passed), groups, calibrations)
    assert found["believed.verdict"].text("en") == said


def test_numbers_are_the_worst_of_all_fits(summary, groups, calibrations):
    """Largest R-hat, fewest effective draws, sums of what is counted; coverage of the mean level."""
    found = believed_numbers(summary, groups, calibrations)
    shown = {
        key: found[f"believed.{key}"].value for key in ("rhat", "ess", "divergences", "k_above", "k_fits", "misfit")
    }
    assert shown == {"rhat": 1.2, "ess": 800.0, "divergences": 7, "k_above": 2, "k_fits": 1, "misfit": 0.9}
    assert found["believed.ordinal.as_modelled.coverage"].value == 75.0  # 89 %: 0.99 lies outside, three inside
    assert found["believed.limit.pareto_k"].text("en") == "0.7"


def test_exhibits_are_made_in_both_languages(summary, groups, calibrations, mini_edition):
    """Every table has a cell per column and row, every figure its panels."""
    levels = pd.DataFrame(
        [("csat", k, 20.0, 19.0, 21.0, 1.0, 60.0) for k in range(1, 6)],
        columns=["fit", "level", "observed", "low", "high", "prior_low", "prior_high"],
    )
    for lang in ("en", "zh"):
        tables = {
            "believed-fits": (make_fits, summary),
            "believed-misfit": (make_misfit, misfit_frame(summary, groups)),
            "believed-loo": (make_loo, summary),
            "believed-calibration": (make_calibration, calibration_frame(calibrations)),
        }
        for exhibit, (make, data) in tables.items():
            assert len(make(data, Words(lang, exhibit, mini_edition)).rows) == len(data)
        figure = draw_levels(levels, Words(lang, "believed-levels", mini_edition))
        assert [axes.get_title("left") for axes in figure.axes if axes.get_visible()] == ["csat"]
        figure = draw_coverage(coverage_frame(calibrations), Words(lang, "believed-coverage", mini_edition))
        assert len(figure.axes[0].lines) == 3  # two kinds of worlds, and the line of what is promised
