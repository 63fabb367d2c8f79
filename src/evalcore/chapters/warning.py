"""Chapter 15: early warning. What alarmed, with what was seen and expected; how good rules and baseline are."""

import numpy as np
import pandas as pd
from scipy import stats

from evalcore.edition import Edition, Text
from evalcore.warn.alarms import BASELINE, CASES, HOURS, RECORDS, fewest
from evalcore.warn.baseline import WEEK
from evalcore.warn.events import events_frame, urgent
from evalcore.warn.series import calendar_of
from evalcore.words import LANGUAGES, Number, format_value, shared_words

AROUND_DAYS = 28
"""Days shown before and after an event."""
LISTED = 15
"""Events that the table shows at most, the most urgent first."""
TOGETHER = "together"


def listed_frame(events: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Events as `events_frame`, and `react_h`: at most `LISTED` of them, the most urgent and longest, by date."""
    hours = {level.id: level.react_h for level in edition.warning.levels}
    kept = _urgent_first(events, edition).head(LISTED).sort_values(["first", "entity", "quantity"], ignore_index=True)
    return kept.assign(react_h=kept["level"].map(hours).astype(float))


def _urgent_first(events: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Events by urgency, within it the longest first."""
    levels = [level.id for level in edition.warning.levels]
    place = events["level"].map(levels.index).astype(float)
    by = events.assign(place=place).sort_values(["place", "days"], ascending=[True, False], kind="stable")
    return by.drop(columns="place")


def calendar_frame(alarms: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, week (its first day), level, promotion: the most urgent alarm of each entity and week, none included.

    Levels that make no event count as none.
    """
    own, calendar = edition.warning, calendar_of(edition)
    kept = alarms[alarms["level"].isin(urgent(own))]
    place = kept["level"].map({level.id: k for k, level in enumerate(own.levels)}).astype(float)
    start = calendar.days[0]
    week = (kept["day"] - start).dt.days // WEEK
    worst = place.groupby([kept["entity"], week]).min()
    entities = [entity.id for entity in edition.entities if not entity.pooled]
    weeks = range((len(calendar.days) + WEEK - 1) // WEEK)
    full = worst.reindex(pd.MultiIndex.from_product([entities, weeks], names=["entity", "week"]))
    found = full.rename("place").reset_index()
    promoted = [bool(calendar.promotion[WEEK * k : WEEK * (k + 1)].any()) for k in weeks]
    levels = {float(k): level.id for k, level in enumerate(own.levels)}
    return pd.DataFrame(
        {
            "entity": found["entity"],
            "week": start + pd.to_timedelta(WEEK * found["week"], unit="D"),
            "level": found["place"].map(levels).astype(object).where(found["place"].notna(), "none"),
            "promotion": [promoted[k] for k in found["week"]],
        }
    )


def course_frame(events: pd.DataFrame, days: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, topic, day, n, expected, lower, upper, alarm: the series of the strongest event of cases and its weeks.

    Counts under the smallest cell are blank; empty where no cases alarmed.
    """
    event = strongest(events[events["quantity"] == CASES], edition)
    columns = ["entity", "topic", "day", "n", "expected", "lower", "upper", "alarm"]
    if event is None:
        return pd.DataFrame(columns=columns)
    own = days[(days["entity"] == event["entity"]) & (days["topic"] == event["topic"]) & _around(days["day"], event)]
    alarm = (own["chance"] <= max(edition.warning.baseline.chance.values())) & (own["n"] >= fewest(edition))
    shown = own["n"].where(own["n"] >= edition.minimum_cell)
    return own.assign(n=shown.astype(float), alarm=alarm)[columns].reset_index(drop=True)


def records_frame(events: pd.DataFrame, hours: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """rule, entity, day, observed, witness, expected, lower, upper, usual: hours of the strongest late records.

    Where no records are late, of the strongest late service; empty where neither is.
    """
    late = events[events["quantity"] == HOURS]
    event = strongest(late[late["cause"] == RECORDS] if (late["cause"] == RECORDS).any() else late, edition)
    columns = ["rule", "entity", "day", "observed", "witness", "expected", "lower", "upper", "usual"]
    if event is None:
        return pd.DataFrame(columns=columns)
    own = hours[(hours["entity"] == event["entity"]) & (hours["rule"] == event["topic"]) & _around(hours["day"], event)]
    return own[columns].reset_index(drop=True)


def strongest(events: pd.DataFrame, edition: Edition) -> pd.Series | None:
    """The event of the most urgent level with the most days, None of none."""
    return None if events.empty else _urgent_first(events, edition).iloc[0]


def _around(days: pd.Series, event: pd.Series) -> pd.Series:
    around = pd.Timedelta(days=AROUND_DAYS)
    return days.between(event["first"] - around, event["last"] + around)


def rules_frame(alarms: pd.DataFrame, measured: dict, edition: Edition) -> pd.DataFrame:
    """method, one column per level (series-days that alarmed), and what is known of it where the truth is known.

    raised, true, planted, found : over the simulated worlds; events of any level, planted ones of the rule's kind.
    delay, left : mean days from the first day of a planted event to its alarm, and from the alarm to its last day.
    clean : false events per entity and year on clean counts; NaN for durations, of which there are none.
    """
    own = edition.warning
    rows = [
        {"method": name, **_by_level(alarms[alarms["method"] == name], edition), **_quality(name, measured)}
        for name in (BASELINE, *(rule.id for rule in own.rules))
    ]
    events = _by_level(events_frame(alarms, own), edition)
    return pd.DataFrame([*rows, {"method": TOGETHER, **events, **_quality(TOGETHER, measured)}])


def _by_level(alarms: pd.DataFrame, edition: Edition) -> dict[str, int]:
    return {level.id: int((alarms["level"] == level.id).sum()) for level in edition.warning.levels}


def _quality(name: str, measured: dict) -> dict[str, float]:
    found, clean = measured["methods"].get(name), measured["clean"]["events"].get(name, np.nan)
    if found is None:
        return dict.fromkeys(("raised", "true", "planted", "found", "delay", "left", "clean"), np.nan)
    return {
        "raised": found["events"],
        "true": found["true"],
        "planted": found["planted"],
        "found": found["found"],
        "delay": float(np.mean(found["delays"])) if found["delays"] else np.nan,
        "left": float(np.mean(found["left"])) if found["left"] else np.nan,
        "clean": clean / measured["clean"]["platform_years"],
    }


def nominal_frame(measured: dict, edition: Edition) -> pd.DataFrame:
    """level, n, alarms, nominal, observed, lower, upper: false alarms of the baseline on clean counts, per 1,000 days.

    `n` are days of single series on which enough cases were expected. Bounds are exact (Clopper & Pearson 1934,
    doi:10.1093/biomet/26.4.404), with 95 % confidence.
    """
    n, rows = measured["clean"]["judged"], []
    for level, alarms in measured["clean"]["nominal"].items():
        if level in edition.warning.baseline.chance:
            lower = float(stats.beta.ppf(0.025, alarms, n - alarms + 1)) if alarms else 0.0
            upper = float(stats.beta.ppf(0.975, alarms + 1, n - alarms))
            rates = (edition.warning.baseline.chance[level], alarms / n, lower, upper)
            rows.append((level, n, alarms, *(1000 * rate for rate in rates)))
    return pd.DataFrame(rows, columns=["level", "n", "alarms", "nominal", "observed", "lower", "upper"])


def warning_numbers(events: pd.DataFrame, measured: dict, edition: Edition) -> dict[str, Number]:
    """`warning.told`: the answer in sentences; counts of the year and of the simulated worlds, and the choices."""
    own, together = edition.warning, measured["methods"][TOGETHER]
    choices = own.baseline
    clean = measured["clean"]["events"][BASELINE] / measured["clean"]["platform_years"]
    both = [measured["by_seed"][str(seed)] for seed in measured["published"]]
    published = {
        f"warning.seeds.{key}": Number(sum(own[key] for own in both)) for key in ("events", "true", "planted", "found")
    }
    return published | {
        "warning.seeds": Number(len(both)),
        "warning.told": Number(Text(**{lang: _told(events, edition, lang) for lang in LANGUAGES}), "text"),
        "warning.events": Number(len(events)),
        "warning.series": Number((1 + len(own.topics)) * sum(not entity.pooled for entity in edition.entities)),
        "warning.rules": Number(len(own.rules)),
        "warning.window": Number(choices.window_days),
        "warning.least": Number(choices.least_days),
        "warning.fewest": Number(fewest(edition)),
        "warning.load": Number(choices.promotion.load, "plain", 0),
        "warning.worlds": Number(len(measured["seeds"])),
        "warning.years": Number(measured["clean"]["platform_years"]),
        "warning.planted": Number(together["planted"]),
        "warning.found": Number(together["found"]),
        "warning.raised": Number(together["events"]),
        "warning.true": Number(together["true"]),
        "warning.precision": Number(100 * together["true"] / together["events"], "percent", 0),
        "warning.delay": Number(float(np.mean(together["delays"])), "plain", 1),
        "warning.left": Number(float(np.mean(together["left"])), "plain", 1),
        "warning.incidents": Number(together["incidents"]),
        "warning.records": Number(together["records"]),
        "warning.clean": Number(clean, "plain", 2),
    }


def _told(events: pd.DataFrame, edition: Edition, lang: str) -> str:
    """How many events there were with the strongest of cases, and where records were late."""
    say, count = shared_words(lang), {"count": len(events), "many": edition.entity.many[lang]}
    if events.empty:
        return say["warning.none"]
    late = events[(events["quantity"] == HOURS) & (events["cause"] == RECORDS)]
    kinds = {"cases": strongest(events[events["quantity"] == CASES], edition), "records": strongest(late, edition)}
    told = [
        say[f"warning.{key}"].format(**count, **_evidence(of, edition, lang))
        for key, of in kinds.items()
        if of is not None
    ]
    return say["warning.between"].join(told) or say["warning.some"].format(**count)


def _evidence(event: pd.Series, edition: Edition, lang: str) -> dict[str, str]:
    """What a sentence says of an event; a dash where too few days lie behind to expect anything."""
    level = next(level for level in edition.warning.levels if level.id == event["level"])
    return {
        "entity": edition.named("entities", event["entity"])[lang],
        "level": level.name[lang],
        "day": f"{event['day']:%Y-%m-%d}",
        "observed": format_value(event["observed"], 0),
        "expected": shared_words(lang)["none"] if np.isnan(event["expected"]) else format_value(event["expected"], 0),
    }
