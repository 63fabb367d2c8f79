"""The quarters as they were published, against the year as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.compare import Results, read_results
from evalcore.compare.bridge import rescored
from evalcore.edition import Edition, Text
from evalcore.errors import EvalcoreError, say
from evalcore.indicators.estimate import point
from evalcore.words import LANGUAGES, Number, format_value, shared_words

KEY = ["indicator", "entity"]
COUNTED = ["numerator", "denominator", "n"]


@dataclass(frozen=True)
class Quarters:
    """What the chapter shows.

    Attributes
    ----------
    scores : DataFrame
        entity; a column per period of the year, the composite as that quarter published it (missing where it was not);
        `monitored`, this year's data by the framework of the quarters; `year`, the composite of the year. Best first.
    revisions : DataFrame
        quarter, indicator, entity, n_then, n_now (rows counted), then, now (what was counted, in the indicator's unit,
        before models and other sources), `revised`: whether the two differ as printed.
    """

    scores: pd.DataFrame
    revisions: pd.DataFrame


def quarters_of(published: Mapping[str, dict | None], now: dict, cells: pd.DataFrame, edition: Edition) -> Quarters:
    """The comparison of what quarters published with the year.

    Parameters
    ----------
    published : mapping
        Edition of a quarter -> its stored results; None where there are none.
    now : dict
        Results of the year.
    cells : DataFrame
        Counts of the year, as `evalcore.schema.CELLS`.

    Raises
    ------
    EvalcoreError
        A quarter's edition is of another period than one of this edition's, or two are of the same.
    """
    quarters = _by_period({name: read_results(stored) for name, stored in published.items() if stored}, edition)
    year = read_results(now)
    scores = pd.DataFrame({"entity": [e.id for e in edition.entities if not e.pooled]})
    for period in edition.periods:
        scores[period.id] = scores["entity"].map(_composite(quarters.get(period.id)))
    rules = list(quarters.values())[-1].edition if quarters else None
    scores["monitored"] = scores["entity"].map(_composite(year if rules else None, rules))
    scores["year"] = scores["entity"].map(_composite(year))
    revisions = [_revisions(period, results, cells, edition) for period, results in quarters.items()]
    columns = ["quarter", *KEY, "n_then", "n_now", "then", "now", "revised"]
    rows = pd.concat(revisions, ignore_index=True) if revisions else pd.DataFrame(columns=columns)
    return Quarters(scores.sort_values("year", ascending=False, ignore_index=True), rows[columns])


def _by_period(results: dict[str, Results], edition: Edition) -> dict[str, Results]:
    """Period -> results, in the order of the year."""
    known, found = [p.id for p in edition.periods], {}
    for name, result in results.items():
        own = [p.id for p in result.edition.periods]
        if len(own) != 1 or own[0] not in known or own[0] in found:
            told = f"{name} is of {', '.join(own)}" + (", as another is" if own[0] in found else "")
            raise EvalcoreError(say("quarters", told, f"one period each, of {', '.join(known)}"))
        found[own[0]] = result
    return {period: found[period] for period in known if period in found}


def _composite(results: Results | None, rules: Edition | None = None) -> dict[str, float]:
    """Entity -> composite by the results' own framework, or by that of `rules`."""
    if results is None:
        return {}
    there = set(results.cells["entity"])
    known = [e.id for e in (rules or results.edition).entities if e.id in there]
    index = rescored(results, rules or results.edition, known, frozenset())
    return dict(zip(known, index["composite_low"].isel(group=0).to_numpy()[0], strict=True))


def _revisions(period: str, then: Results, cells: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """What one quarter counted and what is counted of it now, indicator by indicator and entity by entity."""
    old = _summed(then.cells, edition)
    new = _summed(cells[cells["period"] == period], edition)
    both = old.merge(new, on=KEY, suffixes=("_then", "_now"))
    both = both.rename(columns={"value_then": "then", "value_now": "now"})
    small = both["indicator"].map(lambda i: edition.sources[edition.indicators[i].measure.source].personal)
    enough = ~small | (both[["n_then", "n_now"]].min(axis=1) >= edition.minimum_cell)
    both = both[enough].assign(quarter=period)
    digits = [edition.indicators[i].digits for i in both["indicator"]]
    printed = [
        format_value(a, d) != format_value(b, d) for a, b, d in zip(both["then"], both["now"], digits, strict=True)
    ]
    return both.assign(revised=np.array(printed, dtype=bool))


def _summed(cells: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Main measure of each indicator and entity: rows counted and value, in the indicator's unit."""
    main = cells[(cells["part"] == 0) & cells["indicator"].isin(list(edition.indicators)) & (cells["denominator"] > 0)]
    sums = main.groupby(KEY, as_index=False)[COUNTED].sum()
    scale = [edition.indicators[i].factor * edition.indicators[i].measure.per for i in sums["indicator"]]
    return sums.assign(value=point(sums) * np.array(scale, dtype=float))[[*KEY, "n", "value"]]


def largest_frame(quarters: Quarters, edition: Edition) -> pd.DataFrame:
    """Per quarter and indicator of which anything was revised: how many entities, and the largest revision."""
    revised = quarters.revisions[quarters.revisions["revised"].astype(bool)]
    moved = revised.assign(moved=(revised["now"] - revised["then"]).abs())
    count = moved.groupby(["quarter", "indicator"])["entity"].transform("size")
    order = {i: k for k, i in enumerate(edition.indicators)}
    top = moved.assign(entities=count, place=moved["indicator"].map(order)).sort_values("moved", ascending=False)
    top = top.drop_duplicates(["quarter", "indicator"]).sort_values(["quarter", "place"], ignore_index=True)
    return top[["quarter", "indicator", "entities", "entity", "n_then", "n_now", "then", "now"]]


def quarters_numbers(quarters: Quarters, edition: Edition) -> dict[str, Number]:
    """Numbers `quarters.*`: how many were published, and how many of their values were revised since."""
    there = [p.id for p in edition.periods if quarters.scores[p.id].notna().any()]
    revised = int(quarters.revisions["revised"].astype(bool).sum())
    return {
        "quarters.headline": Number(_headline(quarters, there, edition), "text"),
        "quarters.compared": Number(len(quarters.revisions)),
        "quarters.revised": Number(revised),
    }


def _headline(quarters: Quarters, there: list[str], edition: Edition) -> Text:
    """Between which composites quarters lay, and where the year lies by what quarters measure."""
    if not there:
        return Text(**{lang: shared_words(lang)["quarters.nothing"] for lang in LANGUAGES})
    means = [float(quarters.scores[p].mean()) for p in there]
    shown = {"low": min(means), "high": max(means), "now": quarters.scores["monitored"].mean()}
    shown |= {"year": quarters.scores["year"].mean()}
    facts = {key: format_value(float(value), 1) for key, value in shown.items()}
    facts |= {"quarters": str(len(there)), "expected": str(len(edition.quarters))}
    return Text(**{lang: shared_words(lang)["quarters.headline"].format(**facts) for lang in LANGUAGES})
