"""Service monitoring: six indicators by type and scene, promotions, hours, bots, frequent problems."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.layout import (
    ROW,
    WIDTH,
    entity_names,
    hide_rest,
    label_rows,
    legend_above,
    nothing,
    percent_rows,
    rows_figure,
    write_values,
)
from evalcore.figures.style import ACCENT, CALM, MAIN, QUIET, WARM
from evalcore.words import Words

TWO_DIGITS = ("csat",)


def draw_six(data: pd.DataFrame, words: Words) -> Figure:
    """One panel per indicator; a row for all, for each type and for each scene, with intervals.

    Parameters
    ----------
    data : DataFrame
        indicator, kind, item, value, lower, upper.
    """
    if data.empty:
        return nothing(words)
    items = data[["kind", "item"]].drop_duplicates().sort_values("kind", key=_place_of, kind="stable")
    rows = {key: k for k, key in enumerate(items.itertuples(index=False, name=None))}
    indicators = list(dict.fromkeys(data["indicator"]))
    size = (WIDTH, (ROW * 0.8 * len(rows) + 0.7) * ((len(indicators) + 1) // 2))
    figure, panels = plt.subplots(
        (len(indicators) + 1) // 2, 2, figsize=size, sharey=True, layout="constrained", squeeze=False
    )
    for axes, indicator in zip(panels.flat, indicators, strict=False):
        own = data[data["indicator"] == indicator]
        places = [rows[key] for key in own[["kind", "item"]].itertuples(index=False, name=None)]
        colours = [ACCENT if kind == "all" else MAIN for kind in own["kind"]]
        axes.hlines(places, own["lower"], own["upper"], color=colours, linewidth=5, alpha=0.35)
        axes.scatter(own["value"], places, color=colours, s=22, zorder=3)
        digits = 2 if indicator in TWO_DIGITS else 1
        texts = pd.Series([f" {value:.{digits}f}" for value in own["value"]], index=places)
        edges = pd.Series(own["upper"].to_numpy(), index=places).reindex(range(len(rows)))
        write_values(axes, edges, texts.reindex(range(len(rows)), fill_value=""))
        axes.set_title(words(f"six.{indicator}"), loc="left")
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.margins(x=0.25)
        label_rows(axes, [_item(words, kind, item) for kind, item in rows], columns=18)
    hide_rest(panels, len(indicators))
    for axes in panels.flat[: len(indicators)]:
        axes.xaxis.set_tick_params(labelbottom=True, labelsize=8.5)
    return figure


def _place_of(kinds: pd.Series) -> pd.Series:
    return kinds.map({"all": 0, "type": 1, "scene": 2})


def _item(words: Words, kind: str, item: str) -> str:
    if kind == "type":
        return words.name("types", item)
    return words("all") if kind == "all" else words(f"scene.{item}")


def draw_promotions(data: pd.DataFrame, words: Words) -> Figure:
    """Share answered at once on ordinary days (ring) and in promotions (dot with interval), the fall beside it.

    Parameters
    ----------
    data : DataFrame
        entity, ordinary, promotion, promotion_lower, promotion_upper, fall.
    """
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data), extra=1.2)
    rows = np.arange(len(data))
    axes.hlines(rows, data["promotion"], data["ordinary"], color=CALM, linewidth=1.5)
    axes.hlines(rows, data["promotion_lower"], data["promotion_upper"], color=ACCENT, alpha=0.35, linewidth=6)
    axes.plot(data["promotion"], rows, "o", color=ACCENT, label=words("promotion"))
    axes.plot(data["ordinary"], rows, "o", markerfacecolor="white", markeredgecolor=MAIN, label=words("ordinary"))
    edge = data[["ordinary", "promotion_upper"]].max(axis=1)
    write_values(axes, edge, [" " + words("fall", value=f"{fall:.1f}") for fall in data["fall"]])
    label_rows(axes, entity_names(data["entity"], words))
    axes.set_xlabel(words("x"))
    axes.margins(x=0.1)
    legend_above(figure, axes)
    return figure


def draw_hours(data: pd.DataFrame, words: Words) -> Figure:
    """Above, contacts by hour of the day; below, how many who ask for a human get one soon: the mean, and one entity.

    Parameters
    ----------
    data : DataFrame
        hour, load, soon, entity, own; of 24 hours.
    """
    if data.empty:
        return nothing(words)
    figure, (above, below) = plt.subplots(
        2, 1, figsize=(WIDTH, 4.6), sharex=True, layout="constrained", height_ratios=[1, 1.7]
    )
    above.bar(data["hour"], data["load"], color=CALM, width=0.8)
    above.set_title(words("load"), loc="left")
    below.step(data["hour"], data["soon"], where="mid", color=MAIN, linewidth=2, label=words("mean"))
    if pd.notna(entity := data["entity"].iloc[0]):
        name = entity_names([entity], words)[0]
        below.step(data["hour"], data["own"], where="mid", color=ACCENT, linewidth=2, linestyle="--", label=name)
    below.set_title(words("soon"), loc="left")
    below.set_ylim(0, 105)
    legend_above(figure, below)
    below.set_xticks(range(0, 24, 2), [f"{hour:02d}:00" for hour in range(0, 24, 2)], fontsize=8.5)
    return figure


def draw_bots(data: pd.DataFrame, words: Words) -> Figure:
    """What each platform reports of its bot, what its tickets say, and what its users say.

    Parameters
    ----------
    data : DataFrame
        entity, reported, solved, users, users_lower, users_upper, gap; the widest gap first.
    """
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data), extra=1.2)
    rows = np.arange(len(data))
    axes.hlines(rows, data["solved"], data["reported"], color=ACCENT, linewidth=1.5)
    axes.hlines(rows, data["users_lower"], data["users_upper"], color=WARM, alpha=0.5, linewidth=6)
    axes.plot(data["users"], rows, "s", color=WARM, markersize=5, label=words("users"))
    axes.plot(data["solved"], rows, "o", color=MAIN, markersize=6, label=words("solved"))
    axes.plot(data["reported"], rows, "o", markersize=9, markerfacecolor="none", markeredgecolor=ACCENT,
              label=words("reported"))  # fmt: skip
    return percent_rows(figure, axes, data["entity"], words)


def draw_problems(data: pd.DataFrame, words: Words) -> Figure:
    """Problems with their intervals and the limit above which one is frequent; open ones stay hollow.

    Parameters
    ----------
    data : DataFrame
        problem, value, lower, upper, verdict.
    """
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data))
    limit, columns = words.edition.service.frequent, words.edition.sources["monitoring"].columns
    axes.axvline(limit, color=QUIET, linewidth=1, linestyle=":")
    for row in data.reset_index(drop=True).itertuples():
        colour = ACCENT if row.verdict == "frequent" else MAIN
        axes.hlines(row.Index, row.lower, row.upper, color=colour, alpha=0.35, linewidth=6)
        fill = "white" if row.verdict == "open" else colour
        axes.plot(row.value, row.Index, "o", markerfacecolor=fill, markeredgecolor=colour)
    texts = [f"{row.value:.1f}  {words(f'verdict.{row.verdict}')}" for row in data.itertuples()]
    write_values(axes, data["upper"], texts)
    label_rows(axes, [columns[problem].what[words.lang] for problem in data["problem"]], columns=30)
    axes.set_xlim(0, max(60, data["upper"].max() + 15))
    axes.set_xlabel(words("x"))
    return figure
