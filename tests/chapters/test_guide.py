"""The consumer's guide: leaders with their ties, and counted policies."""

import pandas as pd
import pytest
from test_robustness import cells, small

from evalcore.chapters import guide
from evalcore.score.stage import score_edition
from evalcore.tables import guide as tables
from evalcore.words import LANGUAGES, Words, shared_words

__all__ = ["cells", "small"]


@pytest.fixture
def scores(cells, small):
    """Index of the year and of each category."""
    return guide.guide_scores(cells, None, score_edition(cells, None, small)["ranking"], small)


def test_leader_of_an_indicator_has_the_highest_score(cells, scores, small):
    """The first name is the best one of the score frames; the rest of its group follows."""
    concerns = guide.concerns_frame(scores, small).set_index("indicator")
    frame = score_edition(cells, None, small)["indicators"]
    for indicator, own in frame.dropna(subset=["score"]).groupby("indicator"):
        best = own.loc[own["score"].idxmax(), "entity"]
        assert concerns.loc[indicator, "leading"].split()[0] == best
        assert concerns.loc[indicator, "compared"] == len(own)


def test_shops_that_cannot_be_told_apart_stand_together(scores, small):
    """With the same draws for everybody nobody leads alone."""
    same = scores.year.copy(deep=True)
    same["score"][:] = same["score"].to_numpy()[:, :1]
    found = guide.concerns_frame(guide.Scores(same, scores.category), small)
    measured = found[found["compared"] == 2]
    assert (measured["leading"].str.split().str.len() == 2).all()
    assert len(measured) > 0


def test_policies_are_counted_by_category(small):
    """Two policies for the first category, none for others: days as a range, promises as counts."""
    first = small.categories[0].id
    policies = pd.DataFrame(
        {
            "category": [first, first],
            "no_reason_days": [7, 15],
            "freight_payer": ["user", "platform"],
            "opened_goods_returnable": [True, True],
            "free_pickup": [False, True],
            "repair_prices_shown": [False, False],
            "night_hours": [True, False],
        }
    )
    [row] = guide.policies_frame(policies, small).to_dict("records")
    told = {"group": first, "policies": 2, "days_low": 7, "days_high": 15, "user_pays": 1}
    assert row == told | {"opened": 2, "pickup": 1, "prices": 0, "night": 1}


def test_guide_without_policies_still_prints(scores, small):
    """What nobody collected is a row of dashes, not an error."""
    columns = ["category", "no_reason_days", *(column for column, _ in guide.POLICIES.values())]
    nothing = guide.policies_frame(pd.DataFrame(columns=columns), small)
    for lang in LANGUAGES:
        assert (
            tables.make_policies(nothing, Words(lang, "guide-policies", small)).rows[0][1] == shared_words(lang)["none"]
        )
        frame = guide.categories_frame(scores, small)
        assert len(tables.make_categories(frame, Words(lang, "guide-categories", small)).rows) == len(small.categories)
