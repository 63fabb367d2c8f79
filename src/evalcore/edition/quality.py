"""What the chapter on data quality looks at: scales, the way an answer came in, who was invited, call-backs."""

from typing import TYPE_CHECKING

from pydantic import Field

from evalcore.edition.text import Frozen, Name, Text

if TYPE_CHECKING:
    from evalcore.edition.edition import Edition


class Scale(Frozen):
    """Ratings of one source that are meant to measure one thing, all worded in the same direction."""

    id: Name
    name: Text
    source: Name
    items: tuple[Name, ...] = Field(min_length=2)


class Quality(Frozen):
    """Choices of the chapter on data quality.

    `callback` is the percentage of valid answers of the weighted survey that is called back. `mode` names its column
    that says how an answer came in; `invited` a source with the number of people asked (column `invited`) per cell of
    the margins.
    """

    callback: float = Field(default=10, gt=0, le=100)
    scales: tuple[Scale, ...] = ()
    mode: Name | None = None
    invited: Name | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Sources of the scales, each once."""
        return tuple(dict.fromkeys(scale.source for scale in self.scales))


def check_quality(edition: "Edition") -> None:
    """Scales hold ratings of their source; `mode` is a code of the survey, `invited` a source with the margins."""
    for scale in edition.quality.scales:
        types = edition.sources[scale.source].types if scale.source in edition.sources else {}
        strange = [item for item in scale.items if types.get(item) != "rating"]
        if strange:
            known = [name for name, kind in types.items() if kind == "rating"]
            found = f"quality.scales.{scale.id}: no rating of {scale.source}: {', '.join(strange)}"
            raise ValueError(f"{found}; ratings: {', '.join(known) or 'none (unknown source)'}")
    _check_mode(edition)
    _check_invited(edition)


def _check_mode(edition: "Edition") -> None:
    mode, source = edition.quality.mode, edition.model.source
    types = edition.sources[source].types if source else {}
    if mode is not None and types.get(mode) != "code":
        codes = [name for name, kind in types.items() if kind == "code"]
        raise ValueError(f"quality.mode: no code of the modelled survey: {mode}; codes: {', '.join(codes) or 'none'}")


def _check_invited(edition: "Edition") -> None:
    invited = edition.quality.invited
    if invited is None:
        return
    if invited not in edition.sources or edition.weighting is None:
        raise ValueError(f"quality.invited: needs `weighting` and a source called {invited}")
    missing = {"invited", *edition.weighting.margins} - set(edition.sources[invited].types)
    if missing:
        raise ValueError(f"quality.invited: {invited} lacks the columns {', '.join(sorted(missing))}")
