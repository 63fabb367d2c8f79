"""Each main finding held against every source that could speak of it: agrees, contradicts, silent."""

import pandas as pd

from evalcore.chapters.contrasts import Contrast
from evalcore.chapters.voices import FINDINGS, Material, Measure
from evalcore.words import Number

CLEAR_Z = 2.0
"""Standard errors beyond which a contrast speaks."""
AGREES, CONTRADICTS, SILENT = "agrees", "contradicts", "silent"
VOICES = ("survey", "tickets", "interviews", "reviews", "mystery")
"""Sources in the order of the table."""


def triangulation_frame(of: Material) -> pd.DataFrame:
    """finding, source, verdict, value, error, unit: one row per finding and source.

    A contrast beyond two standard errors agrees (positive) or contradicts (negative); anything else is silent, and so
    is a source that was not asked, has too few rows, or is not part of the edition (`value` is then NaN).
    """
    rows = [
        (finding, source, *_judged(measures.get(source), source, of))
        for finding, measures in FINDINGS.items()
        for source in VOICES
    ]
    return pd.DataFrame(rows, columns=["finding", "source", "verdict", "value", "error", "unit"])


def _judged(measure: Measure | None, source: str, of: Material) -> tuple[str, float, float, str]:
    found = measure(of.sources[source], of) if measure and source in of.sources else None
    return (verdict(found), *found) if found else (SILENT, float("nan"), float("nan"), "")


def verdict(contrast: Contrast | None) -> str:
    """The declared rule: clear and positive agrees, clear and negative contradicts, all else is silent."""
    if contrast is None or abs(contrast.value) <= CLEAR_Z * contrast.error:
        return SILENT
    return AGREES if contrast.value > 0 else CONTRADICTS


def triangulation_numbers(table: pd.DataFrame) -> dict[str, Number]:
    """`triangulation.findings`, `.several` (two or more agree, none contradicts), `.single`, `.none`, `.contested`."""
    counts = table.groupby("finding")["verdict"].value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=[AGREES, CONTRADICTS, SILENT], fill_value=0)
    sound = counts[CONTRADICTS] == 0
    return {
        "triangulation.findings": Number(len(counts)),
        "triangulation.several": Number(int((sound & (counts[AGREES] >= 2)).sum())),
        "triangulation.single": Number(int((sound & (counts[AGREES] == 1)).sum())),
        "triangulation.none": Number(int((sound & (counts[AGREES] == 0)).sum())),
        "triangulation.contested": Number(int((~sound).sum())),
        "triangulation.clear": Number(CLEAR_Z, "plain", 0),
    }
