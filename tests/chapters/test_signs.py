"""What was planted is found by the pages, at the place and in the month of the truth, under two seeds."""

import pandas as pd
import pytest
from worlds import evidence_of

from evalcore.chapters.claims import claims_frame
from evalcore.chapters.planted import late_records, planted_frame
from evalcore.chapters.signs import signs_frame

FINDINGS = {"D0-24": "slow_bot", "D0-36": "boastful_bot", "D0-27": "late_records", "D0-29": "many_agents"}
PLANTED = {
    "hidden_wait": "slow_bot",
    "claimed_bot": "boastful_bot",
    "late_records": "late_records",
    "many_agents": "many_agents",
    "empty_night": "empty_night",
    "one_wave": "delivery_wave",
    "gamed_clock": "gamed_clock",
    "broken_promise": "gamed_clock",
    "angry_last": "angry_last",
}
"""Sign -> what the truth calls the plant it should find."""


@pytest.mark.parametrize("world", ["drawn", "second"])
def test_what_was_planted_is_found_where_it_is(request, published, world):
    """Under two seeds the tables name the platforms and the month that the truth does."""
    edition, cleaned, truth = request.getfixturevalue(world)
    empty = dict.fromkeys(("ranking", "dimensions", "indicators", "category_indicators"), pd.DataFrame())
    of, planted = evidence_of(edition, cleaned, empty), truth["planted"]["findings"]
    found = planted_frame(published, of).set_index("id")
    assert {row: found.loc[row, "entity"] for row in FINDINGS} == {row: planted[key] for row, key in FINDINGS.items()}
    assert found.loc["D0-27", "month"] == planted["incident"]
    assert found.loc[["D0-26", "D0-27"], "value"].to_list() == pytest.approx([48, 120], abs=4)
    signs = signs_frame(of).set_index("sign")
    assert signs["entity"].to_dict() == {sign: planted[key] for sign, key in PLANTED.items()}


def test_two_seeds_plant_at_other_places(drawn, second):
    """What the table finds under one seed cannot be what it knows from the other."""
    places = [truth["planted"]["findings"] for _, _, truth in (drawn, second)]
    assert sum(places[0][key] != places[1][key] for key in set(PLANTED.values())) >= 4
    assert places[0]["incident"] != places[1]["incident"]


def test_told_and_logged_times_meet_at_the_ticket(drawn):
    """Every answer with a key finds its ticket at the same platform; people remember waits within a half."""
    _, cleaned, _ = drawn
    claims = claims_frame(cleaned["survey"], cleaned["tickets"])
    named = cleaned["survey"].dropna(subset=["ticket_key"]).set_index("ticket_key")["entity"]
    assert len(claims) > 500
    assert (claims["entity"].to_numpy() == named[claims["ticket_key"]].to_numpy()).all()
    known = claims[(claims["human_wait_min"] > 5) & claims["waited_min"].notna()]
    ratio = (known["waited_min"] / known["human_wait_min"]).astype(float)
    assert ratio.median() == pytest.approx(1, abs=0.05)
    assert ratio.between(0.5, 1.6).mean() > 0.97


def test_a_contradiction_needs_a_promise_the_ticket_kept():
    """Promised 24 h: closed after 23 and told 72 is one, closed after 30 is none, and neither is told 20."""
    keys = ["a", "b", "c"]
    answers = pd.DataFrame(
        {"ticket_key": keys, "promised_h": [24, 24, 24], "solved_h": [72.0, 72.0, 20.0], "waited_min": [1, 1, 1]}
    )
    contacts = pd.DataFrame(
        {"ticket_key": keys, "entity": "A", "close_h": [23.0, 30.0, 23.0], "human_wait_min": [1.0, 1.0, 1.0]}
    )
    assert list(claims_frame(answers, contacts)["contradicts"]) == [True, False, False]


def test_the_incident_is_in_the_records_and_not_in_the_score(evidence, drawn):
    """Recorded refunds take more than twice as long in that month; refund arrival (S5) is that of the truth."""
    found, truth = late_records(evidence), drawn[2]
    assert found["D0-27"].value > 2 * found["D0-26"].value
    own = evidence.indicators[evidence.indicators["indicator"] == "S5"].set_index("entity")["value"]
    assert own[found["D0-27"].entity] == pytest.approx(truth["values"][found["D0-27"].entity]["S5"], abs=4)
