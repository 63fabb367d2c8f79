"""What the section on early warning may not say."""

from collections.abc import Callable

import pytest

from evalcore.edition import Edition
from evalcore.edition.load import read_yaml

Refuse = Callable[..., None]


@pytest.fixture
def content(root, tiny: dict) -> dict:
    """The tiny edition with the demonstration edition's tickets and warning."""
    whole = read_yaml(root / "editions" / "demo-2025.yml")
    return tiny | {"sources": tiny["sources"] | {"tickets": whole["sources"]["tickets"]}, "warning": whole["warning"]}


def test_the_demonstration_section_is_taken(content: dict, edition_of: Callable[[dict], Edition]) -> None:
    """Levels from the most urgent on, and the hours to react in."""
    warning = edition_of(content).warning
    assert [(level.id, level.react_h) for level in warning.levels] == [("red", 1), ("yellow", 4), ("blue", 24)]
    assert "warning" in edition_of(content).collected


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda w: w.update(source="log"), "warning.source: no source 'log'; known:"),
        (lambda w: w.update(topic="opened_at"), "warning.topic: 'opened_at' is no code; known:"),
        (lambda w: w["topics"][0].update(id="praise"), "unknown consultation"),
        (lambda w: w["rules"][0].update(limits={"green": 5}), "unknown green; levels: red, yellow, blue"),
        (lambda w: w["rules"][1].update(limits={"blue": 3, "red": 2}), "the more urgent a level, the more it needs"),
        (lambda w: w["rules"].append(w["rules"][0]), "warning.rules: complaints stands there twice"),
        (lambda w: w["baseline"].update(chance={"red": 0.01, "blue": 0.001}), "warning.baseline.chance"),
        (lambda w: w["rules"][-1]["duration"].update(witness="closed_at"), "'closed_at' is no number"),
    ],
)
def test_a_section_that_does_not_fit_is_refused(
    content: dict, edition_of: Callable[[dict], Edition], change: Callable[[dict], None], message: str
) -> None:
    """Key, value and what is known are named."""
    change(content["warning"])
    with pytest.raises(ValueError, match="warning") as caught:
        edition_of(content)
    assert message in str(caught.value)
