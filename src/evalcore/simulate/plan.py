"""What is planted: unfair terms, experts who judge differently, items left unreported."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.edition import Edition
from evalcore.simulate.scale import points_of, value_of
from evalcore.simulate.targets import EXPERTS, FIRST_CONTACT_ENDS, PROFILES, UNFAIR_PLATFORMS, UNFAIR_POINTS
from evalcore.streams import stream

MINIATURE = 5
"""Below so many platforms an unreported item is one of the scored ones, so that the miniature shows bounds."""


@dataclass(frozen=True)
class Plan:
    """Planted things by platform or expert; every one is drawn from the truth's own streams."""

    unfair: tuple[str, ...]
    severe: str
    lenient: str
    conflict: tuple[str, str]
    unreported: tuple[tuple[str, str], ...]


def draw_plan(edition: Edition, dimensions: pd.DataFrame) -> Plan:
    """Who gets what, from the stream `truth/plan`."""
    rng = stream(edition.simulation.seed, "truth/plan")
    number = max(1, round(UNFAIR_PLATFORMS * len(dimensions)))
    lower_half = dimensions["C"].sort_values().index[: max(number, len(dimensions) // 2)]
    unfair = rng.choice(lower_half.to_numpy(dtype=object), number, replace=False)
    severe, lenient, conflicted = rng.permutation(expert_ids())[:3]
    platform = rng.choice(dimensions.index.to_numpy(dtype=object))
    return Plan(
        tuple(sorted(unfair)), str(severe), str(lenient), (str(conflicted), str(platform)), unreported_items(edition)
    )


def expert_ids() -> list[str]:
    """The members of the panel."""
    return [f"E{number:02d}" for number in range(1, EXPERTS + 1)]


def unreported_items(edition: Edition) -> tuple[tuple[str, str], ...]:
    """(platform, item) that a small-mid platform leaves out of its reports."""
    small = [e for e in edition.entities if e.size == "small-mid"]
    if len(edition.entities) < MINIATURE:
        return tuple((e.id, "phone_answered") for e in small[-1:])
    return tuple((e.id, "onsite_repair") for e in [e for e in small if "appliances" in e.categories][-1:])


def pinned_points(edition: Edition, plan: Plan) -> pd.DataFrame:
    """Points fixed before the others are drawn: no unfair terms (C3), and channels (R3), which are whole numbers."""
    ids = [e.id for e in edition.entities]
    unfair_terms = np.where(np.isin(ids, plan.unfair), UNFAIR_POINTS, 100.0)
    return pd.DataFrame({"C3": unfair_terms, "R3": _channel_points(edition)}, index=ids)


def pinned_ends(edition: Edition, dimensions: pd.DataFrame, taken: pd.Index) -> pd.DataFrame:
    """R4 of the first and the last of two groups, by their response; platforms in `taken` are passed over."""
    pinned = pd.DataFrame(np.nan, index=dimensions.index, columns=["R4"])
    goalposts = edition.indicators["R4"].goalposts
    for (size, type_), value in FIRST_CONTACT_ENDS.items():
        group = [e.id for e in edition.entities if (e.size, e.type) == (size, type_) and e.id not in taken]
        if group and len(dimensions) >= MINIATURE:
            order = dimensions.loc[group, "R"].sort_values().index
            pinned.loc[order[-1 if size == "head" else 0], "R4"] = points_of(value, goalposts)
    return pinned


def _channel_points(edition: Edition) -> np.ndarray:
    """R3 drawn around its profile, on a mean of whole monthly counts."""
    goalposts = edition.indicators["R3"].goalposts
    rng = stream(edition.simulation.platforms, "truth/channels")
    wanted = np.array([PROFILES[e.size]["R3"] for e in edition.entities]) + rng.normal(0, 4, len(edition.entities))
    months = sum(period_months(edition))
    return points_of(np.round(value_of(wanted, goalposts) * months) / months, goalposts)


def period_months(edition: Edition) -> list[int]:
    """Months in each period."""
    return [(p.last.year - p.first.year) * 12 + p.last.month - p.first.month + 1 for p in edition.periods]
