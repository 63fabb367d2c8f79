"""What is planted at which platform and when (demonstration-world.md, section 2); pages have to find it."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from evalcore.edition import Edition
from evalcore.streams import stream

FINDINGS_AMONG_SMALL = 3
"""Planted among small-mid platforms, those of the slowest response, which leave most room; else only one is."""
WAVE_DAYS = 10
WAVE_SHARE = 0.2
"""Length of the delivery wave, and the share of the platform's contacts of the year that it brings."""
WAVE_MONTHS, WAVE_LATEST = (2, 4, 8), 45
"""The wave begins within so many days of one of these months: within a quarter, away from promotions."""
WAVE_EFFECTS = {"S1": -3.0, "S4": 1.5, "S5": -2.5, "S6": -1.5, "S7": -2.5}
"""Logit scale; what the wave does, to the worse in each."""
RECORDS_USUAL_H, RECORDS_LATE_H, RECORDS_SPREAD_H = 48.0, 72.0, 6.0
"""Mean hours to a refund by the records of the platform of the data incident, which books in batches; hours by which
it records late during the incident (120 then); spread of a record. The money arrives as ever."""
AGENTS_TIMES = 2.0
CLAIMED_SOLVED, CLAIMED_SECONDS = 0.95, 5
"""What the platform with the boastful bot reports: 95 percent solved, in 5 seconds."""
EMPTY_NIGHT_DAY = 4.0
"""Logit scale; how much faster still that platform is by day."""
PINNED = {
    "slow_bot": {"R1": 50.0, "R5": 68.0, "R6": 52.0},
    "boastful_bot": {"R1": 50.0, "R5": 56.0, "R6": 62.0},
    "empty_night": {"R6": 12.0},
    "many_agents": {"E1": 75.0},
}
"""Finding -> indicator points without which it could not occur."""


@dataclass(frozen=True)
class Stuck:
    """Of the contacts that the bot passes on: the share that waits, and minutes with the bot and in the queue."""

    share: float
    bot: tuple[float, float]
    queue: tuple[float, float]


STUCK = {"slow_bot": Stuck(0.57, (8, 30), (8, 22)), "boastful_bot": Stuck(0.87, (1, 4), (32, 75))}
NOT_STUCK = Stuck(0.0, (0, 1), (0, 1))


@dataclass(frozen=True)
class Plants:
    """Platforms by finding; None where an edition is too small for it.

    slow_bot : reports its response without the wait inside its bot.
    boastful_bot : says that its bot solves 95 percent in 5 seconds.
    late_records, incident : records refunds late in this month (YYYY-MM).
    many_agents : twice the agents of the mean, satisfaction in the middle.
    empty_night : a fine mean, and nobody there at night.
    delivery_wave, wave_start : one wave of bad deliveries from this day on; without it its resolution leads.
    gamed_clock : closes tickets just before 24 h, solved or not.
    angry_last : serves angry users later.
    """

    slow_bot: str | None
    boastful_bot: str | None
    late_records: str
    incident: str
    many_agents: str
    empty_night: str | None
    delivery_wave: str
    wave_start: date
    gamed_clock: str
    angry_last: str

    @property
    def wave(self) -> np.ndarray:
        """Days of the delivery wave."""
        return np.arange(self.wave_start, self.wave_start + timedelta(WAVE_DAYS), dtype="datetime64[D]")

    def at(self, finding: str, platforms: list[str]) -> np.ndarray:
        """(platforms,) Whether a finding is planted there."""
        return np.array([p == getattr(self, finding) for p in platforms])

    def stuck(self, platforms: list[str]) -> list[Stuck]:
        """Per platform, how long its bot keeps people from a human."""
        return [next((s for f, s in STUCK.items() if getattr(self, f) == p), NOT_STUCK) for p in platforms]

    def describe(self) -> dict[str, str | None]:
        """Plain values for truth.json."""
        return {key: value and str(value) for key, value in asdict(self).items()}


def draw_plants(edition: Edition, dimensions: pd.DataFrame) -> Plants:
    """Who gets what, and when, from the stream `truth/plants`; no platform gets two while there are enough."""
    rng = stream(edition.simulation.seed, "truth/plants")
    weights = [d.weight for d in edition.framework.dimensions]
    order = (dimensions @ weights).sort_values().index
    last = order[0]
    sizes = {e.id: e.size for e in edition.entities}
    by_response = dimensions["R"].sort_values().index
    small = [p for p in by_response if sizes[p] == "small-mid" and p != last]
    enough = len(small) >= FINDINGS_AMONG_SMALL
    small = small or [p for p in order if sizes[p] == "small-mid"]
    small = [str(p) for p in rng.permutation(small[:FINDINGS_AMONG_SMALL])]
    others = [p for p in order if p not in small and p != last] or list(order)
    middle = _middle(dimensions.loc[others, "E"])
    free = [str(p) for p in rng.permutation([p for p in others if p != middle] or others)]
    return Plants(
        slow_bot=next(iter(small), None),
        boastful_bot=small[1] if enough else None,
        late_records=free[0],
        incident=f"{edition.year}-{rng.choice([2, 3, 4, 7, 8, 9]):02d}",
        many_agents=middle,
        empty_night=small[2] if enough else None,
        delivery_wave=str(last),
        wave_start=_ordinary_day(edition, rng),
        gamed_clock=free[1 % len(free)],
        angry_last=free[2 % len(free)],
    )


def _middle(scores: pd.Series) -> str:
    return str(scores.sort_values().index[len(scores) // 2])


def _ordinary_day(edition: Edition, rng: np.random.Generator) -> date:
    """A first day such that the wave lies in one quarter, away from the promotions."""
    return date(edition.year, int(rng.choice(WAVE_MONTHS)), 1) + timedelta(int(rng.integers(0, WAVE_LATEST)))


def pinned_by_plants(plants: Plants, platforms: list[str]) -> pd.DataFrame:
    """Points that findings fix beforehand; NaN elsewhere."""
    columns = sorted({indicator for points in PINNED.values() for indicator in points})
    pinned = pd.DataFrame(np.nan, index=platforms, columns=columns)
    for finding, points in PINNED.items():
        platform = getattr(plants, finding)
        if platform is not None:
            pinned.loc[platform, list(points)] = list(points.values())
    return pinned
