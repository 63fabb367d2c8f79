"""Contacts counted by day, and days drawn anew: what averages over days or over contacts are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import BooleanValue, IntegerScalar, Table

from evalcore.edition import Edition
from evalcore.streams import stream

INSTANT_S, SOON_MIN = 60, 5
"""Seconds within which a reply is instant (D3), and minutes within which a human answers soon (indicator R6)."""
MICRO = 1_000_000
COUNTS = ("contacts", "online", "instant", "handled", "handling_s", "solved", "complaints", "repeated", "begun",
          "bot_solved", "asked_day", "soon_day", "asked_night", "soon_night")  # fmt: skip


def daily_counts(tickets: Table) -> pd.DataFrame:
    """entity, day, scene and the integers of `COUNTS`, one row for each day and scene that brought contacts."""
    table = tickets.mutate(day=tickets.opened_at.date())
    return _counted(table, ["entity", "day", "scene"], _sums(table))


def hourly_counts(tickets: Table) -> pd.DataFrame:
    """entity, hour (0 to 23), contacts, asked (for a human) and soon (answered by one within 5 minutes)."""
    table = tickets.mutate(hour=tickets.opened_at.hour())
    sums = {
        "contacts": table.count(),
        "asked": table.count(where=table.asked_human),
        "soon": table.count(where=table.asked_human & (table.human_wait_min <= SOON_MIN)),
    }
    return _counted(table, ["entity", "hour"], sums)


def _counted(table: Table, keys: list[str], sums: dict[str, IntegerScalar]) -> pd.DataFrame:
    found = table.group_by(keys).aggregate(**{k: v.fill_null(0).cast("int64") for k, v in sums.items()})
    return found.to_pandas().sort_values(keys, ignore_index=True)


def _sums(of: Table) -> dict[str, IntegerScalar]:
    def count(*conditions: BooleanValue) -> IntegerScalar:
        return of.count(where=ibis.and_(*conditions))

    online, asked, soon = of.channel == "online", of.asked_human, of.human_wait_min <= SOON_MIN
    complaint = of.scene == "complaint"
    values = (
        of.count(),
        count(online),
        count(online, of.first_response_s <= INSTANT_S),
        count(of.handling_s.notnull()),
        of.handling_s.sum(),
        count(of.solved_first_contact),
        count(complaint),
        count(complaint, of.complained_again),
        count(of.bot_first),
        count(of.bot_first, of.bot_solved),
        *(count(asked, *more, by) for by in (~of.night, of.night) for more in ((), (soon,))),
    )
    return dict(zip(COUNTS, values, strict=True))


@dataclass(frozen=True)
class Days:
    """Counts by entity and day, of all scenes or of one.

    Attributes
    ----------
    counts : mapping of str to ndarray
        Name of a count -> (days, entities) integers.
    promotion : ndarray
        (days,) whether the day belongs to a promotion.
    seed, replicates : int
        What days are drawn anew with, and how often; days of promotions and others keep their numbers.
    """

    entities: tuple[str, ...]
    days: pd.DatetimeIndex
    counts: Mapping[str, np.ndarray]
    promotion: np.ndarray
    seed: int
    replicates: int

    @cached_property
    def weights(self) -> np.ndarray:
        """(1 + replicates, days) How often each day counts: once, then as drawn with replacement."""
        rng, drawn = stream(self.seed, "service/days"), np.zeros((self.replicates, len(self.days)), dtype=np.int64)
        for kind in (self.promotion, ~self.promotion):
            number = int(kind.sum())
            if number:
                drawn[:, kind] = rng.multinomial(number, np.full(number, 1 / number), size=self.replicates)
        return np.vstack([np.ones(len(self.days), dtype=np.int64), drawn])

    def ratio(
        self, numerator: str, denominator: str, average: str, promotion: bool | None = None, over: slice = slice(None)
    ) -> np.ndarray:
        """(1 + replicates, entities) One count over another in the days as they were, then as drawn anew.

        `average`: "contacts" divides sums, "days" takes the mean of the days' ratios; NaN where there is nothing.
        Sums are of integers (ratios of days in millionths), so that every machine gets the same.
        """
        kept = np.ones(len(self.days), bool) if promotion is None else self.promotion == promotion
        part, whole = (self.counts[name][kept] for name in (numerator, denominator))
        if average == "days":
            part, whole = np.where(whole > 0, part * MICRO // np.maximum(whole, 1), 0), (whole > 0).astype(np.int64)
        weights = self.weights[over][:, kept]
        above, below = (np.einsum("rd,de->re", weights, counts) for counts in (part, whole))
        scale = MICRO if average == "days" else 1
        return np.where(below > 0, above / np.maximum(below, 1) / scale, np.nan)


def days_of(daily: pd.DataFrame, edition: Edition, scene: str | None = None) -> Days:
    """The days of an edition's periods, of all scenes or of one; pooled entities are left out."""
    own = daily if scene is None else daily[daily["scene"] == scene]
    entities = [e.id for e in edition.entities if not e.pooled and e.id in set(daily["entity"])]
    days = pd.date_range(edition.periods[0].first, edition.periods[-1].last)
    sums = own.assign(day=pd.to_datetime(own["day"])).groupby(["day", "entity"])[list(COUNTS)].sum()
    wide = sums.unstack("entity", fill_value=0)
    counts = {
        name: wide[name].reindex(index=days, columns=entities, fill_value=0).to_numpy(np.int64) for name in COUNTS
    }
    promoted = [pd.date_range(p.first, p.last) for p in edition.promotions]
    promotion = np.isin(days, np.concatenate(promoted)) if promoted else np.zeros(len(days), bool)
    return Days(tuple(entities), days, counts, promotion, edition.seed, edition.service.replicates)
