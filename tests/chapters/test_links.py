"""The five links: shares of visits by hand, and what is said of half."""

import pandas as pd
import pytest

from evalcore.chapters.links import link_numbers, links_frame
from evalcore.chapters.visits import LINKS
from evalcore.edition import Edition


def visits_of(met: dict[str, list[float]], items: tuple[str, ...]) -> pd.DataFrame:
    """Visits of entities; both items are met, none, or one of two."""
    rows = [(entity, share > 0, share == 1) for entity, shares in met.items() for share in shares]
    frame = pd.DataFrame(rows, columns=["entity", *items])
    others = {item: True for own in LINKS.values() for item in own if item not in items}
    return frame.assign(**others).astype({item: "boolean" for own in LINKS.values() for item in own})


def test_a_visit_counts_with_the_share_of_items_it_met(mini_edition: Edition) -> None:
    """A met both, one and one of two: 2/3 of them."""
    found = links_frame(visits_of({"A": [1, 0.5, 0.5]}, LINKS["triage"]), mini_edition).set_index(["link", "entity"])
    assert found.loc[("triage", "A"), "value"] == pytest.approx(200 / 3)
    assert found.loc[("access", "all"), "value"] == 100


def test_items_nobody_could_judge_count_for_nothing(mini_edition: Edition) -> None:
    """Without a human one item is blank: the visit counts with the other."""
    frame = visits_of({"A": [1, 1, 1]}, LINKS["priority"])
    frame.loc[0, LINKS["priority"][0]] = pd.NA
    found = links_frame(frame, mini_edition).set_index(["link", "entity"])
    assert found.loc[("priority", "A"), "value"] == 100


def test_half_is_passed_with_the_whole_interval(mini_edition: Edition) -> None:
    """A always, B never, C one of two and mixed: one above, one below, one open."""
    met = {"A": [1, 1, 1, 0.5] * 5, "B": [0, 0, 0, 0.5] * 5, "C": [0, 1, 0.5, 0.5] * 5}
    found = links_frame(visits_of(met, LINKS["feedback"]), mini_edition)
    own = found[(found["link"] == "feedback") & (found["entity"] == "all")].iloc[0]
    assert (own["above"], own["below"], own["open"]) == (1, 1, 1)
    assert link_numbers(found)["process.link.feedback.below"].value == 1
