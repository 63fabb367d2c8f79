"""Early warning: the year's alarms by week, the course of an event, and records against their witness."""

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.layout import WIDTH, entity_names, label_rows, legend_above, nothing, rows_figure
from evalcore.figures.style import ACCENT, CALM, INK, MAIN, PALE, QUIET, WARM
from evalcore.words import Words

MARKS = (("s", ACCENT), ("D", WARM), ("o", MAIN))
"""Shape and colour by urgency: shapes differ, so that nobody needs the colours."""


def draw_calendar(data: pd.DataFrame, words: Words) -> Figure:
    """A row per entity, a place per week; a mark where the week holds an urgent alarm, promotions shaded.

    Parameters
    ----------
    data : DataFrame
        As `chapters.warning.calendar_frame`.
    """
    if data.empty:
        return nothing(words)
    entities = list(dict.fromkeys(data["entity"]))
    rows = {entity: k for k, entity in enumerate(entities)}
    figure, axes = rows_figure(len(entities), extra=1.1)
    for week in data.loc[data["promotion"], "week"].unique():
        axes.axvspan(week, week + pd.Timedelta(days=7), color=PALE, alpha=0.6, linewidth=0)
    for level, (shape, colour) in zip(words.edition.warning.levels, MARKS, strict=False):
        own = data[data["level"] == level.id]
        if len(own):
            middle = own["week"] + pd.Timedelta(days=3.5)
            axes.plot(middle, own["entity"].map(rows), shape, color=colour, markersize=7, label=level.name[words.lang])
    label_rows(axes, entity_names(entities, words))
    axes.set_xlim(data["week"].min(), data["week"].max() + pd.Timedelta(days=7))
    _months(axes)
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure


def draw_course(data: pd.DataFrame, words: Words) -> Figure:
    """Cases by day of one series, what was expected with its interval, and the days that alarmed.

    Parameters
    ----------
    data : DataFrame
        As `chapters.warning.course_frame`.
    """
    if data.empty:
        return nothing(words)
    figure, axes = plt.subplots(figsize=(WIDTH, 3.2), layout="constrained")
    _expected(axes, data, words)
    axes.plot(data["day"], data["n"], "-", color=INK, linewidth=1.2, label=words("observed"))
    raised = data[data["alarm"].astype(bool) & data["n"].notna()]
    axes.plot(raised["day"], raised["n"], MARKS[0][0], color=ACCENT, markersize=6, label=words("alarm"))
    axes.set_title(f"{words.name('entities', data['entity'].iloc[0])}: {topic_name(data['topic'].iloc[0], words)}",
                   loc="left")  # fmt: skip
    return _dated(figure, axes, words)


def draw_records(data: pd.DataFrame, words: Words) -> Figure:
    """Hours as recorded and as their witness has them, and the usual value of the record with its range.

    Parameters
    ----------
    data : DataFrame
        As `chapters.warning.records_frame`.
    """
    if data.empty:
        return nothing(words)
    figure, axes = plt.subplots(figsize=(WIDTH, 3.2), layout="constrained")
    _expected(axes, data, words)
    axes.plot(data["day"], data["observed"], "-", color=ACCENT, linewidth=1.8, label=words("observed"))
    axes.plot(data["day"], data["witness"], "--", color=INK, linewidth=1.5, label=words("witness"))
    axes.set_title(words.name("entities", data["entity"].iloc[0]), loc="left")
    return _dated(figure, axes, words)


def _expected(axes: plt.Axes, data: pd.DataFrame, words: Words) -> None:
    bounds = [data[key].to_numpy(dtype=float) for key in ("lower", "upper")]
    axes.fill_between(data["day"], *bounds, color=CALM, alpha=0.45, linewidth=0, label=words("interval"))
    axes.plot(data["day"], data["expected"].astype(float), color=MAIN, linewidth=1.2, label=words("expected"))


def _dated(figure: Figure, axes: plt.Axes, words: Words) -> Figure:
    axes.set_ylim(bottom=0)
    axes.set_ylabel(words("y"))
    locator = mdates.AutoDateLocator(minticks=4, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y-%m-%d"))
    axes.tick_params(axis="x", labelsize=8.5, labelcolor=QUIET)
    legend_above(figure, axes)
    return figure


def _months(axes: plt.Axes) -> None:
    axes.xaxis.set_major_locator(mdates.MonthLocator())
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%m"))
    axes.tick_params(axis="x", labelsize=8.5)


def topic_name(topic: str, words: Words) -> str:
    """The edition's name of a topic; a duration is called as its rule."""
    own = words.edition.warning
    known = {item.id: item.name for item in (*own.rules, *own.topics)}
    return words("all") if topic == "all" else known[topic][words.lang]
