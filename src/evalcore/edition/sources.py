"""What a source must look like: columns, types, derived columns and cleaning rules."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from evalcore.edition.derived import Derived
from evalcore.edition.text import Frozen, Name, Text

ColumnType = Literal[
    "id", "key", "entity", "category", "period", "code", "flag", "rating", "count", "number", "timestamp", "text"
]
FileName = Annotated[str, StringConstraints(pattern=r"^[\w][\w .-]*\.(csv|xlsx|parquet|jsonl)$")]
"""A plain file name: no folder, no `..`; CSV, Excel, Parquet, or JSON lines in a hash chain (a ledger)."""

PRIVATE_TYPES = frozenset({"id"})
NUMERIC = frozenset({"rating", "count", "number"})
RULE_TYPES = {
    **dict.fromkeys(("below", "above", "not_equal"), NUMERIC),
    **dict.fromkeys(("disorder", "outside_period"), frozenset({"timestamp"})),
    "outside": frozenset({"rating"}),
    **dict.fromkeys(("contains", "shorter"), frozenset({"text"})),
}
"""Kind of a rule -> types of the columns it can look at; other kinds take any."""
LIMITED = ("below", "above", "not_equal", "shorter")
"""Kinds of rules that need a limit."""
STANDARD = {"entity": "entity", "category": "category", "period": "period", "row": "", "rule": "", "weight_micro": ""}
"""Names that cleaning and weighting give, and the one column type that may have the name before."""


class Column(Frozen):
    """One column of the raw file after the map was applied.

    `id` columns (respondents, addresses, devices) end at the cleaning stage; a `key` is a pseudonym that joins rows of
    two sources, stays for that and is never published. `levels` is the top of a rating
    that starts at 1; `allowed` lists the codes; `blank` says whether a missing value may occur; `format` is a
    strptime form for dates that are not written as in ISO 8601. A `duration` is a count of seconds, written as
    3分25秒 or 205秒.
    """

    type: ColumnType
    what: Text | None = None
    blank: bool = False
    unique: bool = False
    levels: int | None = Field(default=None, ge=2)
    allowed: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    format: str | None = None
    duration: bool = False

    @model_validator(mode="after")
    def _fits_type(self) -> "Column":
        if self.format is not None and self.type != "timestamp":
            raise ValueError("'format' belongs to columns of type 'timestamp'")
        if self.duration and self.type != "count":
            raise ValueError("'duration' belongs to columns of type 'count': seconds")
        for key, kind in (("levels", "rating"), ("allowed", "code")):
            if bool(getattr(self, key)) != (self.type == kind):
                raise ValueError(f"'{key}' belongs to columns of type '{kind}' and only to them")
        return self


class Rule(Frozen):
    """A cleaning rule: rows it catches are set aside under its id and reason.

    `below` / `above` compare one column with `limit`; `missing` catches blanks in any of the columns;
    `duplicate` keeps the first of rows that agree in the columns; `not_equal` catches a wrong trap answer;
    `straight_line` catches the same answer in all columns; `disorder` catches times that run backwards;
    `outside` catches ratings that the scale does not have; `outside_period` catches times outside the edition;
    `listed` catches the given `values`, `contains` texts with one of them inside, `shorter` texts of fewer
    characters than the limit.
    """

    id: Name
    kind: Literal[
        "below",
        "above",
        "missing",
        "duplicate",
        "not_equal",
        "straight_line",
        "disorder",
        "outside",
        "outside_period",
        "listed",
        "contains",
        "shorter",
    ]
    columns: tuple[str, ...] = Field(min_length=1)
    limit: float | None = None
    values: tuple[str, ...] = ()
    reason: Text
    since: str | None = None

    @model_validator(mode="after")
    def _limit_where_needed(self) -> "Rule":
        if (self.limit is not None) != (self.kind in LIMITED):
            raise ValueError(f"rule kind '{self.kind}' and limit {self.limit} do not go together")
        if bool(self.values) != (self.kind in ("listed", "contains")):
            raise ValueError(f"rule kind '{self.kind}' and values {list(self.values)} do not go together")
        return self


class Source(Frozen):
    """One collected source: where its rows are dated and weighted, what its columns hold, how it is cleaned.

    `when` names the column (a time or a period) that places a row in a period; without it a source belongs
    to the year as a whole. A `census` holds every case, so that its values have no sampling error. `weight`
    names a column of survey weights; `map` a file in editions/maps. Names in several `header_rows` (merged cells above
    single ones) are joined by " / ". `complete: false` is for samples too small
    to promise every entity or period `minimum_valid` rows. A `reference` source holds figures published by others
    to compare with: its rows belong to no entity, and no simulation draws it. A `wider` source tells of more than
    the evaluated entities: rows whose entity is blank (or that have no such column) belong to "all", and no entity
    and no period is promised a row.
    """

    name: Text
    perspective: Literal["objective", "user", "expert"]
    file: FileName
    encoding: Literal["utf-8", "gb18030", "cp1252"] = "utf-8"
    sheet: str | None = None
    header_rows: int = Field(default=1, ge=1, le=5)
    map: Name | None = None
    ignore_other_columns: bool = False
    when: str | None = None
    weight: str | None = None
    complete: bool = True
    census: bool = False
    reference: bool = False
    wider: bool = False
    columns: dict[Name, Column]
    derive: dict[Name, Derived] = {}
    rules: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Source":
        known = set(self.columns)
        for name, derived in self.derive.items():
            _require(derived.uses, known, f"derive.{name}")
            known.add(name)
        _require({self.when, self.weight} - {None}, set(self.columns), "when/weight")
        ids = [*self.columns, *self.derive, *(rule.id for rule in self.rules)]
        if len(set(ids)) != len(ids):
            raise ValueError(f"columns or rules used twice: {', '.join(sorted({i for i in ids if ids.count(i) > 1}))}")
        self._check_types()
        for rule in self.rules:
            _require(set(rule.columns), known, f"rules.{rule.id}")
            _fit(rule.columns, self.types, RULE_TYPES.get(rule.kind), f"rules.{rule.id}")
        return self

    def _check_types(self) -> None:
        """One entity column (none in a reference), at most one category; `when` a time or period, `weight` a number."""
        kinds = list(self.types.values())
        entities = {0} if self.reference else {0, 1} if self.wider else {1}
        if kinds.count("entity") not in entities or kinds.count("category") > 1:
            several = "at most one of type entity (`wider: true`)" if self.wider else "exactly one of type entity"
            wanted = "none of type entity (`reference: true`)" if self.reference else several
            raise ValueError(f"columns: {wanted} and at most one of type category are wanted")
        for name, kind in self.types.items():
            if STANDARD.get(name, kind) != kind:
                raise ValueError(f"columns: the name '{name}' is given by the pipeline; map the column to another name")
        _fit({self.when} - {None}, self.types, {"timestamp", "period"}, "when")
        _fit({self.weight} - {None}, self.types, {"number"}, "weight")
        weight = self.columns.get(self.weight or "")
        if weight and (weight.blank or weight.least is None or weight.least < 0):
            raise ValueError(f"weight: column '{self.weight}' needs `least: 0` or more and no `blank`")

    @property
    def types(self) -> dict[str, str]:
        """Type of every column, declared or derived."""
        types: dict[str, str] = {name: column.type for name, column in self.columns.items()}
        for name, derived in self.derive.items():
            types[name] = derived.type_from(types)
        return types

    @property
    def private_columns(self) -> frozenset[str]:
        """Columns that end at the cleaning stage."""
        return frozenset(name for name, kind in self.types.items() if kind in PRIVATE_TYPES)

    @property
    def personal(self) -> bool:
        """Whether rows belong to persons: small cells of such a source are suppressed."""
        return bool(self.private_columns)

    @property
    def known_columns(self) -> frozenset[str]:
        """Columns that indicators may use: declared or derived, private ones excepted."""
        return frozenset(self.types) - self.private_columns


def _require(used: set[str], known: set[str], key: str) -> None:
    unknown = sorted(used - known)
    if unknown:
        raise ValueError(f"{key} uses unknown column(s) {', '.join(unknown)}; known: {', '.join(sorted(known))}")


def _fit(used: Iterable[str], types: dict[str, str], allowed: frozenset[str] | None, key: str) -> None:
    other = [f"{name} ({types[name]})" for name in sorted(used) if allowed is not None and types[name] not in allowed]
    if other:
        raise ValueError(f"{key}: {', '.join(other)} cannot be used; columns of type {', '.join(sorted(allowed))} can")
