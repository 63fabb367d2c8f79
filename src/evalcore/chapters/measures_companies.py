"""How this edition measures what was published of companies, policies, accounts, bots and repairs."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from evalcore.chapters.evidence import Evidence, Finding, by_entity, mean_of

MATERNAL = "maternal"
SATISFIED = 4
TEN_POINTS = 10.0


def monitored(of: Evidence, column: str) -> Finding:
    """Share of yes in the monitoring survey, mean over entities, percent."""
    own = of.sources["monitoring"]
    return _percent(by_entity(own[column], own["entity"]))


def surveyed(of: Evidence, column: str, kind: str | None = None, size: str | None = None) -> Finding:
    """Mean of a figure over companies of the capability survey, as a sample of their kind."""
    own = of.sources["capability"]
    own = own[own["kind"] == kind] if kind else own
    values = (own if size is None else own[own["size"] == size])[column].dropna().to_numpy(float)
    return Finding(float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values))))


def having(of: Evidence, column: str, kind: str | None = None) -> Finding:
    """Share of companies that say yes, percent; with the number of companies, as only so many shares can occur."""
    own = of.sources["capability"]
    yes = (own[own["kind"] == kind] if kind else own)[column].to_numpy(float)
    share = yes.mean()
    return Finding(float(100 * share), float(100 * np.sqrt(share * (1 - share) / len(yes))), len(yes))


def promising(of: Evidence, policy: str, category: str = MATERNAL) -> Finding:
    """Share of the entities selling a category that have a policy, percent: a census, without sampling error."""
    own = of.sources["policies"]
    has = own.loc[own["category"] == category, policy].to_numpy(float)
    return Finding(float(100 * has.mean()), 0.0, len(has))


def ratio(
    of: Evidence, numerator: str | list[str], denominator: str | list[str], category: str | None = None,
    area: str = "all", factor: float = 100.0,
) -> Finding:  # fmt: skip
    """One item of the accounts over another, mean weighted by the denominator; error between entities."""
    own = of.sources["accounts"]
    own = own[(own["area"] == area) & (own["category"] == (category or own["category"]))]
    above, below = (_sums(own, items) for items in (numerator, denominator))
    value = above.sum() / below.sum()
    error = np.sqrt(np.square(above - value * below).sum() * len(below) / max(len(below) - 1, 1)) / below.sum()
    return Finding(float(factor * value), float(factor * error))


def repurchase_gain(of: Evidence) -> Finding:
    """Relative growth of repurchase for ten points of the composite: log-linear over entities, percent."""
    own = of.sources["accounts"]
    again, buyers = _sums(own, "bought_again"), _sums(own, "buyers")
    rated = of.ranking[of.ranking["rated"]].set_index("entity")["low"].astype(float)
    y = np.log(again / buyers)[rated.index].to_numpy(float)
    x = (rated - rated.mean()).to_numpy()
    slope = (x * y).sum() / np.square(x).sum()
    residual = y - y.mean() - slope * x
    error = np.sqrt(np.square(residual).sum() / max(len(x) - 2, 1) / np.square(x).sum())
    growth = np.exp(TEN_POINTS * slope)
    return Finding(float(100 * (growth - 1)), float(100 * TEN_POINTS * growth * error))


def repairs(of: Evidence, column: str, value: str, again: bool, size: str | None = None) -> Finding:
    """Share of repairs of a kind that had to be done again (or not), mean over entities, percent."""
    known = of.contacts["repeat_repair_30d"].notna() & (of.contacts[column] == value).fillna(False)
    own = of.contacts[known & of.contacts["entity"].isin(of.entities(size))]
    return _percent(by_entity(own["repeat_repair_30d"].astype(bool) == again, own["entity"]))


def satisfied_with_repair(of: Evidence) -> Finding:
    """Share rating 4 or 5 among respondents whose goods were repaired, mean over entities, percent."""
    own = of.answers[of.answers["repaired"].fillna(False).astype(bool)]
    return _percent(by_entity(own["csat"] >= SATISFIED, own["entity"]))


def _sums(own: pd.DataFrame, items: str | list[str]) -> pd.Series:
    wanted = own[own["item"].isin([items] if isinstance(items, str) else items)]
    return wanted.groupby("entity")["amount"].sum().astype(float)


def _percent(found: pd.DataFrame) -> Finding:
    overall = mean_of(found["value"], found["error"])
    return Finding(100 * overall.value, 100 * overall.error)


_COSTS = ["staff", "technology", "logistics", "compensation"]
Measured = tuple[str, Callable[[Evidence], Finding]]

COMPANIES: dict[str, Measured] = {
    "D0-14": ("tickets", partial(repairs, column="repairer", value="third_party", again=True)),
    "D0-19": ("survey", satisfied_with_repair),
    "D0-22": ("tickets", partial(repairs, column="price_band", value="high", again=False, size="head")),
    "D0-28": ("accounts", repurchase_gain),
    "D3-25": ("monitoring", partial(monitored, column="professional")),
    "D3-34": ("monitoring", partial(monitored, column="bot_understood")),
    "D3-39": ("capability", partial(having, column="scripts_only", kind="platform")),
    "D4-30": ("policies", partial(promising, policy="compensation_standard")),
    "D4-56": ("accounts", partial(ratio, numerator=_COSTS, denominator="revenue", category=MATERNAL)),
    "D4-57": ("accounts", partial(ratio, numerator=_COSTS, denominator="revenue")),
    **{
        f"D4-{number}": ("accounts", partial(ratio, numerator=item, denominator=_COSTS))
        for number, item in enumerate(_COSTS, start=58)
    },
    "D4-64": ("accounts", partial(ratio, numerator="return_freight", denominator="returns", area="tier-1", factor=1e3)),
    "D4-65": ("accounts", partial(ratio, numerator="return_freight", denominator="returns", area="county", factor=1e3)),
    "D4-79": ("policies", partial(promising, policy="free_pickup")),
    "D4-81": ("policies", partial(promising, policy="one_policy")),
    "D4-86": ("policies", partial(promising, policy="repair_in_24h")),
    "D4-87": ("policies", partial(promising, policy="sends_knowledge")),
    "D4-102": ("accounts", partial(ratio, numerator="damaged", denominator="orders", category=MATERNAL)),
    "D4-104": ("accounts", partial(ratio, numerator="returns", denominator="orders", category=MATERNAL)),
    "D4-105": ("capability", partial(surveyed, column="users_per_agent")),
    "D4-107": ("capability", partial(having, column="bot_simple", kind="platform")),
    "D4-108": ("capability", partial(surveyed, column="bot_accuracy")),
    "D4-109": ("capability", partial(having, column="ticket_system", kind="platform")),
    "D4-110": ("capability", partial(surveyed, column="outsourced", kind="platform", size="small-mid")),
    "D4-111": ("capability", partial(having, column="kpi_speed")),
    "D4-116": ("capability", partial(surveyed, column="proactive")),
}
"""Row of the published figures -> the source it is measured in, and how."""
