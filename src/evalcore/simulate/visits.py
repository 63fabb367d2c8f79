"""Checklists of the mystery visits, by day and by night: the bot, the way to a human, what the agent did."""

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from evalcore.simulate.frames import flags, numbered, times
from evalcore.simulate.panel import SHOPPERS, draw_mystery
from evalcore.simulate.reports import by_quarter
from evalcore.simulate.toss import happens
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import random_days
from evalcore.streams import stream

NIGHTS_A_QUARTER = 10
"""Night visits per platform; they fill a checklist and rate nothing."""
NIGHT_HOURS = (22 * 3600, 32 * 3600)
WITH_BOT = 0.9
SOON_MIN, GIVEN_UP_MIN = (0.3, 5.0), 45.0
"""Minutes to a human where R6 counts it as soon; minutes after which a shopper gives up."""
LATER_MIN = (1.2, 11.0)
"""Shape and scale (minutes) of what is waited beyond that."""
EMPTY_NIGHT_TIMES = 4.0
LOOP, LOOP_STUCK = 0.22, 0.72
"""Share kept in the bot's loop of those it did not help: at the mean response, and where the bot keeps people."""
TURNS, TURNS_LOOP = 3.0, 9.0
TRANSFERS, DROPPED, DROPPED_NIGHT = 0.6, 0.14, 0.8
"""Transfers on average; share of transferred calls that drop, and how much more at night (logit scale)."""
PER_POINT, AT_NIGHT = 0.04, -0.35
"""Logit scale: a point of the platform's dimension, and the night."""
ITEMS: dict[str, tuple[str, float]] = {
    "entry_found": ("R", 0.78),
    "human_offered": ("R", 0.62),
    "asked_what": ("S", 0.71),
    "right_team": ("S", 0.66),
    "urgency_asked": ("S", 0.34),
    "deadline_told": ("S", 0.52),
    "progress_shown": ("E", 0.57),
    "result_told": ("E", 0.61),
    "cause_told": ("S", 0.28),
    "asked_opinion": ("E", 0.44),
}
"""Item of the checklist -> the dimension that makes it likelier, and its share at the mean score by day."""
ON_ARRIVAL = ("entry_found", "human_offered")
"""Items seen without a human; the others are blank where none was reached."""


def draw_visits(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per visit: those by day are the scored ones (same number, time and bot), those by night come on top."""
    both = pd.concat([_by_day(truth), _by_night(truth, rng)], ignore_index=True)
    frame = both.sort_values("visited_at", kind="stable", ignore_index=True)
    reached = frame["minutes_to_human"].notna().to_numpy()
    return frame.assign(
        **_bot(frame, truth, rng), **_transfers(frame, reached, truth, rng), **_items(frame, truth, rng)
    )


def _by_day(truth: Truth) -> pd.DataFrame:
    scored = draw_mystery(truth, stream(truth.edition.simulation.seed, "mystery"))
    kept = scored[["visit_id", "shopper", "platform", "visited_at", "bot_solved", "minutes_to_human"]]
    return kept.assign(night=False)


def _by_night(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    shape = (len(truth.platforms), len(truth.edition.periods), NIGHTS_A_QUARTER)
    platform, quarter = (axis.ravel() for axis in np.indices(shape)[:2])
    number = len(platform)
    with_bot, solved = rng.random(number) < WITH_BOT, happens(rng, by_quarter(truth, "R5")[platform, quarter])
    names = np.array(truth.platforms, dtype=object)[platform]
    minutes = np.round(_night_minutes(happens(rng, by_quarter(truth, "R6")[platform, quarter]), names, truth, rng), 1)
    nobody = (with_bot & solved) | (minutes > GIVEN_UP_MIN)
    moment = random_days(truth.edition, quarter, rng) + rng.integers(*NIGHT_HOURS, number)
    return pd.DataFrame(
        {
            "visit_id": numbered("N", number, 4),
            "shopper": rng.permutation(np.resize(numbered("M", SHOPPERS, 2), number)),
            "platform": pd.Series(names, dtype="str"),
            "visited_at": times(np.minimum(moment, _last_second(truth))),
            "bot_solved": flags(solved, with_bot),
            "minutes_to_human": np.where(nobody, np.nan, minutes),
            "night": True,
        }
    )


def _night_minutes(soon: np.ndarray, names: np.ndarray, truth: Truth, rng: np.random.Generator) -> np.ndarray:
    longer = np.where(names == truth.plants.empty_night, EMPTY_NIGHT_TIMES, 1.0)
    late = SOON_MIN[1] + longer * rng.gamma(*LATER_MIN, len(soon))
    return np.where(soon, rng.uniform(*SOON_MIN, len(soon)), late)


def _last_second(truth: Truth) -> float:
    """A night that begins on the last day ends with the year."""
    return np.datetime64(truth.edition.periods[-1].last, "s").astype(np.int64) + 86399.0


def _bot(frame: pd.DataFrame, truth: Truth, rng: np.random.Generator) -> dict[str, object]:
    """Turns with the bot, and whether it went round in circles; blank where no bot came first."""
    met = frame["bot_solved"].notna().to_numpy()
    failed = frame["bot_solved"].eq(False).fillna(False).to_numpy(dtype=bool)
    chance = _chance(frame, truth, "R", 1 - LOOP)
    chance = np.where(frame["platform"].eq(truth.plants.slow_bot), LOOP_STUCK, 1 - chance)
    loop = failed & happens(rng, chance)
    turns = 1 + rng.poisson(np.where(loop, TURNS_LOOP, TURNS))
    return {"bot_turns": pd.Series(turns, dtype="Int64").where(met), "bot_loop": flags(loop, met)}


def _transfers(frame: pd.DataFrame, reached: np.ndarray, truth: Truth, rng: np.random.Generator) -> dict[str, object]:
    """How often a call was passed on, whether it dropped, whether everything had to be told again."""
    transfers = np.minimum(rng.poisson(TRANSFERS, len(frame)), 4)
    passed_on = reached & (transfers > 0)
    night = frame["night"].to_numpy(dtype=bool)
    dropped = expit(logit(1 - _chance(frame, truth, "S", 1 - DROPPED, night=0)) + DROPPED_NIGHT * night)
    told = 1 - truth.rate("E3")[_places(frame, truth)]
    return {
        "transfers": pd.Series(transfers, dtype="Int64").where(reached),
        "transfer_dropped": flags(happens(rng, dropped), passed_on),
        "story_again": flags(happens(rng, told), passed_on),
    }


def _items(frame: pd.DataFrame, truth: Truth, rng: np.random.Generator) -> dict[str, object]:
    reached = frame["minutes_to_human"].notna().to_numpy()
    always = np.ones(len(frame), dtype=bool)
    return {
        name: flags(happens(rng, _chance(frame, truth, dimension, share)), always if name in ON_ARRIVAL else reached)
        for name, (dimension, share) in ITEMS.items()
    }


def _chance(frame: pd.DataFrame, truth: Truth, dimension: str, share: float, night: float = AT_NIGHT) -> np.ndarray:
    """(visits,) Chance of something good, `share` at the mean score by day."""
    scores = truth.dimensions[dimension].to_numpy()
    better = (scores - scores.mean())[_places(frame, truth)]
    return expit(logit(share) + PER_POINT * better + night * frame["night"].to_numpy(dtype=float))


def _places(frame: pd.DataFrame, truth: Truth) -> np.ndarray:
    return pd.Index(truth.platforms).get_indexer(frame["platform"])
