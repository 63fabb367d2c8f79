"""A world: every source of an edition, drawn from one truth."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError, say
from evalcore.simulate.accounts import draw_accounts
from evalcore.simulate.audit import draw_compliance
from evalcore.simulate.capability import draw_capability
from evalcore.simulate.cases import draw_expert_cases
from evalcore.simulate.claims import with_claims
from evalcore.simulate.interviews import draw_interviews
from evalcore.simulate.ledger import draw_ledger
from evalcore.simulate.maternal import draw_maternal
from evalcore.simulate.monitoring import draw_monitoring
from evalcore.simulate.panel import draw_experts, draw_mystery
from evalcore.simulate.policies import draw_policies
from evalcore.simulate.reports import draw_platform_reports, draw_third_party
from evalcore.simulate.reviews import draw_reviews
from evalcore.simulate.survey import draw_survey
from evalcore.simulate.targets import CATEGORY_SHARES, DIMENSIONS, PLATFORMS, PROFILES, TILTS
from evalcore.simulate.tickets import draw_tickets
from evalcore.simulate.truth import Truth, describe, draw_truth
from evalcore.simulate.visits import draw_visits
from evalcore.streams import stream


@dataclass(frozen=True)
class World:
    """One simulated year.

    Attributes
    ----------
    frames : dict of str to DataFrame
        Source -> rows as the edition's contract names them, dirt included.
    truth : dict
        Plain values: what was true, and what was planted where.
    """

    frames: dict[str, pd.DataFrame]
    truth: dict


DRAWS: dict[str, Callable[[Truth, np.random.Generator], pd.DataFrame]] = {
    "tickets": draw_tickets,
    "survey": draw_survey,
    "platform_reports": draw_platform_reports,
    "experts": draw_experts,
    "mystery": draw_mystery,
    "compliance": draw_compliance,
    "third_party": draw_third_party,
    "maternal_survey": draw_maternal,
    "monitoring": draw_monitoring,
    "reviews": draw_reviews,
    "interviews": draw_interviews,
    "capability": draw_capability,
    "policies": draw_policies,
    "accounts": draw_accounts,
    "ledger": draw_ledger,
    "visits": draw_visits,
    "expert_cases": draw_expert_cases,
}
"""Source -> the function that draws it from its own stream."""


def simulate(edition: Edition) -> World:
    """Draw every source of a simulated edition; the same edition gives the same world.

    Raises
    ------
    EvalcoreError
        The edition is not a simulated one, or holds something the demonstration world does not know.
    """
    _require_known(edition)
    truth = draw_truth(edition)
    frames = {name: _draw(name, truth) for name in drawn(edition)}
    if {"survey", "tickets"} <= set(frames):
        frames["survey"] = with_claims(frames["survey"], frames["tickets"], truth)
    return World(frames, describe(truth))


def drawn(edition: Edition) -> list[str]:
    """The sources that are drawn: all but references, which others published."""
    return [name for name, source in edition.sources.items() if not source.reference]


def _draw(name: str, truth: Truth) -> pd.DataFrame:
    frame = DRAWS[name](truth, stream(truth.edition.simulation.seed, name))
    absent = [e.id for e in truth.edition.entities if name in e.absent_from]
    kept = frame[~frame["platform"].isin(absent)] if absent else frame
    return kept[list(truth.edition.sources[name].columns)].reset_index(drop=True)


def _require_known(edition: Edition) -> None:
    place = f"{edition.name}.yml"
    if edition.simulation is None:
        raise EvalcoreError(say(place, "is not a simulated edition", remedy="give `simulation: {seed, volume}`"))
    sizes, types = {e.size for e in edition.entities}, {e.type for e in edition.entities}
    indicators = {i.id for i in edition.framework.indicators}
    known = set(PROFILES["head"])
    checks = {
        "sources": (set(drawn(edition)), set(DRAWS)),
        "sizes": (sizes, set(PLATFORMS)),
        "types": (types, set(TILTS)),
        "categories": ({c.id for c in edition.categories}, set(CATEGORY_SHARES)),
        "framework.dimensions": (set(edition.dimensions), set(DIMENSIONS)),
        "framework.indicators": (indicators ^ known, set()),
        "entities without categories": ({e.id for e in edition.entities if not e.categories}, set()),
    }
    for key, (used, allowed) in checks.items():
        if used - allowed:
            names = ", ".join(sorted(used - allowed))
            raise EvalcoreError(
                say(f"{place}: {key}", f"the simulator does not know {names}", ", ".join(sorted(allowed or known)))
            )
