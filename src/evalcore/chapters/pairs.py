"""What parents expect and what they get: each pair in the group it was asked of, or among the platforms' policies."""

from typing import NamedTuple

import pandas as pd

from evalcore.chapters.maternal import shown
from evalcore.edition import Edition, Text
from evalcore.survey.interval import Estimate, share_estimate
from evalcore.words import LANGUAGES, Number, exhibit_words, shared_words

IMMEDIATE_MIN = 5
"""Minutes within which help in an emergency counts as immediate (ours, as R6 counts at night)."""
CATEGORY = "maternal"


class Pair(NamedTuple):
    """A pair: who is asked (column and code), the question of the expectation, and where experience is read.

    `got` is a column of the survey, or of the policies if it begins with "policy:", or "emergency": help in time.
    """

    who: tuple[str, object] | None
    expects: str | None
    got: str | None


PAIRS: dict[str, Pair] = {
    "immediate": Pair(None, "expects_immediate", "emergency"),
    "always_tier1": Pair(("city_tier", "tier-1"), "expects_always", "policy:night_hours"),
    "always_tier3": Pair(("city_tier", "tier-3"), "expects_always", "policy:night_hours"),
    "door": Pair(("city_tier", "tier-1"), "expects_door", "got_door"),
    "pickup": Pair(("path", "price"), "expects_pickup", "policy:free_pickup"),
    "one_policy": Pair(("channel_use", "several"), "expects_one_policy", "policy:one_policy"),
    "guidance": Pair(("stage", "0-1"), "wants_guidance", "got_guidance"),
    "knowledge": Pair(("born_after_1995", True), "expects_knowledge", "policy:sends_knowledge"),
    "channel": Pair(("buyer", "repeat"), "wants_channel", None),
    "subsidy": Pair(("income_band", "under-10k"), None, "got_subsidy"),
    "repair": Pair(None, None, "policy:repair_in_24h"),
}
"""Pair -> its questions (D4); policies are what platforms that sell the category promise, a census."""
COLUMNS = ["pair", "expected", "expected_lower", "expected_upper", "expected_n", "got", "got_lower", "got_upper"]


def pairs_frame(answers: pd.DataFrame, policies: pd.DataFrame | None, edition: Edition) -> pd.DataFrame:
    """pair, expected and got in percent with intervals and numbers, `census` (platforms counted, no sampling error).

    What was not asked, not collected, or answered by too few is missing.
    """
    rows = []
    for name, pair in PAIRS.items():
        own = answers if pair.who is None else answers[answers[pair.who[0]] == pair.who[1]]
        nobody = Estimate(float("nan"), float("nan"), float("nan"), 0)
        expected = _share(own[pair.expects], edition) if pair.expects else nobody
        census = bool(pair.got) and pair.got.startswith("policy:")
        got = _promised(policies, pair.got, edition) if census else _experienced(own, pair.got, edition)
        rows.append((name, *expected, *(got or nobody), census))
    return pd.DataFrame(rows, columns=[*COLUMNS, "got_n", "census"])


def widest_pair(pairs: pd.DataFrame) -> Text:
    """The pair whose expectation lies furthest above what is got."""
    gap = _gaps(pairs)
    return Text(**{lang: _named(lang, pairs, gap) for lang in LANGUAGES})


def pair_numbers(pairs: pd.DataFrame) -> dict[str, Number]:
    """`maternal.pairs.*`: the widest pair, its gap in points, and how many pairs have both sides."""
    gap = _gaps(pairs)
    return {
        "maternal.pairs.widest": Number(widest_pair(pairs), "text"),
        "maternal.pairs.gap": Number(float(gap.max()) if len(gap) else None, "plain", 0),
        "maternal.pairs.both": Number(len(gap)),
        "maternal.pairs.all": Number(len(pairs)),
    }


def _gaps(pairs: pd.DataFrame) -> pd.Series:
    return (pairs["expected"] - pairs["got"]).dropna()


def _named(lang: str, pairs: pd.DataFrame, gap: pd.Series) -> str:
    if gap.empty:
        return shared_words(lang)["none"]
    return exhibit_words("maternal-pairs", lang)[f"pair.{pairs['pair'][gap.idxmax()]}"]


def _experienced(own: pd.DataFrame, got: str | None, edition: Edition) -> Estimate | None:
    if got is None:
        return None
    minutes = own["emergency_min"]
    return _share((minutes <= IMMEDIATE_MIN) if got == "emergency" else own[got], edition)


def _promised(policies: pd.DataFrame | None, got: str, edition: Edition) -> Estimate | None:
    """Share of the platforms of the category with a policy; none where nobody sells it."""
    if policies is None or not (policies["category"] == CATEGORY).any():
        return None
    own = policies.loc[policies["category"] == CATEGORY, got.removeprefix("policy:")].astype(bool)
    return Estimate(100 * float(own.mean()), float("nan"), float("nan"), len(own))


def _share(hits: pd.Series, edition: Edition) -> Estimate:
    return shown(share_estimate(hits, edition.model.interval), edition)
