"""Chapter 16, second part: the rectification ledger, what was asked, planned and seen afterwards, and what follows."""

import numpy as np
import pandas as pd
from scipy.stats import norm

from evalcore.compare import read_results
from evalcore.compare.bridge import rescored
from evalcore.compare.results import standard_error
from evalcore.edition import Edition
from evalcore.indicators.cells import SUMS
from evalcore.indicators.estimate import point
from evalcore.words import Number

PLAN_DAYS = 30
"""Days from the notice within which a plan is due (evaluation-system.md, chapter 16)."""
COLUMNS = ["entity", "case", "indicator", "measure", "notice", "plan_days", "overdue", "status", "before", "after"]
IMPROVED = 0.8
"""Probability from which on an effect is called an improvement."""


WIDE = 1e9
"""Variance between entities where there is only one: its value is drawn to nobody else's."""


def cases_frame(ledger: pd.DataFrame, cells: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """A row per case: `COLUMNS`, and `expected` and `improved`, what lay behind `before` and P(improved).

    Parameters
    ----------
    ledger : DataFrame
        Cleaned entries: case, at, event (notice, plan, check), due, status, value.
    cells : DataFrame
        As `evalcore.schema.CELLS`: they say how exact a quarter's value is and how far entities differ.

    Notes
    -----
    Who is asked to mend was chosen for a low value, part of which is chance. With the variance t^2 between entities and
    the error variance s^2 of a quarter's value, what lay behind the value at the notice is expected at
    m + (before - m) t^2 / (t^2 + s^2); `improved` is the probability that the value behind the check is better.
    """
    cases = ledger.sort_values("entry").groupby("case", sort=True)
    rows = [
        _case(case, own, ledger["at"].max()) for case, own in cases if own["indicator"].iloc[0] in edition.indicators
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    spread = {i: _spread(cells, i, edition) for i in frame["indicator"].unique()}
    effects = [_effect(row, spread[row.indicator], edition) for row in frame.itertuples()]
    return frame.assign(expected=[e for e, _ in effects], improved=[p for _, p in effects])


def _case(case: str, own: pd.DataFrame, last: pd.Timestamp) -> tuple:
    first = own.iloc[0]
    at = own.drop_duplicates("event", keep="last").set_index("event")["at"]
    planned = at.get("plan", pd.NaT)
    overdue = bool((planned if pd.notna(planned) else last) > first["due"])
    checked = own.loc[own["event"] == "check", "value"]
    after = float(checked.iloc[-1]) if len(checked) else np.nan
    days = (planned - first["at"]).days if pd.notna(planned) else np.nan
    known = (first["entity"], case, first["indicator"], first["measure"], first["at"])
    return *known, days, overdue, own["status"].iloc[-1], float(first["value"]), after


def _spread(cells: pd.DataFrame, indicator: str, edition: Edition) -> tuple[float, float, float]:
    """Mean over entities, variance between them, and the error variance of one quarter's value."""
    measure = edition.indicators[indicator].measure
    own = cells[(cells["indicator"] == indicator) & (cells["part"] == 0)]
    factor = edition.indicators[indicator].factor
    year = factor * point(own.groupby("entity")[SUMS].sum())
    quarter = factor * standard_error(own.groupby(["entity", "period"])[SUMS].sum(), measure)
    error = float(np.mean(quarter**2))
    if len(year) < 2:
        return float(year.mean()), WIDE, error
    return float(year.mean()), max(float(year.var(ddof=1)) - error / own["period"].nunique(), 1e-9), error


def _effect(row: object, spread: tuple[float, float, float], edition: Edition) -> tuple[float, float]:
    mean, between, error = spread
    own = between / (between + error)
    expected = mean + own * (row.before - mean)
    if np.isnan(row.after):
        return expected, np.nan
    direction = edition.indicators[row.indicator].goalposts.direction
    behind = mean + own * (row.after - mean)
    sd = np.sqrt(2 * own * error)
    return expected, float(norm.cdf(direction * (behind - expected) / sd)) if sd > 0 else float(behind > expected)


def last_of(stored: dict | None) -> str | None:
    """Who had the lowest composite in the year of some stored results."""
    if stored is None:
        return None
    data = read_results(stored)
    entities = [entity.id for entity in data.edition.entities if not entity.pooled]
    index = rescored(data, data.edition, entities, frozenset())
    return entities[int(index["composite_low"].to_numpy()[0, :, 0].argmin())]


def last_ranked(ranking: pd.DataFrame) -> str | None:
    """Who has the lowest composite of those that are ranked."""
    rated = ranking[ranking["rated"]]
    return None if rated.empty else str(rated.loc[rated["low"].idxmin(), "entity"])


def steps_frame(cases: pd.DataFrame, last_now: str | None, last_before: str | None) -> pd.DataFrame:
    """entity, cases, overdue, refused, open, improved, step: what the ladder says, in the order of its steps.

    "interview": a plan was overdue or refused, or the composite was the lowest in this edition and the one before;
    "notice": lowest twice and refusing. "none" otherwise. The regulator comes after another such year.
    """
    rows = []
    for entity, own in cases.groupby("entity"):
        twice = entity == last_now == last_before
        refused, overdue = int((own["status"] == "refused").sum()), int(own["overdue"].sum())
        step = "notice" if twice and refused else "interview" if twice or refused or overdue else "none"
        found = {
            "cases": len(own),
            "overdue": overdue,
            "refused": refused,
            "open": int((own["status"] == "open").sum()),
        }
        rows.append({"entity": entity, **found, "improved": int((own["improved"] >= IMPROVED).sum()), "step": step})
    return pd.DataFrame(rows, columns=["entity", "cases", "overdue", "refused", "open", "improved", "step"])


def ledger_numbers(cases: pd.DataFrame) -> dict[str, Number]:
    """Numbers `ledger.*`: cases, plans in time, closed, refused, and effects that can be stated."""
    checked = cases["improved"].notna()
    return {
        "ledger.cases": Number(len(cases)),
        "ledger.overdue": Number(int(cases["overdue"].sum())),
        "ledger.refused": Number(int((cases["status"] == "refused").sum())),
        "ledger.closed": Number(int((cases["status"] == "closed").sum())),
        "ledger.checked": Number(int(checked.sum())),
        "ledger.improved": Number(int((cases["improved"] >= IMPROVED).sum())),
        "ledger.worse": Number(int((1 - cases["improved"] >= IMPROVED).sum())),
        "ledger.closed_open": Number(int(((cases["status"] == "closed") & (cases["improved"] < IMPROVED)).sum())),
        "ledger.plan_days": Number(PLAN_DAYS),
        "ledger.threshold": Number(100 * IMPROVED, "percent", 0),
    }
