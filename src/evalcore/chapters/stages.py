"""Chapter 9, time: deadlines that are kept, and how long stages take when some cases are still open."""

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from evalcore.chapters.service import normal_interval
from evalcore.edition import Edition
from evalcore.edition.service import Stage
from evalcore.indicators.conditions import all_of
from evalcore.survey.survival import kaplan_meier
from evalcore.words import Number

BINS, TIMES = 60, 3
"""Bins of time up to the limit of a stage, and how many limits are looked at; what takes longer is one bin more."""
BENCHMARK = "benchmark case"
"""What the file of published figures calls a case of good practice, in its column `use`."""


def sources_of(edition: Edition) -> list[str]:
    """Sources that deadlines and stages read, in the order of the edition."""
    used = {stage.source for stage in edition.process.stages} | {d.measure.source for d in edition.process.deadlines}
    return [name for name in edition.sources if name in used]


def deadlines_frame(tables: dict[str, Table], edition: Edition) -> pd.DataFrame:
    """deadline, share, lower, upper, n, entity, least: percent of cases in time, mean over entities, and the last one.

    Entities with fewer cases than the smallest cell are left out.
    """
    rows = []
    for deadline in edition.process.deadlines if edition.process else ():
        counted = _counted(tables[deadline.measure.source], deadline.measure)
        own = counted[(counted["n"] >= edition.minimum_cell) & ~counted["entity"].isin(edition.pooled)]
        if own.empty:
            continue
        share = own["hits"] / own["n"]
        error = np.sqrt((share * (1 - share) / own["n"]).sum()) / len(own)
        low, high = normal_interval(share.mean(), error, edition)
        last = share.idxmin()
        rows.append((deadline.id, 100 * share.mean(), 100 * low, 100 * high, int(own["n"].sum()),
                     own.loc[last, "entity"], 100 * share[last]))  # fmt: skip
    return pd.DataFrame(rows, columns=["deadline", "share", "lower", "upper", "n", "entity", "least"])


def _counted(table: Table, measure: object) -> pd.DataFrame:
    among, hit = all_of(table, measure.among), all_of(table, (*measure.among, *measure.count))
    sums = table.group_by("entity").aggregate(n=table.count(where=among), hits=table.count(where=hit))
    return sums.to_pandas().sort_values("entity", ignore_index=True)


def cut_off(edition: Edition) -> pd.Timestamp:
    """The first moment after the last day of which anything is known."""
    chosen = edition.process.cut_off if edition.process else None
    return pd.Timestamp(chosen or edition.periods[-1].last) + pd.Timedelta(days=1)


def stage_counts(table: Table, stage: Stage, edition: Edition) -> pd.DataFrame:
    """bin, ended, censored: cases by the time they took, or by the time they had been open at the cut-off.

    A case that ended after the cut-off is open, as nobody knew its end then; so is one that never ended. What took
    exactly as long as a bin's end belongs to it: a case that ends at the limit is in time.
    """
    end, seconds = cut_off(edition), stage.limit_h * 3600 / BINS
    start, stop = table[stage.start], table[stage.end]
    own = table.filter(all_of(table, stage.among) & start.notnull() & (start < end))
    start, stop = own[stage.start], own[stage.end]
    over = stop.notnull() & (stop < end)
    until = ibis.ifelse(over, stop, ibis.literal(end.to_pydatetime()))
    took = until.epoch_seconds() - start.epoch_seconds()
    place = ((took / seconds).ceil().cast("int64") - 1).clip(lower=0, upper=BINS * TIMES)
    binned = own.mutate(bin=place, over=over)
    sums = binned.group_by("bin").aggregate(ended=binned.count(where=binned.over), all=binned.count())
    found = sums.to_pandas().set_index("bin").reindex(range(BINS * TIMES + 1), fill_value=0).astype("int64")
    return found.assign(censored=found["all"] - found["ended"])[["ended", "censored"]].rename_axis("bin").reset_index()


def stages_frame(tables: dict[str, Table], edition: Edition) -> pd.DataFrame:
    """stage, hours, still_open, lower, upper (percent), n, waiting, limit_h; one row per bin of each stage's time.

    `waiting`: cases open at the cut-off. Stages with fewer cases than the smallest cell are left out.
    """
    parts = []
    for stage in edition.process.stages if edition.process else ():
        counts = stage_counts(tables[stage.source], stage, edition)
        number = int(counts[["ended", "censored"]].to_numpy().sum())
        if number < edition.minimum_cell:
            continue
        ended, censored = (counts[name].to_numpy()[:-1] for name in ("ended", "censored"))
        censored = censored.copy()
        censored[-1] += int(counts[["ended", "censored"]].iloc[-1].sum())  # seen open at the end of what is looked at
        curve = 100 * kaplan_meier(ended, censored, edition.model.interval)
        hours = (counts["bin"].to_numpy()[:-1] + 1) * stage.limit_h / BINS
        facts = {"n": number, "waiting": int(counts["censored"].sum()), "limit_h": stage.limit_h}
        parts.append(curve.assign(stage=stage.id, hours=hours, **facts))
    columns = ["stage", "hours", "still_open", "lower", "upper", "n", "waiting", "limit_h"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def stage_summary(curves: pd.DataFrame) -> pd.DataFrame:
    """stage, n, waiting, limit_h, in_time, lower, upper (percent ended within the limit), median (hours, or NaN)."""
    rows = []
    for stage, own in curves.groupby("stage", sort=False):
        at = own.iloc[BINS - 1]
        half = own[own["still_open"] <= 50]
        median = half["hours"].iloc[0] if len(half) else np.nan
        rows.append((stage, at["n"], at["waiting"], at["limit_h"], 100 - at["still_open"], 100 - at["upper"],
                     100 - at["lower"], median))  # fmt: skip
    names = ["stage", "n", "waiting", "limit_h", "in_time", "lower", "upper", "median"]
    return pd.DataFrame(rows, columns=names)


def time_numbers(deadlines: pd.DataFrame, summary: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """`process.deadlines`, `.worst` (name and share), `process.stages`, `.waiting`, `.slowest`, `process.cut_off`."""
    worst = deadlines.loc[deadlines["share"].idxmin()] if len(deadlines) else None
    slow = summary.loc[summary["in_time"].idxmin()] if len(summary) else None
    names = {item.id: item.name for item in (*edition.process.deadlines, *edition.process.stages)}
    return {
        "process.deadlines": Number(len(deadlines)),
        "process.worst": Number(None if worst is None else names[worst["deadline"]], "text"),
        "process.worst.share": Number(None if worst is None else float(worst["share"]), "percent", 1),
        "process.stages": Number(len(summary)),
        "process.cases": Number(int(summary["n"].sum())),
        "process.waiting": Number(int(summary["waiting"].sum())),
        "process.slowest": Number(None if slow is None else names[slow["stage"]], "text"),
        "process.slowest.in_time": Number(None if slow is None else float(slow["in_time"]), "percent", 1),
        "process.slowest.waiting": Number(None if slow is None else int(slow["waiting"])),
    }


def benchmarks_frame(published: pd.DataFrame) -> pd.DataFrame:
    """id, scope, metric, value, unit, comparison of the cases that the reference documents tell as benchmarks."""
    own = published[published["use"] == BENCHMARK]
    return own[["id", "scope", "metric", "value", "unit", "comparison"]].reset_index(drop=True)
