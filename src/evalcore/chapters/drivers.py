"""Chapter 13, first part: what satisfaction goes with, what was held fixed, and what could still mislead."""

import pandas as pd

from evalcore.edition import Edition, Text
from evalcore.words import LANGUAGES, Number

HELD, DRIVERS, OUTCOME, UNKNOWN = "held", "drivers", "outcome", "unknown"


def graph_frame() -> pd.DataFrame:
    """The assumptions as arrows: from, to, kind ("adjusted", "asked", "assumed_away")."""
    rows = [
        (HELD, DRIVERS, "adjusted"),
        (HELD, OUTCOME, "adjusted"),
        (DRIVERS, OUTCOME, "asked"),
        (UNKNOWN, DRIVERS, "assumed_away"),
        (UNKNOWN, OUTCOME, "assumed_away"),
    ]
    return pd.DataFrame(rows, columns=["from", "to", "kind"])


def held_fixed(edition: Edition) -> Text:
    """Names of what is adjusted for, as one list."""
    if not edition.drivers.adjust:
        return Text(en="nothing else", zh="无其他")
    columns = edition.sources[edition.drivers.source].columns
    segments = {segment.id: segment.name for segment in edition.segments}
    known = [segments.get(name) or columns[name].what for name in edition.drivers.adjust]
    said = [text or Text(en=name, zh=name) for text, name in zip(known, edition.drivers.adjust, strict=True)]
    return Text(**{lang: {"en": ", ", "zh": "、"}[lang].join(text[lang] for text in said) for lang in LANGUAGES})


def driver_numbers(frame: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """`drivers.*`: the first drivers, their shares, all shares together, and the robustness of first and last."""
    names = {item.column: item.name for item in edition.drivers.items}
    ordered = frame.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)
    mend = _to_mend(frame)
    found = {
        "drivers.n": Number(int(frame["n"].iloc[0])),
        "drivers.items": Number(len(frame)),
        "drivers.together": Number(float(frame["share"].sum()), "percent", 0),
        "drivers.robust_first": Number(float(ordered["robustness"].iloc[0]), "percent", 0),
        "drivers.robust_last": Number(float(ordered["robustness"].iloc[-1]), "percent", 0),
        "drivers.mend": Number(None if mend is None else names[mend], "text"),
        "drivers.held": Number(held_fixed(edition), "text"),
    }
    for place, row in enumerate(ordered.head(3).itertuples(), start=1):
        found[f"drivers.top_{place}"] = Number(names[row.driver], "text")
        found[f"drivers.top_{place}_share"] = Number(float(row.share), "percent", 1, (row.lower, row.upper))
    return found


def _to_mend(frame: pd.DataFrame) -> str | None:
    """The driver with the largest share among those answered worse than the mean driver."""
    worse = frame[frame["good"] < frame["good"].mean()]
    return None if worse.empty else str(worse.loc[worse["share"].idxmax(), "driver"])
