"""Who is who in two years: renamed and merged entities, indicators that can be compared."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from evalcore.compare.results import Results
from evalcore.edition import Edition
from evalcore.indicators.cells import SUMS
from evalcore.words import LANGUAGES, shared_words


def linked(old: Results, new: Edition) -> Results:
    """Last year's results under this year's ids; those that merged since are put together.

    Sums are added; values are means weighted by denominators, their errors independent.
    """
    ids = {o: n for n, several in new.previous.entities.items() for o in several}
    if not ids:
        return old
    cells = old.cells.assign(entity=old.cells["entity"].replace(ids))
    keys = ["indicator", "part", "entity", "category"]
    weight = cells["denominator"].astype(float)
    whole = weight.groupby([cells[key] for key in keys[:3]]).transform("sum")
    of_member = weight.groupby([old.cells[key] for key in keys[:3]]).transform("sum")
    members = cells.assign(v=weight * cells["value"], s=(of_member * cells["sd"] / whole) ** 2, was=old.cells["entity"])
    joined = members.groupby(keys, as_index=False)[[*SUMS, "v"]].sum()
    apart = members.drop_duplicates([*keys[:3], "was"]).groupby(keys[:3], as_index=False)["s"].sum()
    joined = joined.merge(apart, on=keys[:3])
    joined = joined.assign(value=joined["v"] / joined["denominator"], sd=np.sqrt(joined["s"]))
    experts = old.experts.assign(entity=old.experts["entity"].replace(ids))
    experts = experts.groupby(["entity", "dimension"], as_index=False)[["value", "sd"]].mean()
    return Results(_renamed(old.edition, new), joined[list(old.cells.columns)], experts, old.segments)


def _renamed(old: Edition, new: Edition) -> Edition:
    """Last year's edition with this year's ids; of those that merged, the first says what applies."""
    by_id = {entity.id: entity for entity in old.entities}
    said = {n: [o for o in several if o in by_id] for n, several in new.previous.entities.items()}
    taken = {o for several in said.values() for o in several}
    members = [entity for entity in old.entities if entity.id not in taken]
    members += [by_id[several[0]].model_copy(update={"id": n}) for n, several in said.items() if several]
    return old.model_copy(update={"entities": tuple(members)})


def entities_frame(old: Edition, new: Edition) -> pd.DataFrame:
    """entity, kind ("both", "renamed", "merged", "new", "departed"), before_<language>: last year's names, listed."""
    said = new.previous.entities
    before = {e.id for e in old.entities}
    gone = before - {o for several in said.values() for o in several}
    rows = []
    for entity in new.entities:
        olds = said.get(entity.id, (entity.id,) if entity.id in gone else ())
        olds = tuple(o for o in olds if o in before)
        kind = "new" if not olds else "merged" if len(olds) > 1 else "both" if olds == (entity.id,) else "renamed"
        rows.append({"entity": entity.id, "kind": kind, **_names(old, olds)})
    departed = sorted(gone - {e.id for e in new.entities})
    rows += [{"entity": o, "kind": "departed", **_names(old, [o])} for o in departed]
    return pd.DataFrame(rows, columns=["entity", "kind", *(f"before_{lang}" for lang in LANGUAGES)])


def _names(edition: Edition, entities: Sequence[str]) -> dict[str, str]:
    names = [edition.named("entities", entity).model_dump() for entity in entities]
    return {f"before_{lang}": shared_words(lang)["order.list"].join(n[lang] for n in names) for lang in LANGUAGES}


def framework_frame(old: Edition, new: Edition) -> pd.DataFrame:
    """indicator, kind, old_weight, new_weight (percent of the composite): what is not as it was, in order.

    `kind`: "added", "dropped", "redefined" (by the edition, or because something else is counted), "goalposts"
    (scored otherwise), "weight". Added, dropped and redefined ones are breaks: no change is computed.
    """
    weights = {id(edition): overall_weights(edition) for edition in (old, new)}
    order = list(dict.fromkeys([*weights[id(new)], *weights[id(old)]]))
    rows = [
        {"indicator": i, "kind": kind, "old_weight": weights[id(old)].get(i), "new_weight": weights[id(new)].get(i)}
        for i in order
        if (kind := _kind(i, old, new, weights[id(old)], weights[id(new)])) is not None
    ]
    return pd.DataFrame(rows, columns=["indicator", "kind", "old_weight", "new_weight"])


def breaks(old: Edition, new: Edition) -> frozenset[str]:
    """Indicators that mean something in one of the years only."""
    frame = framework_frame(old, new)
    return frozenset(frame.loc[frame["kind"].isin(["added", "dropped", "redefined"]), "indicator"])


def overall_weights(edition: Edition) -> dict[str, float]:
    """Percent of the composite that each scored indicator weighs."""
    return {i.id: d.weight * i.weight / 100 for d in edition.framework.dimensions for i in d.indicators}


def _kind(indicator: str, old: Edition, new: Edition, before: dict, now: dict) -> str | None:
    if indicator not in before or indicator not in now:
        return "added" if indicator in now else "dropped"
    one, other = old.indicators[indicator], new.indicators[indicator]
    said = new.previous.redefined if new.previous else ()
    if indicator in said or _counted(one) != _counted(other):
        return "redefined"
    if one.goalposts != other.goalposts:
        return "goalposts"
    return None if abs(before[indicator] - now[indicator]) < 1e-9 else "weight"


def _counted(indicator: object) -> dict:
    """What an indicator counts; its names and its weight do not matter here."""
    return indicator.model_dump(include={"unit", "better", "measure", "combine"})
