"""Chapter 3: signs that a clock is served and not a user. Each is a test inside one entity: no other is needed."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats

from evalcore.chapters.signs import DEADLINE_H, JUST_BEFORE_H
from evalcore.edition import Edition
from evalcore.words import Number

ALARM_Z = 4.0
"""Standard errors. How often clean data alarm is measured by `python -m benchmarks.alarms`."""
REACH_H, BIN_H = 4.0, 0.25
"""Hours on both sides of the deadline that the density is fitted in, and the width of its bins."""
CONFIDENCE = 0.95
FEWEST = 50
"""Cases a test needs."""
HEAPED, EXPECTED = (0, 5), 0.2
"""Last digits that people prefer, and their share where nobody writes the seconds."""


def gaming_frame(tickets: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """sign, entity, n, value, z, alarm: one row per sign and entity with enough cases.

    `value` is the jump of the log density at the deadline (bunching), or a difference in percentage points.
    """
    least = max(FEWEST, edition.minimum_cell)
    rows = []
    for name, sign in SIGNS.items():
        for entity, own in tickets.groupby("entity"):
            n, value, z = sign(own)
            if n >= least and np.isfinite(z):
                rows.append((name, entity, n, value, z, bool(z > ALARM_Z)))
    return pd.DataFrame(rows, columns=["sign", "entity", "n", "value", "z", "alarm"])


def bunching(own: pd.DataFrame) -> tuple[int, float, float]:
    """Jump of the density of closing times at the deadline, just before over just after (McCrary 2008).

    Counts in bins are Poisson with a log-linear density on each side, weighted by a triangular kernel
    (doi:10.1016/j.jeconom.2007.05.005); the jump is the difference of both at the deadline, on the log scale.
    """
    hours = own["close_h"].dropna().to_numpy(dtype=float) - DEADLINE_H
    near = hours[np.abs(hours) < REACH_H]
    edges = np.arange(-REACH_H, REACH_H + BIN_H / 2, BIN_H)
    counts, middle = np.histogram(near, edges)[0], (edges[:-1] + edges[1:]) / 2
    before = middle < 0
    if min(counts[before].sum(), counts[~before].sum()) < 2:
        return len(near), float("nan"), float("nan")
    design = np.column_stack([np.ones_like(middle), before, middle, middle * before])
    kernel = 1 - np.abs(middle) / REACH_H
    fitted = sm.GLM(counts, design, family=sm.families.Poisson(), var_weights=kernel).fit()
    jump, error = fitted.params[1], _poisson_errors(design, kernel, fitted.fittedvalues)[1]
    return len(near), float(np.round(jump, 8)), float(np.round(jump / error, 8))


def _poisson_errors(design: np.ndarray, kernel: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Standard errors of a kernel-weighted fit to Poisson counts; from residuals of so few bins they are too small."""
    bread = np.linalg.inv((design[:, :, None] * design[:, None, :] * (kernel * mean)[:, None, None]).sum(axis=0))
    filling = (design[:, :, None] * design[:, None, :] * (kernel**2 * mean)[:, None, None]).sum(axis=0)
    return np.sqrt(np.einsum("ij,jk,ki->i", bread, filling, bread))


def unresolved(own: pd.DataFrame) -> tuple[int, float, float]:
    """Points by which tickets closed in the last hours before the deadline are unresolved more often than others."""
    closed = own[own["close_h"].notna()]
    open_ = (closed["resolved_at"].isna() | (closed["resolved_at"] > closed["closed_at"])).to_numpy()
    late = closed["close_h"].between(DEADLINE_H - JUST_BEFORE_H, DEADLINE_H).to_numpy(dtype=bool)
    near = (closed["close_h"] < DEADLINE_H + REACH_H).to_numpy(dtype=bool)
    return _difference(open_[late], open_[near & ~late])


def heaped(own: pd.DataFrame) -> tuple[int, float, float]:
    """Points by which more handling times end in 0 or 5 seconds than the fifth that a clock gives."""
    seconds = own["handling_s"].dropna().to_numpy(dtype=np.int64)
    seconds = seconds[seconds >= 10]
    if not len(seconds):
        return 0, float("nan"), float("nan")
    share = np.isin(seconds % 10, HEAPED).mean()
    error = np.sqrt(EXPECTED * (1 - EXPECTED) / len(seconds))
    return len(seconds), float(100 * (share - EXPECTED)), float((share - EXPECTED) / error)


def _difference(first: np.ndarray, second: np.ndarray) -> tuple[int, float, float]:
    """Smaller number of cases, difference of shares in points and in pooled standard errors; 0 where nothing varies."""
    n = min(len(first), len(second))
    if not n:
        return 0, float("nan"), float("nan")
    share = (first.sum() + second.sum()) / (len(first) + len(second))
    difference = first.mean() - second.mean()
    error = np.sqrt(share * (1 - share) * (1 / len(first) + 1 / len(second)))
    return n, float(100 * difference), float(difference / error) if error > 0 else 0.0


SIGNS: dict[str, Callable[[pd.DataFrame], tuple[int, float, float]]] = {
    "bunching": bunching,
    "unresolved": unresolved,
    "heaped": heaped,
}
"""Sign -> number of cases, value and z of one entity's tickets."""


def closing_frame(tickets: pd.DataFrame, gaming: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Entity ("all": all others), hour, n, share: closing times around the deadline where bunching is strongest.

    `share` is percent of that line's tickets closed within reach of the deadline; bins under the smallest cell are NaN.
    """
    own = gaming[gaming["sign"] == "bunching"]
    columns = ["entity", "hour", "n", "share"]
    if own.empty:
        return pd.DataFrame(columns=columns)
    strongest = own.loc[own["z"].idxmax(), "entity"]
    edges = np.arange(DEADLINE_H - REACH_H, DEADLINE_H + REACH_H + BIN_H / 2, BIN_H)
    parts = []
    for name, rows in ((strongest, tickets["entity"] == strongest), ("all", tickets["entity"] != strongest)):
        counts = np.histogram(tickets.loc[rows, "close_h"].dropna().astype(float), edges)[0]
        shown = np.where(counts >= edition.minimum_cell, counts, np.nan)
        frame = pd.DataFrame({"entity": name, "hour": edges[:-1], "n": shown})
        parts.append(frame.assign(share=100 * shown / max(counts.sum(), 1)))
    return pd.concat(parts, ignore_index=True)[columns]


def alarms_frame(alarms: dict) -> pd.DataFrame:
    """sign, clean, alarms, rate, upper, planted, found: what `python -m benchmarks.alarms` measured; percent.

    `upper` bounds the rate with 95 % confidence (Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404).
    """
    rows = []
    for sign, own in alarms["signs"].items():
        rate = 100 * own["alarms"] / own["clean"]
        rows.append((sign, own["clean"], own["alarms"], rate, _upper(own), own["planted"], own["found"]))
    return pd.DataFrame(rows, columns=["sign", "clean", "alarms", "rate", "upper", "planted", "found"])


def _upper(counts: Mapping[str, int]) -> float:
    return float(100 * stats.beta.ppf(CONFIDENCE, counts["alarms"] + 1, counts["clean"] - counts["alarms"]))


def caught_frame(alarms: dict, edition: Edition) -> pd.DataFrame:
    """rule, planted, caught, error (root mean square over worlds): what a cleaning rule catches by itself; percent."""
    known = {rule.id for rule in edition.sources["survey"].rules}
    rows = [(rule, *(own[key] for key in ("planted", "caught", "error"))) for rule, own in alarms["rules"].items()]
    frame = pd.DataFrame(rows, columns=["rule", "planted", "caught", "error"])
    return frame[frame["rule"].isin(known)].reset_index(drop=True)


def gaming_numbers(gaming: pd.DataFrame, alarms: dict) -> dict[str, Number]:
    """`gaming.tested`, `.alarms`, `.entities` with one, `.threshold`, and as measured `.clean`, `.false`, `.upper`."""
    measured = [alarms["signs"][sign] for sign in SIGNS]
    total = {key: sum(own[key] for own in measured) for key in ("clean", "alarms")}
    raised = gaming[gaming["alarm"]]
    return {
        "gaming.tested": Number(len(gaming)),
        "gaming.alarms": Number(len(raised)),
        "gaming.entities": Number(int(raised["entity"].nunique())),
        "gaming.threshold": Number(ALARM_Z, "plain", 0),
        "gaming.clean": Number(total["clean"]),
        "gaming.false": Number(total["alarms"]),
        "gaming.upper": Number(_upper(total), "percent", 2),
        "gaming.worlds": Number(int(alarms["worlds"])),
    }
