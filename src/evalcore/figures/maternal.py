"""Maternal and infant goods: groups with intervals, needs by stage, expectation against experience."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from evalcore.figures.heat import heat_map
from evalcore.figures.layout import LONG_NAME, label_rows, legend_above, nothing, rows_figure, write_values
from evalcore.figures.style import ACCENT, MAIN, QUIET, WARM
from evalcore.words import Words, format_value


def draw_groups(data: pd.DataFrame, words: Words) -> Figure:
    """Index of each group like for like with its interval, a ring at its plain mean; a heading row per factor.

    Parameters
    ----------
    data : DataFrame
        factor, code, alike, lower, upper, plain; codes of a factor stand together.
    """
    if data.empty:
        return nothing(words)
    at = pd.Series(range(len(data))) + (~data["factor"].duplicated()).cumsum()
    headings = dict(zip(at[~data["factor"].duplicated()] - 1, data["factor"].drop_duplicates(), strict=True))
    names = {row: words(f"maternal.factor.{factor}") for row, factor in headings.items()}
    names |= {row: words(f"maternal.{r.factor}.{r.code}") for row, r in zip(at, data.itertuples(), strict=True)}
    figure, axes = rows_figure(len(names), extra=1.2)
    axes.hlines(at, data["lower"], data["upper"], color=MAIN, alpha=0.35, linewidth=6)
    axes.plot(data["alike"], at, "o", color=MAIN, markersize=6, label=words("alike"))
    axes.plot(data["plain"], at, "o", markersize=9, markerfacecolor="none", markeredgecolor=WARM, label=words("plain"))
    edge = data[["upper", "plain"]].max(axis=1).set_axis(at).reindex(range(len(names)))
    told = {row: f" {value:.1f}" for row, value in zip(at, data["alike"], strict=True)}
    write_values(axes, edge, [told.get(row, "") for row in range(len(names))])
    label_rows(axes, [names[row] for row in sorted(names)])
    for row, label in enumerate(axes.get_yticklabels()):
        label.set_color(ACCENT if row in headings else label.get_color())
    axes.set_xlabel(words("x"))
    axes.margins(x=0.08)
    legend_above(figure, axes)
    return figure


def draw_needs(data: pd.DataFrame, words: Words) -> Figure:
    """Weight of each need in each stage, percent of the points of a stage.

    Parameters
    ----------
    data : DataFrame
        stage, need (in order), weight.
    """
    if data.empty:
        return nothing(words)
    needs, stages = list(dict.fromkeys(data["need"])), list(dict.fromkeys(data["stage"]))
    table = data.pivot(index="need", columns="stage", values="weight").reindex(index=needs, columns=stages)
    names = [words(f"maternal.need.{need}") for need in needs]
    columns = [words(f"maternal.stage.{stage}") for stage in stages]
    shade = sns.light_palette(MAIN, as_cmap=True)
    return heat_map(table, names, columns, shade, 0, 0, float(np.ceil(data["weight"].max())))


def draw_pairs(data: pd.DataFrame, words: Words) -> Figure:
    """What is expected and what is got, with intervals; a line between the two. Squares are counts of platforms.

    Parameters
    ----------
    data : DataFrame
        pair, expected, got, each with `_lower`, `_upper`, `_n`; census (got counts platforms); percent.
    """
    own = data[data["expected"].notna() | data["got"].notna()].reset_index(drop=True)
    if own.empty:
        return nothing(words)
    figure, axes = rows_figure(len(own), extra=1.2)
    rows = np.arange(len(own))
    axes.hlines(rows, own["got"], own["expected"], color=QUIET, linewidth=1.2, alpha=0.6)
    _marks(axes, rows, own, "expected", "o", WARM, words("expected"))
    asked, counted = own["got"].where(~own["census"]), own["got"].where(own["census"])
    _marks(axes, rows, own.assign(got=asked), "got", "o", MAIN, words("got"))
    if counted.notna().any():
        axes.plot(counted, rows, "s", color=MAIN, markersize=7, markerfacecolor="white", label=words("census"))
    edge = own[["expected", "expected_upper", "got", "got_upper"]].max(axis=1)
    write_values(axes, edge, [_told(r, words) for r in own.itertuples()])
    label_rows(axes, [words(f"pair.{name}") for name in own["pair"]], LONG_NAME, lines=3)
    axes.set_xlim(0, 118)
    axes.set_xticks(range(0, 101, 20))
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure


def _marks(axes, rows: Sequence[int], own: pd.DataFrame, name: str, mark: str, colour: str, label: str) -> None:
    axes.hlines(rows, own[f"{name}_lower"].where(own[name].notna()), own[f"{name}_upper"], color=colour, linewidth=5)
    axes.plot(own[name], rows, mark, color=colour, markersize=6, label=label)


def _told(row: object, words: Words) -> str:
    """What is got of what is expected where both are known, else the one that is."""
    known = [format_value(value, 0) for value in (row.got, row.expected) if pd.notna(value)]
    return words("of", part=known[0], whole=known[1]) if len(known) == 2 else f" {known[0]}"
