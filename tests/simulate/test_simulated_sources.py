"""The sources beside tickets and the consumer survey: what is known of each shows in its rows."""

import itertools

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from evalcore.simulate.leaks import leak
from evalcore.simulate.ledger import PLAN_DAYS
from evalcore.simulate.maternal.groups import INDEX, INDICES, LEVELS, PER_LEVEL, SHARES, YEARLY_RISE, Groups
from evalcore.simulate.reviews.wordings import wordings
from evalcore.streams import stream


@pytest.fixture(scope="module")
def groups():
    """The groups of the maternal survey, as published."""
    return Groups()


@pytest.mark.parametrize("factor", list(SHARES))
def test_every_group_of_the_maternal_survey_expects_its_published_index(groups, factor):
    """All published means at once, within a tenth of a point, and the shares of the levels with them."""
    levels = groups.levels_of(factor)
    np.testing.assert_allclose(levels @ LEVELS * PER_LEVEL, list(INDICES[factor].values()), atol=0.1)
    np.testing.assert_allclose(np.array(list(SHARES[factor].values())) @ levels, groups.shares, atol=0.002)


def test_the_overall_index_is_the_published_one_and_lower_the_year_before():
    """23.6, 42.1, 21.8 and 12.5 percent at 5, 4, 2 and 1 are 68.5 points; the year before has 2.8 less."""
    assert pytest.approx(68.5, abs=0.05) == INDEX
    before = Groups(-YEARLY_RISE)
    assert before.shares @ LEVELS * PER_LEVEL == pytest.approx(INDEX - YEARLY_RISE)


def test_nobody_gives_a_neutral_answer(demo_world):
    """The scale of the overall question has no middle; the other questions have one."""
    frame = demo_world.frames["maternal_survey"]
    assert set(frame["csi"]) == {1, 2, 4, 5}
    assert 3 in set(frame["empathy_1"])


def test_brand_stores_are_no_platform(demo_world, demo):
    """Rows of a brand store name no platform; the others name one of their size that sells the category."""
    frame = demo_world.frames["maternal_survey"]
    assert frame.loc[frame["store"] == "brand", "platform"].isna().all()
    sells = {e.id: e.size for e in demo.entities if "maternal" in e.categories}
    others = frame[frame["store"] != "brand"]
    assert (others["platform"].map(sells) == others["store"]).all()


def test_questions_are_blank_where_they_were_not_asked(demo_world):
    """Guidance is asked of the first year, a channel of their own of repeat buyers, steps of those who returned."""
    frame = demo_world.frames["maternal_survey"]
    assert (frame["wants_guidance"].notna() == (frame["stage"] == "0-1")).all()
    assert (frame["wants_channel"].notna() == (frame["buyer"] == "repeat")).all()
    assert (frame["return_steps"].notna() == (frame["contact"] == "return")).all()


def test_the_same_need_is_not_named_twice(demo_world):
    """Three needs in the order of their importance."""
    named = demo_world.frames["maternal_survey"][["need_first", "need_second", "need_third"]]
    assert (named.nunique(axis=1) == 3).all()


def test_only_who_met_the_bot_can_be_kept_in_its_loop(demo_world):
    """And those whose problem it could not handle are kept more often; the dropped had been answered by a human."""
    frame = demo_world.frames["monitoring"]
    assert (frame["bot_loop"].notna() == frame["bot_handled"].notna()).all()
    looped = frame["bot_loop"].astype(float).groupby(frame["bot_handled"].astype("string")).mean()
    assert looped["False"] > looped["True"] + 0.2
    assert frame.loc[frame["transfer_dropped"].notna(), "waited_min"].notna().all()


def test_no_wording_of_reviews_is_in_two_splits():
    """Nor inside a wording of another split: what is learned by heart is of no use."""
    clauses = wordings()["clauses"]
    by_split = {
        split: {text for by in clauses.values() for texts in by[split].values() for text in texts}
        for split in ("train", "test", "field")
    }
    for one, other in itertools.permutations(by_split, 2):
        assert not [(a, b) for a in by_split[one] for b in by_split[other] if a in b]


def test_labels_of_reviews_are_those_of_their_wordings(demo_world):
    """A labelled text holds a clause of its aspect, sentiment and split; the rest carries no label."""
    frame, clauses = demo_world.frames["reviews"], wordings()["clauses"]
    known = frame[frame["split"] != "field"]
    assert frame.loc[frame["split"] == "field", ["aspect", "sentiment", "aspect_2"]].isna().all(axis=None)
    for row in known.head(300).itertuples():
        stems = [t.split("{")[0] or t.split("}")[-1] for t in clauses[row.aspect][row.split][row.sentiment]]
        assert any(stem in row.text for stem in stems), row


def test_users_praise_better_platforms_more(demo_world):
    """Stars follow the truth: over platforms they correlate with the composite."""
    frame = demo_world.frames["reviews"]
    stars = frame.groupby("platform")["stars"].mean()
    assert stars.corr(pd.Series(demo_world.truth["composite"])) > 0.3


def test_coders_agree_as_stated_on_the_part_coded_twice(demo_world):
    """Kappa over 0.8 on about 30 percent of the talks; a talk is coded twice as a whole."""
    frame = demo_world.frames["interviews"]
    twice = frame["code_b"].notna().groupby(frame["talk"]).mean()
    assert set(twice) == {0.0, 1.0}
    assert twice.mean() == pytest.approx(0.3, abs=0.02)
    both = frame.dropna(subset=["code_b"])
    assert cohen_kappa_score(both["code_a"], both["code_b"]) > 0.8
    assert frame.groupby("talk")["consent"].nunique().max() == 1


def test_companies_are_those_of_the_documents(demo_world, demo):
    """20 platforms, 30 brands, 10 providers; the evaluated platforms are among them once each."""
    frame = demo_world.frames["capability"]
    assert frame["kind"].value_counts().to_dict() == {"platform": 20, "brand": 30, "provider": 10}
    assert sorted(frame["platform"].dropna()) == sorted(e.id for e in demo.entities)
    planted = demo_world.truth["planted"]["findings"]["many_agents"]
    assert frame.set_index("platform")["users_per_agent"].idxmin() == planted


def test_policies_are_as_many_as_their_share_allows(demo_world):
    """Of eleven platforms that sell maternal goods three have a compensation standard and one a single policy."""
    own = demo_world.frames["policies"].query("category == 'maternal'")
    assert len(own) == 11
    assert [int(own[p].sum()) for p in ("compensation_standard", "one_policy", "free_pickup")] == [3, 1, 4]


def test_accounts_add_up(demo_world):
    """Returns and buyers are no more than orders; freight by area is for a part of the returns."""
    frame = demo_world.frames["accounts"]
    wide = frame.pivot_table(index=["platform", "category", "period"], columns=["item", "area"], values="amount")
    assert (wide["returns", "all"] <= wide["orders", "all"]).all()
    assert (wide["bought_again", "all"] <= wide["buyers", "all"]).all()
    assert (wide["returns", "tier-1"] + wide["returns", "county"] <= wide["returns", "all"]).all()


def test_the_ledger_tells_each_case_in_order(demo_world):
    """Notice, plan, check; a plan is due in 30 days, a few come later, and refusals are not checked."""
    frame = demo_world.frames["ledger"]
    assert frame["at"].is_monotonic_increasing
    events = frame.groupby("case")["event"].agg(list)
    assert set(map(tuple, events)) <= {("notice", "plan", "check"), ("notice", "plan")}
    notice = frame[frame["event"] == "notice"]
    assert ((notice["due"] - notice["at"]).dt.days == PLAN_DAYS).all()
    plan = frame[frame["event"] == "plan"]
    assert 0 < (plan["at"] > plan["due"]).mean() < 0.4


def test_leaks_are_told_with_their_values():
    """What is said to be private stands in the text, so that it can be searched for by value."""
    rng = stream(1, "leaks")
    for text, values in (leak(rng) for _ in range(200)):
        assert values
        assert all(value in text for value in values)
