"""Columns of tickets and answers that follow from the others; each has its own stream, so that these stay as drawn."""

import numpy as np
import pandas as pd

from evalcore.simulate.frames import flags, labels
from evalcore.simulate.toss import choose, happens
from evalcore.simulate.truth import Truth
from evalcore.streams import stream

REPAIRERS = ("platform", "brand", "third_party")
REPAIRER_IF = {True: (0.15, 0.207, 0.643), False: (0.17, 0.247, 0.583)}
"""Who repaired, by whether it had to be done again: 30 % of repairs by third parties are (D0-14), 28 % of all."""
PRICES = ("low", "middle", "high")
PRICE_IF = {True: (0.47, 0.40, 0.13), False: (0.38, 0.41, 0.21)}
"""Price of the goods, by whether a repair had to be done again; other tickets have those of a repair that held."""
KEYED = 0.03
"""Share of tickets that platforms hand over under a pseudonym, to be compared with what their users say."""
PROMISES, PROMISE_SHARES = (24, 48, 72), (0.5, 0.3, 0.2)
REPAIR_SATISFIED, REPAIRED = 0.60, 0.22
"""Published share satisfied among those whose appliance was repaired; share repaired among those it can be."""
REPAIRABLE, REPAIR_SCENES, SATISFIED = "appliances", ("return", "complaint"), 4


def more_of_tickets(frame: pd.DataFrame, truth: Truth) -> dict[str, pd.Series]:
    """Who repaired, price of the goods, hours promised, and the pseudonym under which some are handed over."""
    rng, number = stream(truth.edition.simulation.seed, "tickets/more"), len(frame)
    again = frame["repeat_repair_30d"]
    failed = again.fillna(False).to_numpy(dtype=bool)
    repairer = labels(_given(REPAIRER_IF, failed, rng), REPAIRERS)
    open_ = frame["after_sales"] & ~frame["solved_first_contact"] & frame["human_answered_at"].notna()
    gamer = frame["platform"].eq(truth.plants.gamed_clock).to_numpy()
    promised = np.where(gamer, PROMISES[0], rng.choice(PROMISES, number, p=PROMISE_SHARES)).astype(float)
    keyed = rng.random(number) < KEYED
    return {
        "repairer": repairer.where(again.notna().to_numpy()),
        "price_band": labels(_given(PRICE_IF, failed, rng), PRICES),
        "promised_h": pd.Series(np.where(open_, promised, np.nan)).astype("Int64"),
        "ticket_key": _keys(keyed, rng),
    }


def more_of_answers(frame: pd.DataFrame, truth: Truth) -> dict[str, pd.Series]:
    """Whether the goods were repaired: asked of those who came back or complained about what can be repaired."""
    rng = stream(truth.edition.simulation.seed, "survey/more")
    asked = (frame["category"].eq(REPAIRABLE) & frame["scene"].isin(REPAIR_SCENES)).to_numpy()
    satisfied = (frame["csat"] >= SATISFIED).to_numpy()
    share = pd.Series(satisfied[asked]).groupby(frame["platform"].to_numpy()[asked]).mean()
    usual = frame["platform"].map(share).fillna(0.5).clip(0.05, 0.95).to_numpy()
    chance = REPAIRED * np.where(satisfied, REPAIR_SATISFIED / usual, (1 - REPAIR_SATISFIED) / (1 - usual))
    return {"repaired": flags(happens(rng, np.minimum(chance, 0.95)), asked)}


def _given(chances: dict[bool, tuple[float, ...]], condition: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return choose(rng, np.where(condition[:, None], chances[True], chances[False]))


def _keys(keyed: np.ndarray, rng: np.random.Generator) -> pd.Series:
    """Random pseudonyms without order, blank for most."""
    keys = np.full(len(keyed), None, dtype=object)
    numbers = rng.choice(16**8, keyed.sum(), replace=False)
    keys[keyed] = [f"k{n:08x}" for n in numbers]
    return pd.Series(keys, dtype="str")
