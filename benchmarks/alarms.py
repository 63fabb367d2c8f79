"""False alarms of chapter 3, and what of the planted it finds, over simulated worlds whose truth is known.

    python -m benchmarks.alarms 30

Draws so many worlds of demo-2025 at a tenth of its volume, each with a seed of its own, and asks of every platform what
the pages ask: signs of gaming, reports against users. Platforms without the plant that a sign looks for are clean; an
alarm there is a false one. Of the survey it compares what cleaning rules catch with what was planted. Writes
data/quality/alarms.json, which the pages read, and prints it.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from evalcore.chapters.cross import AGREES, bias_frame, recall_of
from evalcore.chapters.gaming import SIGNS, gaming_frame
from evalcore.chapters.weighting import weighted_answers
from evalcore.clean import clean
from evalcore.clean.derive import derive
from evalcore.clean.rules import RULES
from evalcore.edition import Edition, load_edition
from evalcore.ingest import ingest
from evalcore.io.files import write_json
from evalcore.simulate.claims import with_claims
from evalcore.simulate.dishonest import HASTY, REPEATED
from evalcore.simulate.survey import CARELESS, FAILED_TRAP, STRAIGHT_TOO
from evalcore.simulate.truth import draw_truth
from evalcore.simulate.world import DRAWS
from evalcore.streams import stream
from evalcore.survey import survey_weights

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "data" / "quality" / "alarms.json"
EDITION, VOLUME, FIRST_SEED = "demo-2025", 0.1, 7000
PLANT = {**dict.fromkeys(SIGNS, "gamed_clock"), "mean_response_min": "slow_bot", "bot_solved": "boastful_bot"}
"""Sign, or reported item -> the plant that it should find; nothing heaps digits in this world."""
UNPLANTED = ("heaped",)
RULES_OF = {
    "s-fast": HASTY,
    "s-trap": CARELESS * FAILED_TRAP,
    "s-straight": CARELESS * (1 - FAILED_TRAP * (1 - STRAIGHT_TOO)),
    **dict.fromkeys(("s-ip", "s-device"), REPEATED * 2 / 3),
}
"""Cleaning rule -> planted share of all answers that it should catch by itself."""


def main(worlds: int) -> None:
    """Measure, write and print."""
    found = measure(load_edition(EDITION, ROOT), worlds, FIRST_SEED)
    write_json(FILE, found)
    print(json.dumps(found, indent=1))


def measure(edition: Edition, worlds: int, first_seed: int) -> dict:
    """Counts over worlds: per sign clean tests, alarms among them, planted ones, found among them; shares of rules."""
    drawn = [world_of(edition, first_seed + k) for k in range(worlds)]
    return {
        "edition": edition.name, "volume": VOLUME, "worlds": worlds, "first_seed": first_seed,
        "signs": {sign: _sum(sign, [alarms for alarms, _ in drawn]) for sign in PLANT},
        "rules": {rule: _spread(planted, [shares[rule] for _, shares in drawn]) for rule, planted in RULES_OF.items()},
    }  # fmt: skip


def world_of(edition: Edition, seed: int) -> tuple[pd.DataFrame, dict[str, float]]:
    """One world: sign, entity, planted, alarm; and the share of answers each rule catches by itself."""
    simulation = edition.simulation.model_copy(update={"seed": seed, "volume": VOLUME})
    own = edition.model_copy(update={"simulation": simulation})
    truth = draw_truth(own)
    raw = {name: DRAWS[name](truth, stream(seed, name)) for name in ("tickets", "survey", "platform_reports")}
    raw["survey"] = with_claims(raw["survey"], raw["tickets"], truth)
    typed = {name: ingest(frame[list(own.sources[name].columns)], name, own) for name, frame in raw.items()}
    cleaned = {name: clean(frame, name, own).valid for name, frame in typed.items()}
    return _alarms(cleaned, own, truth.plants), _shares(typed["survey"], own)


def _alarms(cleaned: dict[str, pd.DataFrame], edition: Edition, plants: object) -> pd.DataFrame:
    answers = weighted_answers(cleaned["survey"], survey_weights({"survey": cleaned["survey"]}, edition), "survey")
    recall = recall_of(answers, cleaned["tickets"])
    bias = bias_frame(answers, cleaned["platform_reports"], recall, edition).rename(columns={"measure": "sign"})
    gaming = gaming_frame(cleaned["tickets"], edition)
    both = pd.concat([gaming[["sign", "entity", "alarm"]], bias.assign(alarm=bias["verdict"] != AGREES)])
    planted = [r.sign not in UNPLANTED and getattr(plants, PLANT[r.sign]) == r.entity for r in both.itertuples()]
    return both[["sign", "entity", "alarm"]].assign(planted=planted)


def _shares(typed: pd.DataFrame, edition: Edition) -> dict[str, float]:
    source = edition.sources["survey"]
    derived = derive(typed, source)
    rules = [rule for rule in source.rules if rule.id in RULES_OF]
    return {r.id: float(RULES[r.kind](derived[list(r.columns)], r, source, edition).mean()) for r in rules}


def _sum(sign: str, worlds: list[pd.DataFrame]) -> dict[str, int]:
    own = pd.concat([world[world["sign"] == sign] for world in worlds])
    planted = own["planted"].astype(bool)
    return {
        "clean": int((~planted).sum()), "alarms": int(own.loc[~planted, "alarm"].sum()),
        "planted": int(planted.sum()), "found": int(own.loc[planted, "alarm"].sum()),
    }  # fmt: skip


def _spread(planted: float, shares: list[float]) -> dict[str, float]:
    """Planted share, mean share caught and root mean squared error, percent."""
    caught = np.array(shares)
    error = np.sqrt(((caught - planted) ** 2).mean())
    return {k: round(float(100 * v), 4) for k, v in (("planted", planted), ("caught", caught.mean()), ("error", error))}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
