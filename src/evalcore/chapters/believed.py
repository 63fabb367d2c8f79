"""Can the models be believed: what was asked of each fit, and how often intervals hold where the truth is known."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import chain

import numpy as np
import pandas as pd

from evalcore.edition import Text
from evalcore.model.gate import THRESHOLDS, Reason, Verdict
from evalcore.words import LANGUAGES, Number, format_value, shared_words

AS_MODELLED, MISSPECIFIED = "as_modelled", "misspecified"
NOMINAL = tuple(np.round(np.arange(0.1, 0.96, 0.05), 2))
"""Probabilities of the central intervals whose coverage is drawn."""
SHOWN = (0.5, 0.89)
"""Those that are printed."""
HEADLINES = {"ordinal": "mean_level", "rates": "entity_rate", "experts": "score"}
"""Study -> the quantity that the report is about."""
DIGITS = {"rhat": 3, "bfmi": 2, "misfit": 1}


def verdict_entry(verdict: Verdict, file: str) -> dict[str, object]:
    """A verdict as the pipeline reads it: fit, file below the build, passed, reasons in both languages."""
    reasons = {lang: "; ".join(reason_text(reason, lang) for reason in verdict.reasons) for lang in LANGUAGES}
    return {"fit": verdict.fit, "file": file, "passed": verdict.passed, "reasons": reasons}


def reason_text(reason: Reason, lang: str) -> str:
    """One failed check in words: the value, the limit and where."""
    digits = DIGITS.get(reason.check, 0)
    told = {"value": format_value(reason.value, digits), "limit": limit_text(reason.limit), "where": reason.where}
    return shared_words(lang)[f"gate.{reason.check}"].format(**told)


def limit_text(limit: float) -> str:
    """A limit with the digits it was given with."""
    return f"{limit:g}"


def coverage_frame(calibrations: Mapping[str, dict], quantity: str = "") -> pd.DataFrame:
    """How often central intervals hold the truth: study, kind, nominal, coverage, error; shares.

    A central interval of probability q holds the truth where its rank r has |2 r - 1| <= q. All quantities of a world
    share its data, so that errors are those of means over worlds.

    Parameters
    ----------
    calibrations : mapping
        Study -> content of its file (`evalcore.calibrate`).
    quantity : str
        Only this one; "": all that every kind of world has ranks of.
    """
    rows = []
    for study, content in calibrations.items():
        common = set.intersection(*(set(kind["ranks"]) for kind in content["kinds"].values()))
        for kind, found in content["kinds"].items():
            names = [quantity] if quantity else sorted(common)
            inside = covered(found["ranks"], names, NOMINAL)
            rows += [(study, kind, q, *mean_and_error(inside[:, k])) for k, q in enumerate(NOMINAL)]
    return pd.DataFrame(rows, columns=["study", "kind", "nominal", "coverage", "error"])


def calibration_frame(calibrations: Mapping[str, dict]) -> pd.DataFrame:
    """How ranks of each quantity lie and how often its printed intervals hold the truth.

    Columns: study, kind, quantity, values (per world), mean_rank, mean_rank_error (of 0 to 1), and per printed
    interval coverage_<percent>, error_<percent>; shares.
    """
    rows = []
    for study, content in calibrations.items():
        for kind, found in content["kinds"].items():
            for name, worlds in sorted(found["ranks"].items()):
                rows.append({"study": study, "kind": kind, "quantity": name, **_of_quantity(name, worlds)})
    return pd.DataFrame(rows)


def _of_quantity(name: str, worlds: Sequence[Sequence[float]]) -> dict[str, float]:
    mean, error = mean_and_error(np.array([np.mean(own) for own in worlds]))
    found = {"values": len(worlds[0]), "mean_rank": mean, "mean_rank_error": error}
    inside = covered({name: worlds}, [name], SHOWN)
    for k, q in enumerate(SHOWN):
        found[f"coverage_{q:.0%}"[:-1]], found[f"error_{q:.0%}"[:-1]] = mean_and_error(inside[:, k])
    return found


def covered(ranks: Mapping[str, Sequence[Sequence[float]]], names: Sequence[str], nominal: Sequence[float]):
    """Share of a world's quantities that lie inside central intervals, shape (world, interval)."""
    worlds = [np.array(list(chain.from_iterable(own))) for own in zip(*(ranks[name] for name in names), strict=True)]
    return np.array([[(np.abs(2 * own - 1) <= q).mean() for q in nominal] for own in worlds])


def mean_and_error(per_world: np.ndarray) -> tuple[float, float]:
    """Mean over worlds and its standard error."""
    return float(per_world.mean()), float(per_world.std(ddof=1) / np.sqrt(len(per_world)))


def misfit_frame(summary: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Where observed and replicated mean levels differ most, one row per fit; `groups` with the fit's distance_p."""
    worst = groups.loc[groups["difference"].abs().groupby(groups["fit"], sort=False).idxmax()]
    return worst.merge(summary[["fit", "distance_p"]], on="fit", how="left", validate="one_to_one")


def believed_numbers(
    summary: pd.DataFrame, groups: pd.DataFrame, calibrations: Mapping[str, dict]
) -> dict[str, Number]:
    """`believed.*`: the opening sentence, fits and how many passed, the worst of each check, coverage."""
    passed, fits = int(summary["passed"].sum()), len(summary)
    beyond = int((summary["k_above"] > 0).sum())
    found = {
        "believed.verdict": Number(_opening(passed, fits), "text"),
        "believed.fits": Number(fits),
        "believed.passed": Number(passed),
        "believed.rhat": Number(float(summary["rhat"].max()), "plain", 3),
        "believed.ess": Number(float(summary[["ess_bulk", "ess_tail"]].min().min())),
        "believed.divergences": Number(int(summary["divergences"].sum())),
        "believed.bfmi": Number(float(summary["bfmi"].min()), "plain", 2),
        "believed.misfit": Number(float(groups["difference"].abs().max()), "plain", 2),
        "believed.k_above": Number(int(summary["k_above"].sum())),
        "believed.k_fits": Number(beyond),
        "believed.sensitive": Number(int(summary["sensitive"].sum())),
        "believed.groups": Number(int(summary["groups"].sum())),
    }
    limits = {
        f"believed.limit.{check}": Number(_as_given(limit), "text") for check, limit in asdict(THRESHOLDS).items()
    }
    return found | limits | calibration_numbers(calibrations)


def _as_given(limit: float) -> Text:
    return Text(en=limit_text(limit), zh=limit_text(limit))


def calibration_numbers(calibrations: Mapping[str, dict]) -> dict[str, Number]:
    """`believed.<study>.<kind>.coverage` (percent) of the wider printed interval, `.error`, `.divergent`, `.worlds`."""
    found = {}
    for study, content in calibrations.items():
        found[f"believed.{study}.worlds"] = Number(content["worlds"])
        for kind, own in content["kinds"].items():
            mean, error = mean_and_error(covered(own["ranks"], [HEADLINES[study]], SHOWN[-1:])[:, 0])
            place = f"believed.{study}.{kind}"
            found |= {
                f"{place}.coverage": Number(100 * mean, "percent", 1),
                f"{place}.error": Number(100 * error, "plain", 1),
                f"{place}.divergent": Number(own["divergent"]),
                f"{place}.worlds": Number(len(next(iter(own["ranks"].values())))),
            }
    return found | {"believed.nominal": Number(100 * SHOWN[-1], "percent")}


def _opening(passed: int, fits: int) -> Text:
    key = "gate.all" if passed == fits else "gate.none" if not passed else "gate.some"
    return Text(**{lang: shared_words(lang)[key].format(passed=passed, fits=fits) for lang in LANGUAGES})
