"""Mystery visits: bots that loop, transfers that drop, day and night, the checklist; beside what users say."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from evalcore.edition import Edition, Text
from evalcore.survey.interval import share_estimate
from evalcore.survey.least_squares import correlation
from evalcore.words import LANGUAGES, Number, in_a_row, shared_words

SOON_MIN = 5
"""Minutes within which a human is there soon (as R6 counts at night)."""
LINKS: dict[str, tuple[str, ...]] = {
    "access": ("entry_found", "human_offered"),
    "triage": ("asked_what", "right_team"),
    "priority": ("urgency_asked", "deadline_told"),
    "progress": ("progress_shown", "result_told"),
    "feedback": ("cause_told", "asked_opinion"),
}
"""Link of the process -> items of the checklist."""
CLEAR = 0.05
"""A platform stands out where a share as far from that of all others has at most this probability by chance, after
the number of platforms looked at (Bonferroni)."""


class Asked(NamedTuple):
    """A yes-or-no measure of visits: how it is read, and the users' question beside it."""

    of_visits: Callable[[pd.DataFrame], pd.Series]
    of_users: str | None = None


def soon(visits: pd.DataFrame) -> pd.Series:
    """Whether a human was there soon; missing where the bot had solved it."""
    wanted = ~visits["bot_solved"].fillna(False).astype(bool)
    return (visits["minutes_to_human"] <= SOON_MIN).fillna(False).astype("boolean").where(wanted)


def nobody(visits: pd.DataFrame) -> pd.Series:
    """Whether no human came before the visitor gave up; missing where the bot had solved it."""
    wanted = ~visits["bot_solved"].fillna(False).astype(bool)
    return visits["minutes_to_human"].isna().astype("boolean").where(wanted)


MEASURES: dict[str, Asked] = {
    "loop": Asked(lambda v: v["bot_loop"], "bot_loop"),
    "dropped": Asked(lambda v: v["transfer_dropped"], "transfer_dropped"),
    "again": Asked(lambda v: v["story_again"]),
    "soon": Asked(soon),
    "nobody": Asked(nobody),
}


def by_entity_frame(
    name: str, visits: pd.DataFrame, users: pd.DataFrame | None, edition: Edition, night: bool | None = None
) -> pd.DataFrame:
    """entity, source ("visits" or "users"), hits, n, value, lower, upper; percent, in the edition's order.

    A visit tells of no private person, so that all numbers of visits are shown; users' shares need enough answers.
    """
    measure, own = MEASURES[name], visits if night is None else visits[visits["night"] == night]
    parts = [_shares(measure.of_visits(own), own["entity"], "visits", 1, edition)]
    if users is not None and measure.of_users:
        parts.append(_shares(users[measure.of_users], users["entity"], "users", edition.minimum_cell, edition))
    return pd.concat(parts, ignore_index=True)


def _shares(hits: pd.Series, entity: pd.Series, source: str, least: int, edition: Edition) -> pd.DataFrame:
    rows = []
    for id_ in [e.id for e in edition.entities]:
        own = hits[entity == id_].dropna().astype(bool)
        if len(own) >= least:
            rows.append((id_, source, int(own.sum()), len(own), *share_estimate(own, edition.model.interval)[:3]))
    return pd.DataFrame(rows, columns=["entity", "source", "hits", "n", "value", "lower", "upper"])


def night_frame(visits: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, kind ("night" or "day"), hits, n, value, lower, upper: a human soon, percent of those who wanted one."""
    parts = [
        by_entity_frame("soon", visits, None, edition, night).assign(kind="night" if night else "day")
        for night in (True, False)
    ]
    return pd.concat(parts, ignore_index=True).drop(columns="source")


def weakest(checks: pd.DataFrame) -> Text:
    """The item of the checklist that was met least often over all visits."""
    everyone = checks[checks["entity"] == "all"].dropna(subset="value")
    return _word(f"visits.item.{everyone['item'][everyone['value'].idxmin()]}")


def hours_frame(visits: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """measure, day, night (percent) with `_lower`, `_upper`, `_n`, and p: chance of such a difference (Fisher)."""
    rows = []
    for name, measure in MEASURES.items():
        hits = [measure.of_visits(visits[visits["night"] == night]).dropna().astype(bool) for night in (False, True)]
        told = [share_estimate(own, edition.model.interval) for own in hits]
        table = [[int(own.sum()), int((~own).sum())] for own in hits]
        rows.append((name, *told[0], *told[1], float(stats.fisher_exact(table).pvalue)))
    columns = [f"{when}{end}" for when in ("day", "night") for end in ("", "_lower", "_upper", "_n")]
    return pd.DataFrame(rows, columns=["measure", *columns, "p"])


def checks_frame(visits: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """link, item, entity ("all" first, then the edition's order), n, value: percent of visits with yes."""
    rows = []
    for link, items in LINKS.items():
        for item in items:
            for id_ in ("all", *(e.id for e in edition.entities)):
                own = (visits if id_ == "all" else visits[visits["entity"] == id_])[item].dropna().astype(bool)
                rows.append((link, item, id_, len(own), 100 * float(own.mean()) if len(own) else np.nan))
    return pd.DataFrame(rows, columns=["link", "item", "entity", "n", "value"])


def outstanding(shares: pd.DataFrame, source: str) -> list[str]:
    """Entities whose share is clearly above that of all others together, the strongest first.

    One-sided Fisher tests of each against the rest, times the number of entities (Bonferroni).
    """
    own = shares[shares["source"] == source]
    bad, fine = own["hits"], own["n"] - own["hits"]
    found = {}
    for k in own.index if len(own) > 1 else ():
        table = [[bad[k], fine[k]], [bad.sum() - bad[k], fine.sum() - fine[k]]]
        found[own["entity"][k]] = len(own) * float(stats.fisher_exact(table, alternative="greater").pvalue)
    return [entity for entity, p in sorted(found.items(), key=lambda item: item[1]) if p < CLEAR]


def visits_numbers(
    visits: pd.DataFrame, shares: dict[str, pd.DataFrame], hours: pd.DataFrame, checks: pd.DataFrame, edition: Edition
) -> dict[str, Number]:
    """`visits.*`: volumes, means, who stands out, how far users say the same, the weakest item of the checklist."""
    night = visits["night"].astype(bool)
    everyone = checks[checks["entity"] == "all"].dropna(subset="value").sort_values("value")
    told = {
        "visits.count": Number(len(visits)),
        "visits.night": Number(int(night.sum())),
        "visits.clear": Number(100 * CLEAR, "percent"),
        "visits.item": Number(weakest(checks), "text"),
        "visits.item.share": Number(float(everyone["value"].iloc[0]), "percent"),
        **{f"visits.{r.measure}.day": _percent(r.day) for r in hours.itertuples()},
        **{f"visits.{r.measure}.night": _percent(r.night) for r in hours.itertuples()},
    }
    for name in ("loop", "dropped"):
        own = shares[name]
        told[f"visits.{name}.out"] = Number(_names(outstanding(own, "visits"), edition), "text")
        told[f"visits.{name}.users"] = Number(_names(outstanding(own, "users"), edition), "text")
        told[f"visits.{name}.rank"] = Number(_together(own), "plain", 2)
    told["visits.nobody.out"] = Number(_names(outstanding(shares["nobody"], "visits"), edition), "text")
    return told


def _together(shares: pd.DataFrame) -> float | None:
    """Spearman's rank correlation of visits and users over entities; None for fewer than three or no users."""
    wide = shares.pivot(index="entity", columns="source", values="value")
    if "users" not in wide or len(wide := wide.dropna()) < 3 or (wide.nunique() < 2).any():
        return None
    return correlation(*(wide[source].rank().to_numpy() for source in ("visits", "users")))


def _percent(value: float) -> Number:
    return Number(None if np.isnan(value) else value, "percent", 0)


def _names(entities: Iterable[str], edition: Edition) -> Text:
    names = [edition.named("entities", id_) for id_ in entities]
    if not names:
        return _word("visits.nobody", edition)
    return Text(**{lang: in_a_row([name[lang] for name in names], lang) for lang in LANGUAGES})


def _word(key: str, edition: Edition | None = None) -> Text:
    called = {lang: {"one": edition.entity.one[lang]} if edition else {} for lang in LANGUAGES}
    return Text(**{lang: shared_words(lang)[key].format(**called[lang]) for lang in LANGUAGES})
