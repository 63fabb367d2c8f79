"""The survey recovers the truth once weighted, and carries what cleaning has to find."""

import numpy as np
import pandas as pd
import pytest
from simulated import answer_weights, valid_answers

from evalcore.simulate.items import RATINGS

FASTEST = 120
PHONE, MAIL = r"1380000\d{4}", r"user\d+@example\.com"


@pytest.mark.parametrize("name", ["mini", "demo"])
def test_survey_indicators_recover_the_truth(name, request):
    """Weighted means per platform lie within 4 standard errors of the true level and shares."""
    edition, world = request.getfixturevalue(name), request.getfixturevalue(f"{name}_world")
    frame = valid_answers(world.frames["survey"])
    answers = {
        "E1": frame["csat"].astype(float),
        "E2": 100.0 * (frame["professionalism"] >= 4),
        "E3": 100.0 * ~frame["material_twice"],
        "E4": 100.0 * (frame["attitude"] >= 4),
    }
    weights = pd.Series(answer_weights(frame, edition.weighting.margins), index=frame.index)
    for platform, rows in frame.groupby("platform").groups.items():
        for indicator, values in answers.items():
            w, x, true = weights[rows], values[rows], world.truth["values"][platform][indicator]
            error = np.sqrt((w**2 * (x - true) ** 2).sum()) / w.sum()
            assert abs(np.average(x, weights=w) - true) < 4 * error, (platform, indicator)


def test_answers_of_a_person_hang_together(demo_world):
    """One latent satisfaction makes all ratings correlate, without making them equal."""
    frame = valid_answers(demo_world.frames["survey"])
    correlation = frame[list(RATINGS)].corr().to_numpy()[np.triu_indices(len(RATINGS), 1)]
    assert correlation.min() > 0.2
    assert correlation.max() < 0.8


def test_careless_hasty_and_repeated_answers_occur_at_their_rates(demo_world):
    """About 6 % fail the trap or draw a straight line, 4 % are too fast, 2 % come from a known address or device."""
    frame = demo_world.frames["survey"]
    straight = frame[list(RATINGS)].nunique(axis=1) == 1
    rates = {
        0.06: (frame["trap"] != 4) | straight,
        0.04: frame["seconds"] < FASTEST,
        0.02: frame["ip"].duplicated() | frame["device"].duplicated(),
        0.001: frame["submitted_at"] < pd.Timestamp("2025-01-01"),
    }
    for rate, caught in rates.items():
        assert caught.mean() == pytest.approx(rate, abs=4 * np.sqrt(rate / len(frame)))
    assert straight.any()


def test_attentive_people_never_draw_a_straight_line(demo_world):
    """Who passes the trap and gives ten equal answers was planted: the rule against it removes nobody honest."""
    frame = demo_world.frames["survey"]
    straight = frame[list(RATINGS)].nunique(axis=1) == 1
    assert set(frame.loc[straight, "csat"]) <= {3, 4, 5}
    assert straight.mean() < 0.06


def test_the_sample_is_younger_than_the_population(demo, demo_world):
    """Weighting has work to do: older people answer less often, and mostly on paper."""
    frame = demo_world.frames["survey"]
    older = frame["age_band"] == "60+"
    assert older.mean() < demo.weighting.margins["age_band"]["60+"] / 100
    modes = frame["mode"].groupby(older).value_counts(normalize=True)
    assert modes[(True, "paper")] > 0.4 > modes[(False, "paper")]
    assert set(frame["mode"]) == {"push", "social", "paper"}


@pytest.mark.parametrize("name", ["mini_world", "demo_world"])
def test_some_open_answers_need_scrubbing(name, request):
    """A small share of texts holds a telephone number, an e-mail address, or begins like a formula."""
    frame = request.getfixturevalue(name).frames["survey"]
    texts = pd.concat([frame[c] for c in frame if c.startswith("open_")]).dropna()
    assert 0.02 < len(texts) / (5 * len(frame)) < 0.12
    for found in (texts.str.contains(PHONE), texts.str.contains(MAIL), texts.str.startswith("=")):
        assert 0 < found.mean() < 0.03
