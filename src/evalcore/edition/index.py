"""A composite index of given values: which steps, in which tree, as the edition states it.

For published indices whose inputs are values per unit (countries, say) instead of answers and cases. Steps follow
the OECD/JRC handbook (2008): transform, denominate, impute, treat, normalise, aggregate, rank.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator

from evalcore.edition.framework import Goalposts
from evalcore.edition.text import Frozen, Name, Text


class Denominator(Frozen):
    """A column that an indicator is divided by."""

    source: Name
    column: str
    scale: float = Field(default=1, gt=0)


class Impute(Frozen):
    """What stands in for a missing value; groups are the values of the column `by` of the index's source."""

    method: Literal["none", "group_mean", "group_median"] = "none"
    by: str | None = None

    @model_validator(mode="after")
    def _groups(self) -> "Impute":
        if (self.by is None) != (self.method == "none"):
            raise ValueError(f"method '{self.method}' and by '{self.by}' do not go together")
        return self


class Treat(Frozen):
    """Winsorise while |skewness| > skew and kurtosis > kurtosis, `most` points at most."""

    method: Literal["none", "winsorise"] = "none"
    skew: float = Field(default=2.0, gt=0)
    kurtosis: float = 3.5
    most: int = Field(default=6, ge=0)


PARAMETERS: dict[str, set[str]] = {
    "goalposts": {"low", "high", "top"},
    "baseline_bonus": {"posts"},
    "minmax": {"top"},
    "zscore": {"mean", "sd"},
    "rank": set(),
    "percentile_rank": set(),
    "borda": set(),
    "distance_to_reference": {"reference"},
}
"""What each normalisation may be given."""


class Normalise(Frozen):
    """A family of `evalcore.score.normalise.NORMALISATIONS` and its parameters.

    `low` and `high` are the fixed ends of `goalposts`, `posts` those of `baseline_bonus`.
    """

    method: Literal[
        "goalposts",
        "baseline_bonus",
        "minmax",
        "zscore",
        "rank",
        "percentile_rank",
        "borda",
        "distance_to_reference",
    ]
    posts: Goalposts | None = None
    low: float | None = None
    high: float | None = None
    top: float | None = None
    mean: float | None = None
    sd: float | None = None
    reference: float | None = None

    @model_validator(mode="after")
    def _goalposts(self) -> "Normalise":
        if self.method == "goalposts" and not (self.low is not None and self.high is not None and self.low < self.high):
            raise ValueError(f"goalposts inside out: low {self.low}, high {self.high}; low must lie below high")
        given, known = set(self.parameters), PARAMETERS[self.method]
        if given - known or (self.method == "baseline_bonus" and not given):
            raise ValueError(f"{self.method} takes {', '.join(sorted(known)) or 'no parameter'}, not {sorted(given)}")
        return self

    @property
    def parameters(self) -> dict[str, float | Goalposts]:
        """Those that are given."""
        given = {key: getattr(self, key) for key in type(self).model_fields if key != "method"}
        return {key: value for key, value in given.items() if value is not None}


class Cap(Frozen):
    """Values beyond an end become that end, before anything else is done to them."""

    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Cap":
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError(f"cap inside out: low {self.low:g}, high {self.high:g}")
        return self


class IndexIndicator(Frozen):
    """One column of the source, and how it becomes comparable; `normalise` overrides that of the index."""

    id: Name
    name: Text
    better: Literal["higher", "lower"]
    cap: Cap = Cap()
    transform: Literal["none", "log"] = "none"
    denominator: Denominator | None = None
    normalise: Normalise | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "IndexIndicator":
        posts = self.normalise.posts if self.normalise else None
        if posts and posts.direction != self.direction:
            raise ValueError(f"indicator {self.id}: better: {self.better}, but its goalposts run the other way")
        return self

    @property
    def direction(self) -> int:
        """+1 where more is better, -1 where less is."""
        return 1 if self.better == "higher" else -1


class Leaf(Frozen):
    """An indicator in the tree."""

    indicator: Name
    weight: float = Field(default=1, gt=0)


class Weights(Frozen):
    """How the parts of a node are weighed: their own `weight`, equally, or by a panel.

    `budget`: points per expert (rows) and part (columns). `ahp`: a reciprocal matrix of pairwise comparisons of
    the parts, whose consistency ratio may not exceed `consistency`.
    """

    method: Literal["given", "equal", "budget", "ahp"] = "given"
    points: tuple[tuple[float, ...], ...] = ()
    comparisons: tuple[tuple[float, ...], ...] = ()
    consistency: float = Field(default=0.1, gt=0)

    @model_validator(mode="after")
    def _complete(self) -> "Weights":
        for key, method in (("points", "budget"), ("comparisons", "ahp")):
            if bool(getattr(self, key)) != (self.method == method):
                raise ValueError(f"'{key}' belongs to method '{method}' and only to it")
        return self


class Node(Frozen):
    """A node of the tree: how its parts are added up, and with which relative weight it enters its own parent."""

    id: Name
    name: Text
    weight: float = Field(default=1, gt=0)
    aggregate: Literal["arithmetic", "geometric", "harmonic", "copeland"] = "arithmetic"
    weights: Weights = Weights()
    nodes: tuple["Node", ...] = ()
    indicators: tuple[Leaf, ...] = ()

    @model_validator(mode="after")
    def _has_parts(self) -> "Node":
        if not self.nodes and not self.indicators:
            raise ValueError(f"node '{self.id}' has no parts")
        judged = self.weights.points[:1] or self.weights.comparisons
        if judged and {len(row) for row in (*self.weights.points, *self.weights.comparisons)} != {len(self.parts)}:
            raise ValueError(f"node '{self.id}' has {len(self.parts)} parts; its weights judge another number")
        return self

    @property
    def parts(self) -> dict[str, float]:
        """Ids of the parts, indicators first, and their own weights."""
        return {leaf.indicator: leaf.weight for leaf in self.indicators} | {node.id: node.weight for node in self.nodes}

    @property
    def depth(self) -> int:
        """Layers of nodes, this one included."""
        return 1 + max((node.depth for node in self.nodes), default=0)

    def walk(self) -> Iterator["Node"]:
        """All nodes from the leaves up; this one last."""
        for node in self.nodes:
            yield from node.walk()
        yield self


class Index(Frozen):
    """A composite index: source and label of the units, indicators, steps and tree.

    Scores are rounded to `digits` before ranking; `ties` says which rank equals share.
    """

    source: Name
    label: str
    indicators: tuple[IndexIndicator, ...] = Field(min_length=1)
    impute: Impute = Impute()
    treat: Treat = Treat()
    normalise: Normalise | None = None
    tree: Node
    digits: int = Field(default=3, ge=0, le=12)
    ties: Literal["best", "worst", "mean"] = "best"
    origin: Text

    @property
    def additive(self) -> bool:
        """Whether every node is an arithmetic mean, so that scores are sums over indicators."""
        return {node.aggregate for node in self.tree.walk()} == {"arithmetic"}

    def normalised_by(self, indicator: IndexIndicator) -> Normalise:
        """The normalisation of an indicator: its own, or that of the index."""
        return indicator.normalise or self.normalise

    @model_validator(mode="after")
    def _consistent(self) -> "Index":
        nodes = list(self.tree.walk())
        ids = [node.id for node in nodes] + [indicator.id for indicator in self.indicators]
        doubled = sorted({id_ for id_ in ids if [i.lower() for i in ids].count(id_.lower()) > 1})
        if doubled:
            raise ValueError(f"ids used twice (upper and lower case are one): {', '.join(doubled)}")
        used = [leaf.indicator for node in nodes for leaf in node.indicators]
        known = {indicator.id for indicator in self.indicators}
        for what, found in {
            "unknown indicators in the tree": set(used) - known,
            "indicators without a place in the tree": known - set(used),
            "indicators in several places": {id_ for id_ in used if used.count(id_) > 1},
            "indicators without a normalisation": {
                i.id for i in self.indicators if not (i.normalise or self.normalise)
            },
        }.items():
            if found:
                raise ValueError(f"{what}: {', '.join(sorted(found))}")
        return self
