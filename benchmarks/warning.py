"""What early warning finds of what was planted, and how often it alarms where nothing was, on worlds of known truth.

    python -m benchmarks.warning 4 20

Draws so many further worlds of demo-2025 at full volume beside those of the two published seeds, each with a seed of
its own, and asks for their alarms as the page does. Then so many years of clean simulated counts: overdispersed, with
weekdays, a season and promotions. Writes data/quality/warning.json, which the page reads, and prints it.
"""

import json
import sys
from pathlib import Path
from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd

from evalcore.clean import clean
from evalcore.edition import Edition, load_edition
from evalcore.edition.warning import ALL
from evalcore.ingest import ingest
from evalcore.io.files import write_json
from evalcore.simulate.plants import WAVE_DAYS, Plants
from evalcore.simulate.tickets import draw_tickets
from evalcore.simulate.truth import draw_truth
from evalcore.streams import stream
from evalcore.warn.alarms import BASELINE, CASES, HOURS, LATE, RECORDS, alarms_frame, days_frame, warned
from evalcore.warn.events import events_frame
from evalcore.warn.series import calendar_of

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "data" / "quality" / "warning.json"
EDITION, SEEDS, FIRST_SEED, CLEAN_SEED = "demo-2025", (20252, 5), 7000, 8000
AFTER_DAYS = 7
"""Days after a planted event on which an alarm still belongs to it: durations are means of the last week."""
TOGETHER = "together"
DISPERSION, WEEK, SEASON = 1.5, 0.15, 0.1
"""Of clean counts: variance over mean; amplitudes on the log scale of the weekdays and of a year's cosine."""
LOADS, OWN_LOAD = (3.0, 5.0), 0.1
"""Contacts of a promotion's first and last day in ordinary days; spread of a platform's own load, log scale."""
LEVELS = {ALL: 150, "consultation": 65, "order_query": 22, "return": 45, "complaint": 18}
"""Mean cases on a day; those of a platform are these times a lognormal factor."""
SIZES = 0.5


class Event(NamedTuple):
    """Something planted: where, what it disturbs, and its first and last day."""

    entity: str
    quantity: str
    first: pd.Timestamp
    last: pd.Timestamp


def main(worlds: int, years: int) -> None:
    """Measure, write and print."""
    edition = load_edition(EDITION, ROOT)
    found = measure(edition, [*SEEDS, *range(FIRST_SEED, FIRST_SEED + worlds)], years, CLEAN_SEED)
    write_json(FILE, found)
    print(json.dumps(found, indent=1))


def measure(edition: Edition, seeds: list[int], years: int, clean_seed: int) -> dict:
    """Found and false per method over worlds, per seed, and on clean years."""
    drawn = {seed: scored_world(edition, seed) for seed in seeds}
    return {
        "edition": edition.name, "seeds": seeds, "published": [seed for seed in seeds if seed in SEEDS],
        "methods": {name: _add([world[name] for world in drawn.values()]) for name in methods(edition)},
        "by_seed": {str(seed): world[TOGETHER] for seed, world in drawn.items()},
        "clean": clean_years(edition, years, clean_seed),
    }  # fmt: skip


def methods(edition: Edition) -> list[str]:
    """The baseline, every rule, and all of them together, as the page lists their urgent alarms."""
    return [BASELINE, *(rule.id for rule in edition.warning.rules), TOGETHER]


def scored_world(edition: Edition, seed: int) -> dict[str, dict]:
    """One world at full volume: per method what it raised and found."""
    own = edition.model_copy(update={"simulation": edition.simulation.model_copy(update={"seed": seed})})
    truth = draw_truth(own)
    raw = draw_tickets(truth, stream(seed, "tickets"))[list(own.sources["tickets"].columns)]
    cleaned = clean(ingest(raw, "tickets", own), "tickets", own).valid
    alarms = warned(ibis.memtable(cleaned), own)[2]
    return scores(alarms, planted_of(truth.plants), own)


def planted_of(plants: Plants) -> list[Event]:
    """The delivery wave and the data incident."""
    month, wave = pd.Period(plants.incident, "M"), pd.Timestamp(plants.wave_start)
    return [
        Event(plants.delivery_wave, CASES, wave, wave + pd.Timedelta(days=WAVE_DAYS - 1)),
        Event(plants.late_records, HOURS, month.start_time, month.end_time.normalize()),
    ]


def scores(alarms: pd.DataFrame, planted: list[Event], edition: Edition) -> dict[str, dict]:
    """Per method: events raised, true ones among them, planted ones of its kind and found, delays, days left, causes.

    An event is true if it touches a planted one of its entity; a rule answers for what disturbs its quantity.
    """
    own, every = edition.warning, [level.id for level in edition.warning.levels]
    late = {rule.id for rule in own.rules if rule.duration}
    found = {TOGETHER: _score(events_frame(alarms, own), planted, planted)}
    for name in methods(edition)[:-1]:
        events = events_frame(alarms[alarms["method"] == name], own, every)
        kind = HOURS if name in late else CASES
        found[name] = _score(events, planted, [event for event in planted if event.quantity == kind])
    return found


def _score(events: pd.DataFrame, planted: list[Event], sought: list[Event]) -> dict:
    hits = {event: [row for row in events.itertuples() if _touches(row, event)] for event in planted}
    own = {event: [row.first for row in hits[event] if row.quantity == event.quantity] for event in sought}
    found = {event: max(min(firsts), event.first) for event, firsts in own.items() if firsts}
    incidents = [
        row for event, rows in hits.items() if event.quantity == HOURS for row in rows if row.quantity == HOURS
    ]
    return {
        "events": len(events),
        "true": len({row.Index for rows in hits.values() for row in rows}),
        "planted": len(sought),
        "found": len(found),
        "delays": [(first - event.first).days for event, first in found.items()],
        "left": [(event.last - first).days for event, first in found.items()],
        "incidents": len(incidents),
        "records": sum(row.cause == RECORDS for row in incidents),
    }


def _touches(row: object, event: Event) -> bool:
    until = event.last + pd.Timedelta(days=AFTER_DAYS)
    return row.entity == event.entity and row.first <= until and row.last >= event.first


def _add(parts: list[dict]) -> dict:
    """Counts added up, lists joined."""
    return {key: sum((part[key] for part in parts), [] if isinstance(parts[0][key], list) else 0) for key in parts[0]}


def clean_years(edition: Edition, years: int, first_seed: int) -> dict:
    """Alarms where nothing was planted: events per method, and how often the baseline falls below its chances.

    `judged`: series-days of which enough cases were expected; `nominal`: level -> those of them under its chance.
    """
    own, drawn = edition.warning, []
    for seed in range(first_seed, first_seed + years):
        days = days_frame(clean_counts(edition, np.random.default_rng(seed)), edition)
        drawn.append(
            (days[days["expected"] >= own.fewest_cases], alarms_frame(days, pd.DataFrame(columns=LATE), edition))
        )
    every = [level.id for level in own.levels]
    late = {rule.id for rule in own.rules if rule.duration}
    return {
        "years": years, "platform_years": years * len(edition.entities), "first_seed": first_seed,
        "judged": sum(len(days) for days, _ in drawn),
        "nominal": {level: sum(int((days["chance"] <= chance).sum()) for days, _ in drawn)
                    for level, chance in own.baseline.chance.items()},
        "events": {
            name: sum(len(events_frame(alarms[alarms["method"] == name], own, every)) for _, alarms in drawn)
            for name in methods(edition)[:-1] if name not in late
        } | {TOGETHER: sum(len(events_frame(alarms, own)) for _, alarms in drawn)},
    }  # fmt: skip


def clean_counts(edition: Edition, rng: np.random.Generator) -> pd.DataFrame:
    """entity, topic, day, n: one year of overdispersed counts with weekdays, a season and promotions."""
    calendar = calendar_of(edition)
    number, entities = len(calendar.days), [e.id for e in edition.entities]
    week = rng.normal(0, WEEK, 7)[calendar.days.day_of_week]
    season = SEASON * np.cos(2 * np.pi * (np.arange(number) / 365.25 + rng.random()))
    parts = []
    for entity in entities:
        size = np.exp(rng.normal(0, SIZES))
        load = np.where(calendar.promotion, np.log(_loads(edition, calendar.days)) + rng.normal(0, OWN_LOAD), 0)
        for topic, level in LEVELS.items():
            mean = size * level * np.exp(week + season + load)
            n = rng.negative_binomial(mean / (DISPERSION - 1), 1 / DISPERSION)
            parts.append(pd.DataFrame({"entity": entity, "topic": topic, "day": calendar.days, "n": n}))
    return pd.concat(parts, ignore_index=True)


def _loads(edition: Edition, days: pd.DatetimeIndex) -> np.ndarray:
    """(days,) Ordinary days' contacts that a day brings."""
    loads = np.ones(len(days))
    for promotion in edition.promotions:
        own = (days >= pd.Timestamp(promotion.first)) & (days <= pd.Timestamp(promotion.last))
        loads[own] = np.linspace(*LOADS, int(own.sum()))
    return loads


if __name__ == "__main__":
    main(*(int(given) for given in sys.argv[1:3]) if len(sys.argv) > 2 else (4, 20))
