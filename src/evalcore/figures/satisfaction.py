"""Satisfaction: entities in order with intervals, segments, and both together as a map."""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from evalcore.figures.heat import heat_map
from evalcore.figures.layout import entity_names, label_rows, legend_above, nothing, rows_figure, write_values
from evalcore.figures.style import ACCENT, MAIN, WARM
from evalcore.words import Words


def draw_entities(data: pd.DataFrame, words: Words) -> Figure:
    """Mean level like for like, in order, with its interval; a ring where each entity stands with its own people.

    Parameters
    ----------
    data : DataFrame
        entity, mean, mean_lower, mean_upper, own; best first.
    """
    figure, axes = rows_figure(len(data), extra=1.2)
    rows = np.arange(len(data))
    axes.hlines(rows, data["mean_lower"], data["mean_upper"], color=MAIN, alpha=0.35, linewidth=6)
    axes.plot(data["mean"], rows, "o", color=MAIN, markersize=6, label=words("alike"))
    axes.plot(data["own"], rows, "o", markersize=9, markerfacecolor="none", markeredgecolor=WARM, label=words("own"))
    edge = data[["mean_upper", "own"]].max(axis=1)
    write_values(axes, edge, [f" {mean:.2f}" for mean in data["mean"]])
    label_rows(axes, entity_names(data["entity"], words))
    axes.set_xlabel(words("x"))
    axes.margins(x=0.08)
    legend_above(figure, axes)
    return figure


def draw_segments(data: pd.DataFrame, words: Words) -> Figure:
    """Mean level of each value of each segment with its interval, a heading row per segment.

    Parameters
    ----------
    data : DataFrame
        segment, value, mean, mean_lower, mean_upper; values of a segment stand together.
    """
    if data.empty:
        return nothing(words)
    places, names, headings, at = [], [], [], 0
    for segment, own in data.groupby("segment", sort=False):
        headings.append((at, words.segment(segment)))
        places += [at + 1 + k for k in range(len(own))]
        names += [words.value(segment, value) for value in own["value"]]
        at += len(own) + 1
    figure, axes = rows_figure(at)
    axes.hlines(places, data["mean_lower"], data["mean_upper"], color=MAIN, alpha=0.35, linewidth=6)
    axes.plot(data["mean"], places, "o", color=MAIN, markersize=6)
    edge, mean = (pd.Series(data[name].to_numpy(), index=places) for name in ("mean_upper", "mean"))
    written = [f"{mean[k]:.2f}" if k in mean.index else "" for k in range(at)]
    write_values(axes, edge.reindex(range(at)), written)
    axes.set_yticks([*places, *(place for place, _ in headings)], [*names, *(name for _, name in headings)])
    for label in axes.get_yticklabels()[len(places) :]:
        label.set(color=ACCENT)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(words("x"))
    axes.margins(x=0.08)
    return figure


def draw_map(data: pd.DataFrame, words: Words) -> Figure:
    """Satisfaction from 0 to 100 of every entity in every value of the segments; too small cells stay blank.

    Parameters
    ----------
    data : DataFrame
        segment, entity (in order), value, hundred (missing where it is not shown).
    """
    if data["hundred"].isna().all():  # of no rows as well
        return nothing(words)
    entities = list(dict.fromkeys(data["entity"]))
    columns = list(data.groupby("segment", sort=False)["value"].unique().explode().items())
    wide = data.set_index(["entity", "segment", "value"])["hundred"].unstack(["segment", "value"])
    table = wide.reindex(index=entities, columns=pd.MultiIndex.from_tuples(columns))
    shade = sns.light_palette(MAIN, as_cmap=True)
    low, high = np.floor(data["hundred"].min()) - 2, np.ceil(data["hundred"].max())
    names = [words.value(segment, value) for segment, value in columns]
    figure = heat_map(table, entity_names(entities, words), names, shade, low, 0, high)
    _divide(figure, [segment for segment, _ in columns])
    return figure


def _divide(figure: Figure, segments: list[str]) -> None:
    """A gap between the columns of one segment and those of the next."""
    axes = figure.axes[0]
    for k in range(1, len(segments)):
        if segments[k] != segments[k - 1]:
            axes.axvline(k, color="white", linewidth=5)
