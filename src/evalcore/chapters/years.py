"""Chapter 19: year on year, what really changed and what the framework, the mix and chance did."""

from collections.abc import Callable

import pandas as pd

from evalcore.compare import Years, compare_years, read_results
from evalcore.edition import Edition, Text
from evalcore.words import LANGUAGES, Number, shared_words

JUDGED = ["real", "lower", "upper", "up", "down"]
WAYS = ("up", "down")
EMPTY = {
    "split": ["entity", "old", "new", "old_here", "new_there", "change", "method", "mix", "noise", "error", *JUDGED],
    "indicators": ["entity", "indicator", "old", "new", "old_score", "new_score", *JUDGED],
    "segments": ["segment", "member", "old", "new", *JUDGED],
    "entities": ["entity", "kind", *(f"before_{lang}" for lang in LANGUAGES)],
    "framework": ["indicator", "kind", "old_weight", "new_weight"],
}


def years_of(before: dict | None, now: dict, edition: Edition) -> Years:
    """The comparison of stored results; all frames are empty where last year's are not at hand."""
    if before is None:
        return Years(**{name: pd.DataFrame(columns=columns) for name, columns in EMPTY.items()})
    return compare_years(read_results(before), read_results(now), edition)


def verdicts(frame: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """The frame with `verdict`: "up" or "down" (probability of `grammar.ahead`), "perhaps_up" ..., or "open"."""
    likely = frame[["up", "down"]].astype(float)
    chance, way = likely.max(axis=1), likely.idxmax(axis=1) if len(frame) else pd.Series(dtype=object)
    sure, probable = chance >= edition.grammar.ahead, chance >= edition.grammar.probably
    told = way.where(sure, "perhaps_" + way.astype(str)).where(probable, "open")
    return frame.assign(verdict=told, chance=chance)


def years_numbers(years: Years, edition: Edition) -> dict[str, Number]:
    """Numbers `years.*`: who changed, how much the framework moved, what counts as a change."""
    split = verdicts(years.split, edition)
    found = {
        "years.headline": Number(headline(split, edition), "text"),
        "years.smallest": Number(edition.previous.smallest, "points", 1),
        "years.sure": Number(100 * edition.grammar.ahead, "percent", 0),
        "years.false": Number(100 * (1 - edition.grammar.ahead), "percent", 0),
        "years.compared": Number(len(split)),
        "years.breaks": Number(int(years.framework["kind"].isin(["added", "dropped", "redefined"]).sum())),
    }
    means = {"method": split["method"].abs(), "mix": split["mix"].abs(), "error": split["error"]}
    return found | {f"years.{key}": Number(_mean(column), "points", 2) for key, column in means.items()}


def _mean(column: pd.Series) -> float | None:
    return float(column.astype(float).mean()) if len(column) else None


def headline(split: pd.DataFrame, edition: Edition) -> Text:
    """Who rose, who fell, and of how many nothing can be said."""
    ways = {way: [edition.named("entities", e) for e in split.loc[split["verdict"] == way, "entity"]] for way in WAYS}
    rest = len(split) - sum(map(len, ways.values()))

    def told(lang: str) -> str:
        say = shared_words(lang)
        if not len(split):
            return say["years.nothing"]
        names = {
            way: say["order.list"].join(n[lang] for n in named) or say["years.nobody"] for way, named in ways.items()
        }
        return say["years.headline"].format(**names, rest=rest, count=len(split), many=edition.entity.many[lang])

    return _both(told)


def _both(told: Callable[[str], str]) -> Text:
    return Text(en=told("en"), zh=told("zh"))


def indicators_frame(years: Years, edition: Edition) -> pd.DataFrame:
    """The changes of indicators with `shown`: the change in points where its direction can be stated, else missing."""
    judged = verdicts(years.indicators, edition)
    return judged.assign(shown=judged["real"].astype(float).where(judged["verdict"].isin(WAYS)))
