"""The house style: one typeface for both languages, colours that survive colour blindness and grey."""

from collections.abc import Sequence
from contextlib import contextmanager
from functools import lru_cache

import matplotlib as mpl
import seaborn as sns
from matplotlib import font_manager
from pylopdf_fonts_zh_cn import sans_path

INK, QUIET, PALE = "#1f2933", "#66727f", "#d9dfe5"
MAIN, ACCENT, WARM, CALM = "#1f5f8b", "#c4572b", "#d9a441", "#9fb3c2"
EVEN = 0.179
"""Relative luminance of a shade on which black and white have the same contrast, 4.58."""
SEQUENCE = ["#1f5f8b", "#c4572b", "#6fa377", "#eac66a", "#35234a", "#b3b9c4"]
"""Distinct in hue and in lightness; tests check them in grey and as people without red or green cones see them."""

RULES = {
    "font.size": 10,
    "axes.edgecolor": PALE,
    "axes.labelcolor": QUIET,
    "axes.titlesize": 10,
    "axes.grid": True,
    "grid.color": "#e8ecf0",
    "grid.linewidth": 0.8,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "xtick.color": QUIET,
    "ytick.color": INK,
    "xtick.bottom": False,
    "ytick.left": False,
    "text.color": INK,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "text.parse_math": False,  # a name may contain dollar signs
    "patch.linewidth": 0,  # white edges would hide thin bars
    "svg.fonttype": "path",
    "svg.hashsalt": "evalcore",
    "axes.unicode_minus": True,
}


@contextmanager
def house_style():
    """Draw inside this context; afterwards matplotlib is as before."""
    with mpl.rc_context({**sns.axes_style("white"), **RULES, "font.family": [_family(), "DejaVu Sans"]}):
        yield


@lru_cache(maxsize=1)
def _family() -> str:
    font_manager.fontManager.addfont(sans_path())
    return font_manager.FontProperties(fname=sans_path()).get_name()


def ink_on(shade: Sequence[float]) -> str:
    """Black or white, whichever has the higher contrast on a shade (red, green, blue, 0 to 1; WCAG 2.2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shade[:3]]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "black" if luminance > EVEN else "white"
