"""Chapter 14b: the risk register, with what our own data say of each risk."""

import numpy as np
import pandas as pd

from evalcore.chapters.evidence import Evidence
from evalcore.chapters.signs import SIGNS, Sign
from evalcore.edition import Text
from evalcore.errors import EvalcoreError, say
from evalcore.words import LANGUAGES, Number, shared_words

OUTLYING = 3.5
"""Modified z-score beyond which one entity stands out (Iglewicz and Hoaglin 1993, as the NIST handbook gives it)."""
SCALE, SCALE_OF_MEAN = 0.6745, 1.253314
FEWEST = 5
"""Entities that a median of deviations needs."""
TOLD = {"night": "empty_night", "angry": "angry_last", "wave": "one_wave"}
"""Sentence -> the sign it tells of."""
DAYS_BEFORE, DAYS_AFTER = 60, 30
NOISE = 4.0
"""Standard errors taken off a rise: the largest of hundreds of days is some of them by chance."""


def misrouted(of: Evidence) -> pd.DataFrame:
    """Percentage points by which the share of contacts passed on rises for a month against the two months before."""
    passed = (of.contacts["transfers"] > 0).fillna(False).astype(int)
    days = pd.DataFrame({"entity": of.contacts["entity"], "day": of.contacts["day"], "passed": passed, "n": 1})
    counts = days.groupby(["entity", "day"])[["passed", "n"]].sum()
    rows = {entity: _rise(counts.loc[entity]) for entity in counts.index.get_level_values(0).unique()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["value", "strength"])


def _rise(counts: pd.DataFrame) -> tuple[float, float]:
    """The rise that is largest in standard errors, and what of it is beyond noise; percentage points."""
    daily = counts.asfreq("D", fill_value=0)
    before = daily.rolling(DAYS_BEFORE).sum().shift(DAYS_AFTER)
    after = daily.rolling(DAYS_AFTER).sum()
    known = (before["n"] > 0) & (after["n"] > 0)
    if not known.any():
        return 0.0, 0.0
    before, after = before[known], after[known]
    rise = after["passed"] / after["n"] - before["passed"] / before["n"]
    pooled = daily["passed"].sum() / daily["n"].sum()
    strength = rise / np.sqrt(pooled * (1 - pooled) * (1 / before["n"] + 1 / after["n"]) + 1e-12)
    worst = strength.idxmax()
    return 100 * float(rise[worst]), 100 * float(rise[worst]) * max(1 - NOISE / max(float(strength.max()), NOISE), 0.0)


LOOKED_FOR: dict[str, Sign] = {**SIGNS, "misrouted": Sign("points", misrouted)}
"""Signs a risk may name."""


def modified_z(strength: pd.Series) -> pd.Series:
    """0.6745 (x - median) / median absolute deviation; NaN with too few to compare, or where all are alike.

    Where more than half are alike, (x - median) / (1.2533 mean absolute deviation).
    """
    left = strength - strength.median()
    spread = left.abs().median() / SCALE or left.abs().mean() * SCALE_OF_MEAN
    if len(strength) < FEWEST or spread == 0:
        return left * np.nan
    return left / spread


def seen_frame(of: Evidence) -> pd.DataFrame:
    """One row per sign of the register.

    Columns: sign, unit, entity where it is strongest, value there, z, typical, standing (who stands out), count of
    them (missing with too few to compare), entities.
    """
    rows = []
    for name in dict.fromkeys(risk.sign for risk in of.edition.risks.items if risk.sign):
        found = _sign(name).measure(of).sort_values(["strength", "value"], ascending=False, kind="stable")
        z = modified_z(found["strength"])
        standing = list(z.index[z > OUTLYING])
        first = (found.index[0], found["value"].iloc[0], z.iloc[0], found["value"].median())
        count = len(standing) if len(found) >= FEWEST else np.nan
        rows.append((name, _sign(name).unit, *first, " ".join(standing), count, len(found)))
    columns = ["sign", "unit", "entity", "value", "z", "typical", "standing", "count", "entities"]
    return pd.DataFrame(rows, columns=columns)


def register_frame(tests: pd.DataFrame, of: Evidence) -> pd.DataFrame:
    """risk, sign, count, entities: one row per risk; entities are missing where nothing in our data looks for it."""
    by = tests.set_index("sign")
    rows = [
        (risk.id, risk.sign, *(by.loc[risk.sign, ["count", "entities"]] if risk.sign else (np.nan, np.nan)))
        for risk in of.edition.risks.items
    ]
    return pd.DataFrame(rows, columns=["risk", "sign", "count", "entities"])


def risk_numbers(tests: pd.DataFrame, of: Evidence) -> dict[str, Number]:
    """`risks.items`, `.looked_for`, `.seen`: signs at which somebody stands out; `.night`, `.angry`, `.wave`: who does.

    `risks.told` says it in sentences.
    """
    seen = tests[tests["count"] > 0]
    found = {
        "risks.items": Number(len(of.edition.risks.items)),
        "risks.looked_for": Number(len(tests)),
        "risks.seen": Number(len(seen)),
        "risks.limit": Number(OUTLYING, "plain", 1),
    }
    for name, sign in TOLD.items():
        row = seen[seen["sign"] == sign]
        known = not row.empty
        found[f"risks.{name}"] = Number(of.edition.named("entities", row["entity"].iloc[0]) if known else None, "text")
        found[f"risks.{name}.value"] = Number(float(row["value"].iloc[0]) if known else None, "plain", 0)
    named = {name: found[f"risks.{name}"].value for name in TOLD if found[f"risks.{name}"].value}
    few = bool(tests["count"].isna().all())
    told = {lang: _told(named, few, of.edition.entity.many[lang], lang) for lang in LANGUAGES}
    return found | {"risks.told": Number(Text(**told), "text")}


def _told(named: dict[str, Text], few: bool, many: str, lang: str) -> str:
    """Who stands out at the signs told by sentences; that nobody does, or nobody can, is told too."""
    say = shared_words(lang)
    sentences = [say[f"risks.{name}"].format(entity=entity[lang]) for name, entity in named.items()]
    silent = say["risks.few" if few else "risks.nobody"].format(fewest=FEWEST, many=many)
    return say["risks.between"].join(sentences) or silent


def _sign(name: str) -> Sign:
    if name not in LOOKED_FOR:
        raise EvalcoreError(
            say(
                "edition: risks.items.sign",
                f"'{name}' is not known",
                ", ".join(LOOKED_FOR),
                "name one, or leave it out",
            )
        )
    return LOOKED_FOR[name]
