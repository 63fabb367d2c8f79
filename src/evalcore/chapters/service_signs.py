"""Chapter 8, what averages hide: nights without people, bots that are said to solve more than they do, problems."""

import numpy as np
import pandas as pd

from evalcore.chapters.daily import days_of
from evalcore.chapters.service import normal_interval, summary
from evalcore.edition import Edition, Text
from evalcore.words import LANGUAGES, Number, format_value, shared_words

CLEAR = 4.0
"""Standard errors beyond which a report contradicts the tickets: among fifteen, by chance once in 1,000 years."""
LONG_MIN = 30
"""Minutes after which a wait behind the bot is very long (D0-23)."""


def nights_frame(daily: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, day, night, fall, fall_lower, fall_upper; the deepest fall first.

    Percent of those who asked for a human that were answered within 5 minutes, from 8:00 to 22:00 and at night.
    """
    days = days_of(daily, edition)
    by = {part: 100 * days.ratio(f"soon_{part}", f"asked_{part}", "contacts") for part in ("day", "night")}
    fall = by["day"] - by["night"]
    rows = [
        (entity, by["day"][0, k], by["night"][0, k], *summary(fall[:, k], edition))
        for k, entity in enumerate(days.entities)
    ]
    found = pd.DataFrame(rows, columns=["entity", "day", "night", "fall", "fall_lower", "fall_upper"])
    return found.dropna(subset="fall").sort_values("fall", ascending=False, ignore_index=True)


def hours_frame(hourly: pd.DataFrame, nights: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """hour, load (percent of contacts), soon (mean over entities), entity, own: the one whose night falls deepest."""
    ranked = [e.id for e in edition.entities if not e.pooled]
    own = hourly[hourly["entity"].isin(ranked)]
    grid = own.set_index(["hour", "entity"])[["contacts", "asked", "soon"]].unstack("entity", fill_value=0)
    grid = grid.reindex(range(24), fill_value=0)
    shares = (100 * grid["soon"] / grid["asked"]).where(grid["asked"] >= edition.minimum_cell)
    entity = nights["entity"].iloc[0] if len(nights) else None
    contacts = grid["contacts"].sum(axis=1)
    return pd.DataFrame(
        {
            "hour": range(24),
            "load": (100 * contacts / max(contacts.sum(), 1)).to_numpy(float),
            "soon": shares.mean(axis=1).to_numpy(float),
            "entity": entity,
            "own": np.nan if entity is None else shares[entity].to_numpy(float),
        }
    )


def bots_frame(daily: pd.DataFrame, reports: pd.DataFrame, monitoring: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, reported, solved, solved_lower, solved_upper, users, users_lower, users_upper, gap, apart; widest first.

    Percent of contacts begun with the bot that it solved, as reported and as logged; percent of users who met it and
    say that it could handle their problem. `gap`: reported minus logged; `apart` in standard errors of the logged.
    """
    days = days_of(daily, edition)
    drawn = 100 * days.ratio("bot_solved", "begun", "contacts")
    told = reports[reports["item"] == "bot_solved"].groupby("entity")[["numerator", "denominator"]].sum()
    reported = 100 * (told["numerator"] / told["denominator"]).astype(float)
    met = monitoring[monitoring["bot_handled"].notna()]
    users = met["bot_handled"].astype(float).groupby(met["entity"]).agg(["mean", "size"])
    rows = []
    for k, entity in enumerate(days.entities):
        logged, error = summary(drawn[:, k], edition), float(drawn[1:, k].std())
        gap = reported.get(entity, np.nan) - logged[0]
        rows.append((entity, reported.get(entity, np.nan), *logged, *_users(users, entity, edition), gap, gap / error))
    names = ["entity", "reported", *(f"{s}{e}" for s in ("solved", "users") for e in ("", "_lower", "_upper"))]
    found = pd.DataFrame(rows, columns=[*names, "gap", "apart"]).dropna(subset="gap")
    return found.sort_values("gap", ascending=False, ignore_index=True)


def _users(users: pd.DataFrame, entity: str, edition: Edition) -> tuple[float, float, float]:
    if entity not in users.index or users.loc[entity, "size"] < edition.minimum_cell:
        return (np.nan,) * 3
    share, number = users.loc[entity, "mean"], users.loc[entity, "size"]
    low, high = normal_interval(share, np.sqrt(share * (1 - share) / number), edition)
    return 100 * share, 100 * low, 100 * high


def problems_frame(monitoring: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """problem, value, lower, upper, n, verdict (frequent, rare or open); the most frequent first.

    Percent of users who could have the problem, mean over entities; `frequent` if the whole interval lies above the
    edition's limit, `rare` if below it.
    """
    rows = []
    for problem in edition.service.problems:
        own = monitoring[monitoring[problem].notna() & ~monitoring["entity"].isin(edition.pooled)]
        groups = own[problem].astype(float).groupby(own["entity"]).agg(["mean", "size"])
        if groups.empty:
            continue
        value = groups["mean"].mean()
        errors = groups["mean"] * (1 - groups["mean"]) / groups["size"]
        low, high = normal_interval(value, np.sqrt(errors.sum()) / len(groups), edition)
        rows.append((problem, 100 * value, 100 * low, 100 * high, len(own), _verdict(100 * low, 100 * high, edition)))
    found = pd.DataFrame(rows, columns=["problem", "value", "lower", "upper", "n", "verdict"])
    return found.sort_values("value", ascending=False, ignore_index=True)


def _verdict(low: float, high: float, edition: Edition) -> str:
    if low > edition.service.frequent:
        return "frequent"
    return "rare" if high < edition.service.frequent else "open"


def professional_frame(answers: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Pearson's r of professionalism and satisfaction, with Fisher's intervals: level, r, lower, upper, n.

    Level `entity`: share rating professionalism 4 or 5, and mean satisfaction. Level `person`: their own two ratings,
    about the mean of their entity.
    """
    own = answers[~answers["entity"].isin(edition.pooled)][["entity", "csat", "professionalism"]].dropna()
    ratings = own[["csat", "professionalism"]].astype(float)
    top = (ratings["professionalism"] >= 4).groupby(own["entity"]).mean()
    means = pd.DataFrame({"csat": ratings["csat"].groupby(own["entity"]).mean(), "professionalism": top})
    within = ratings - ratings.groupby(own["entity"].to_numpy()).transform("mean")
    rows = [("entity", *_fisher(means, edition)), ("person", *_fisher(within, edition))]
    return pd.DataFrame(rows, columns=["level", "r", "lower", "upper", "n"])


def _fisher(pairs: pd.DataFrame, edition: Edition) -> tuple[float, float, float, int]:
    number = len(pairs)
    if number <= 3 or (pairs.std() == 0).any():
        return np.nan, np.nan, np.nan, number
    r = float(pairs.corr().iloc[0, 1])
    low, high = np.tanh(normal_interval(np.arctanh(r), 1 / np.sqrt(number - 3), edition))
    return r, float(low), float(high), number


def sign_numbers(
    nights: pd.DataFrame, bots: pd.DataFrame, problems: pd.DataFrame, r: pd.DataFrame,
    monitoring: pd.DataFrame, edition: Edition,
) -> dict[str, Number]:  # fmt: skip
    """`service.night.*`, `service.bot.*`, `service.problems.*`, `service.r.<level>.told` and `.n`."""
    found = {
        "service.clear": Number(CLEAR),
        "service.bot.apart": _value(bots.iloc[0] if len(bots) else None, "apart", "plain"),
        "service.bot.clear": Number(int((bots["apart"] > CLEAR).sum())),
    }
    for key, frame, values in (
        ("night", nights, ("day", "night", "fall", "fall_lower", "fall_upper")),
        ("bot", bots, ("reported", "solved", "solved_lower", "solved_upper", "users", "gap")),
    ):
        first, second = (frame.iloc[k] if len(frame) > k else None for k in (0, 1))
        unit = {v: "points" if v == "gap" or "fall" in v else "percent" for v in values}
        found |= {f"service.{key}.{v}": _value(first, v, unit[v]) for v in values}
        found[f"service.{key}.entity"] = _entity(first, edition)
        found[f"service.{key}.next"] = _value(second, "fall" if key == "night" else "gap", "points")
    verdicts = problems["verdict"].value_counts() if len(problems) else pd.Series(dtype=int)
    found |= {f"service.problems.{v}": Number(int(verdicts.get(v, 0))) for v in ("frequent", "open", "rare")}
    found["service.problems.limit"] = Number(edition.service.frequent, "percent", 0)
    for row in r.itertuples():
        found[f"service.r.{row.level}.told"] = Number(_correlation(row), "text")
        found[f"service.r.{row.level}.n"] = Number(int(row.n))
    return found | _long_waits(bots, monitoring, edition)


def _correlation(row: tuple) -> Text:
    """The correlation with its interval, or that there are too few to tell one."""
    known = {name: format_value(v, 2) for name, v in (("r", row.r), ("low", row.lower), ("high", row.upper))}
    key = "service.r.unknown" if np.isnan(row.r) else "service.r.told"
    return Text(**{lang: shared_words(lang)[key].format(**known) for lang in LANGUAGES})


def _long_waits(bots: pd.DataFrame, monitoring: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """Of the users who met the bot with the widest gap: those it could not help and who then waited very long."""
    entity = bots["entity"].iloc[0] if len(bots) else None
    met = monitoring[(monitoring["entity"] == entity) & monitoring["bot_handled"].notna()]
    long = met["bot_handled"].eq(False) & (met["waited_min"] > LONG_MIN).fillna(False)
    shown = len(met) >= edition.minimum_cell
    return {"service.bot.long": Number(float(100 * long.mean()) if shown else None, "percent", 0)}


def _value(row: pd.Series | None, name: str, unit: str) -> Number:
    return Number(None if row is None or np.isnan(row[name]) else float(row[name]), unit, 1)


def first_entity(frame: pd.DataFrame, edition: Edition) -> dict[str, object]:
    """What an alternative text mentions: the name of the first row's entity."""
    return {"entity": edition.named("entities", frame["entity"].iloc[0]) if len(frame) else "–"}


def _entity(row: pd.Series | None, edition: Edition) -> Number:
    return Number(None if row is None else edition.named("entities", row["entity"]), "text")
