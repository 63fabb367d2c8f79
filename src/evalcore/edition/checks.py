"""What has to agree between the parts of an edition: ids, references, periods, conditions, margins."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, get_args

from evalcore.edition.measure import Condition, Measure
from evalcore.edition.robustness import RELATIVE, Aggregation, Normalisation
from evalcore.edition.service import Stage
from evalcore.edition.sources import NUMERIC, Source

if TYPE_CHECKING:
    from evalcore.edition.edition import Edition


def check_kind(edition: "Edition") -> None:
    """An edition has a framework and entities, or an index, whose source and columns exist."""
    if (edition.framework is None) == (edition.index is None):
        raise ValueError("give either `framework` or `index`")
    if edition.framework is not None and not edition.entities:
        raise ValueError("a framework needs `entities`")
    if edition.index is not None:
        _check_index(edition)


def check_ids(edition: "Edition") -> None:
    """No id is given twice in its list; ids of entities differ in more than case, as they name files."""
    for kind in ("types", "sizes", "categories", "periods", "promotions", "segments"):
        _unique(kind, [item.id for item in getattr(edition, kind)])
    scored = edition.framework.indicators if edition.framework else ()
    _unique("framework.levels", [level.id for level in edition.framework.levels] if edition.framework else [])
    _unique("entities (upper and lower case are one file name)", [e.id.lower() for e in edition.entities])
    for segment in edition.segments:
        _unique(f"segments.{segment.id}.values", [value.id for value in segment.values])
    added = [i.id for c in edition.categories for extra in c.adds.values() for i in extra]
    _unique("indicators", [i.id for i in scored] + added)


def check_entities(edition: "Edition") -> None:
    """Entities refer to known categories, indicators, sources, types and sizes."""
    categories, indicators = {c.id for c in edition.categories}, set(edition.indicators)
    for entity in edition.entities:
        _known(f"entities.{entity.id}.categories", entity.categories, categories)
        _known(f"entities.{entity.id}.inapplicable", entity.inapplicable, indicators)
        _known(f"entities.{entity.id}.absent_from", entity.absent_from, edition.sources)
        for key, value, labels in (("type", entity.type, edition.types), ("size", entity.size, edition.sizes)):
            _known(f"entities.{entity.id}.{key}", [value], {label.id for label in labels} or {"all"})


def check_periods(edition: "Edition") -> None:
    """Periods follow each other without gap or overlap."""
    for earlier, later in zip(edition.periods, edition.periods[1:], strict=False):
        if (later.first - earlier.last).days != 1:
            raise ValueError(
                f"period {later.id} begins on {later.first}, but {earlier.id} ends on {earlier.last}: "
                "periods follow each other without gap or overlap"
            )


def check_categories(edition: "Edition") -> None:
    """Categories refer to known dimensions and indicators."""
    for category in edition.categories:
        _known(f"categories.{category.id}.adds", category.adds, edition.dimensions)
        _known(f"categories.{category.id}.multiply", category.multiply, edition.indicators)
        _known(f"categories.{category.id}.inapplicable", category.inapplicable, edition.indicators)


def check_measures(edition: "Edition") -> None:
    """Every indicator counts columns that its source has, by values that they can hold."""
    for indicator in edition.indicators.values():
        for measure in indicator.measures:
            if measure.source not in edition.sources:
                known = ", ".join(edition.sources)
                raise ValueError(f"indicator {indicator.id} has no source: '{measure.source}' is not among {known}")
            _check_measure(f"indicator {indicator.id} ({measure.source})", measure, edition.sources[measure.source])


def _check_measure(key: str, measure: Measure, source: Source) -> None:
    _known(key, measure.columns, source.known_columns)
    for column in {measure.column, measure.numerator, measure.denominator} - {None}:
        _fits(f"{key}: {measure.statistic} of {column}", source.types[column], NUMERIC)
    for condition in (*measure.among, *measure.count):
        _check_condition(f"{key}: condition on {condition.column}", condition, source)


def _check_condition(key: str, condition: Condition, source: Source) -> None:
    """A misspelt code would count nothing, silently."""
    kind = source.types[condition.column]
    values = condition.in_ or (() if condition.is_ is None else (condition.is_,))
    if kind == "code":
        _known(key, values, source.columns[condition.column].allowed)
    if values and (kind == "flag") != all(isinstance(value, bool) for value in values):
        raise ValueError(f"{key}: {values[0]!r} does not fit a column of type {kind}; flags are true or false")
    if condition.at_least is not None or condition.at_most is not None:
        _fits(key, kind, NUMERIC)


def check_segments(edition: "Edition") -> None:
    """Segments are code columns of their source; margins and model name segments and all their values."""
    segments = {s.id: {v.id for v in s.values} for s in edition.segments}
    for segment in edition.segments:
        _known(f"segments.{segment.id}.source", [segment.source], edition.sources)
        source = edition.sources[segment.source]
        _known(f"segments.{segment.id}", [segment.id], source.known_columns)
        _fits(f"segments.{segment.id}", source.types[segment.id], {"code"})
        _same(f"segments.{segment.id}.values", segments[segment.id], set(source.columns[segment.id].allowed))
    _known("model.segments", edition.model.segments, segments)
    if edition.weighting is None:
        return
    _known("weighting.source", [edition.weighting.source], edition.sources)
    own = {s.id for s in edition.segments if s.source == edition.weighting.source}
    _known("weighting.margins", edition.weighting.margins, own)
    for segment, shares in edition.weighting.margins.items():
        _same(f"weighting.margins.{segment}", set(shares), segments[segment])


def check_robustness(edition: "Edition") -> None:
    """The methods to vary are those that this kind of edition has."""
    chosen, own = edition.robustness, {"own"}
    allowed = set(RELATIVE) if edition.index else {*get_args(Normalisation)} - own
    _known("robustness.normalisations", chosen.normalisations or (), allowed)
    _known(
        "robustness.aggregations",
        chosen.aggregations or (),
        {*get_args(Aggregation)} - (set() if edition.index else own),
    )


def check_service(edition: "Edition") -> None:
    """Problems are yes or no columns of the monitoring survey; deadlines and stages read columns that there are."""
    if edition.service.problems:
        _known("service.problems: source", ["monitoring"], edition.sources)
        asked = edition.sources["monitoring"].types
        _known("service.problems", edition.service.problems, {c for c, kind in asked.items() if kind == "flag"})
    if edition.process is None:
        return
    for deadline in edition.process.deadlines:
        key = f"process.deadlines.{deadline.id}"
        _known(f"{key}.measure.source", [deadline.measure.source], edition.sources)
        _check_measure(key, deadline.measure, edition.sources[deadline.measure.source])
    for stage in edition.process.stages:
        _check_stage(f"process.stages.{stage.id}", stage, edition)


def _check_stage(key: str, stage: Stage, edition: "Edition") -> None:
    _known(f"{key}.source", [stage.source], edition.sources)
    source = edition.sources[stage.source]
    _known(key, stage.columns, source.known_columns)
    for column in (stage.start, stage.end):
        _fits(f"{key}: {column}", source.types[column], {"timestamp"})
    for condition in stage.among:
        _check_condition(f"{key}: condition on {condition.column}", condition, source)


CHECKS = (
    check_kind,
    check_ids,
    check_entities,
    check_periods,
    check_categories,
    check_measures,
    check_segments,
    check_robustness,
    check_service,
)
"""Every check, in order; each raises ValueError with key, value and what is known."""


def _check_index(edition: "Edition") -> None:
    index = edition.index
    _known("index.source", [index.source], edition.sources)
    columns = edition.sources[index.source].known_columns
    _known("index.label, index.impute.by", {index.label, index.impute.by} - {None}, columns)
    _known(f"index.indicators (columns of {index.source})", [i.id for i in index.indicators], columns)
    for indicator in index.indicators:
        if indicator.denominator:
            key, by = f"index.indicators.{indicator.id}.denominator", indicator.denominator
            _known(f"{key}.source", [by.source], edition.sources)
            _known(f"{key}.column", [by.column], edition.sources[by.source].known_columns)


def _unique(what: str, ids: list[str]) -> None:
    doubled = sorted({i for i in ids if ids.count(i) > 1})
    if doubled:
        raise ValueError(f"{what}: used twice: {', '.join(doubled)}")


def _known(key: str, used: Iterable[object], known: Iterable[str]) -> None:
    unknown = sorted({str(item) for item in used if item not in known})
    if unknown:
        raise ValueError(f"{key}: unknown {', '.join(unknown)}; known: {', '.join(sorted(known)) or 'none'}")


def _same(key: str, given: set[str], wanted: set[str]) -> None:
    if given != wanted:
        raise ValueError(f"{key}: {', '.join(sorted(given))} given, {', '.join(sorted(wanted))} wanted")


def _fits(key: str, kind: str, allowed: Iterable[str]) -> None:
    if kind not in allowed:
        raise ValueError(f"{key}: the column is of type {kind}; allowed: {', '.join(sorted(allowed))}")
