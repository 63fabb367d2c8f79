"""Predictive checks and calibration as pictures."""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.layout import WIDTH, hide_rest, legend_above
from evalcore.figures.style import ACCENT, CALM, INK, MAIN, PALE, QUIET
from evalcore.words import Words

COLUMNS = 2
COLOURS = {"as_modelled": MAIN, "misspecified": ACCENT}


def draw_levels(data: pd.DataFrame, words: Words) -> Figure:
    """Per fit and level: what the prior allows, what the fit replicates, what was observed.

    Parameters
    ----------
    data : DataFrame
        fit, level, observed, low, high, prior_low, prior_high; percent of the answers.
    """
    fits = list(dict.fromkeys(data["fit"]))
    rows = -(-len(fits) // COLUMNS)
    figure, panels = plt.subplots(
        rows, COLUMNS, figsize=(WIDTH, 0.7 + 2.0 * rows), sharex=True, squeeze=False, layout="constrained"
    )
    for axes, fit in zip(panels.flat, fits, strict=False):
        _draw_fit(axes, data[data["fit"] == fit], words)
        axes.set_title(fit, loc="left")
    hide_rest(panels, len(fits))
    legend_above(figure, panels[0, 0])
    figure.supxlabel(words("x"), fontsize=10, color=QUIET)
    return figure


def _draw_fit(axes: plt.Axes, own: pd.DataFrame, words: Words) -> None:
    places = range(len(own))
    axes.barh(places, own["prior_high"] - own["prior_low"], 0.62, own["prior_low"], color=PALE, label=words("prior"))
    axes.barh(places, own["high"] - own["low"], 0.34, own["low"], color=CALM, label=words("posterior"))
    axes.scatter(own["observed"], places, s=16, color=INK, zorder=3, label=words("observed"))
    axes.set_yticks(list(places), [str(level) for level in own["level"]])
    axes.grid(axis="y", visible=False)


def draw_coverage(data: pd.DataFrame, words: Words) -> Figure:
    """Coverage less the probability of the interval, with two standard errors over worlds; a panel per study.

    Parameters
    ----------
    data : DataFrame
        study, kind, nominal, coverage, error; shares.
    """
    studies = list(dict.fromkeys(data["study"]))
    figure, panels = plt.subplots(
        1, len(studies), figsize=(WIDTH, 3.2), sharey=True, squeeze=False, layout="constrained"
    )
    for axes, study in zip(panels.flat, studies, strict=True):
        for kind, own in data[data["study"] == study].groupby("kind", sort=False):
            _draw_band(axes, 100 * own[["nominal", "coverage", "error"]], COLOURS[kind], words(kind))
        axes.axhline(0, color=INK, linewidth=1)
        axes.set_title(words(study), loc="left")
        axes.set_xlabel(words("x"))
    panels[0, 0].set_ylabel(words("y"))
    legend_above(figure, panels[0, 0])
    return figure


def _draw_band(axes: plt.Axes, own: pd.DataFrame, colour: str, label: str) -> None:
    excess = own["coverage"] - own["nominal"]
    axes.plot(own["nominal"], excess, color=colour, label=label)
    axes.fill_between(own["nominal"], excess - 2 * own["error"], excess + 2 * own["error"], color=colour, alpha=0.2)
