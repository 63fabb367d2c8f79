"""Reports, third-party complaints and the audit add up to the truth."""

import numpy as np
import pandas as pd
import pytest


def _pooled(frame, item):
    rows = frame[frame["item"] == item].groupby("platform")[["numerator", "denominator"]].sum()
    return rows["numerator"] / rows["denominator"]


def _true(world, indicator):
    return pd.Series({p: values[indicator] for p, values in world.truth["values"].items()}, dtype=float).dropna()


def test_reported_figures_recover_the_truth(demo_world):
    """Calls within sampling error, channels exactly, districts within one of thousands."""
    reports = demo_world.frames["platform_reports"]
    np.testing.assert_allclose(_pooled(reports, "channels"), _true(demo_world, "R3"), atol=1e-9)
    np.testing.assert_allclose(100 * _pooled(reports, "phone_answered"), _true(demo_world, "R2"), atol=0.35)
    covered = 100 * _pooled(reports, "onsite_repair")
    np.testing.assert_allclose(covered, _true(demo_world, "A1")[covered.index], atol=0.1)


def test_the_miniature_leaves_a_scored_item_unreported(mini_world):
    """Its last small-mid platform does not report the phone, and nothing else is missing."""
    reports = mini_world.frames["platform_reports"]
    assert mini_world.truth["planted"]["unreported"] == [["B", "phone_answered"]]
    assert set(reports.loc[reports["item"] == "phone_answered", "platform"]) == {"A", "C"}
    assert set(reports.loc[reports["item"] == "channels", "platform"]) == {"A", "B", "C"}


def test_one_seller_of_appliances_leaves_repair_coverage_unreported(demo, demo_world):
    """On-site repair is reported by every seller of appliances but the planted small-mid one."""
    [[platform, item]] = demo_world.truth["planted"]["unreported"]
    sellers = {e.id for e in demo.entities if "appliances" in e.categories}
    reports = demo_world.frames["platform_reports"]
    assert item == "onsite_repair"
    assert set(reports.loc[reports["item"] == item, "platform"]) == sellers - {platform}
    assert set(reports.loc[reports["item"] == item, "category"]) == {"appliances"}


@pytest.mark.parametrize("indicator", ["C1", "C3"])
def test_the_audit_counts_what_is_there(demo_world, indicator):
    """The share of items met is the true one, to within one item."""
    rows = demo_world.frames["compliance"]
    met = rows[rows["indicator"] == indicator].groupby("platform")["met"].agg(["sum", "size"])
    true = _true(demo_world, indicator)[met.index] / 100
    assert (met["sum"] - true * met["size"]).abs().max() <= 1 + 1e-6


def test_the_audit_makes_up_for_third_party_complaints(demo_world):
    """C2 after the deduction (1 point per 10 upheld complaints per million orders) is the true value."""
    rows = demo_world.frames["compliance"]
    met = rows[rows["indicator"] == "C2"].groupby("platform")["met"].agg(["mean", "size"])
    counts = demo_world.frames["third_party"].groupby("platform")[["upheld", "orders"]].sum()
    after = 100 * met["mean"] - counts["upheld"] / counts["orders"] * 1e6 / 10
    one_item = 100 / met["size"]
    assert ((after - _true(demo_world, "C2")).abs() < one_item + 1).all()


def test_unfair_terms_are_found_at_the_planted_platforms_only(demo_world):
    """An item of C3 is missed exactly where the truth says so."""
    rows = demo_world.frames["compliance"]
    missed = rows[(rows["indicator"] == "C3") & ~rows["met"]]
    assert sorted(set(missed["platform"])) == demo_world.truth["planted"]["unfair_terms"]
