"""Choices of two editions side by side: every value that was added, removed or changed, by what it belongs to."""

from dataclasses import dataclass

KEYED = ("sources",)
"""Sections that are mappings of things with a name; things of lists have an id."""


@dataclass(frozen=True)
class Choice:
    """One thing of an edition (an indicator, a rule, a source, a section) of which something differs.

    `values` gives the path below it -> (before, after); None where there was or is nothing.
    """

    place: str
    verdict: str
    values: dict[str, tuple[object, object]]


def changed_choices(before: dict, after: dict) -> list[Choice]:
    """What differs between two editions as JSON-able mappings, in the order of the later one.

    Lists of things with an id are compared by id, whatever their order; other lists as a whole.
    """
    old, new = _flat(before, (), ()), _flat(after, (), ())
    apart: dict[tuple[str, ...], dict[str, tuple[object, object]]] = {}
    for path in [*new, *(path for path in old if path not in new)]:
        pair = tuple(side[path][1] if path in side else None for side in (old, new))
        if pair[0] != pair[1]:
            home = (new.get(path) or old[path])[0]
            apart.setdefault(home, {})[".".join(path[len(home) :]) or home[-1]] = pair
    return [Choice(".".join(home), _verdict(home, old, new), values) for home, values in apart.items()]


def _verdict(home: tuple[str, ...], old: dict, new: dict) -> str:
    there = [any(path[: len(home)] == home for path in side) for side in (old, new)]
    return "changed" if all(there) else "added" if there[1] else "removed"


def _flat(value: object, path: tuple[str, ...], home: tuple[str, ...]) -> dict[tuple[str, ...], tuple]:
    """Path of every value -> (the thing it belongs to, the value)."""
    if isinstance(value, dict) and value:
        named = len(path) == 1 and path[0] in KEYED
        return {
            deeper: found
            for key, item in value.items()
            for deeper, found in _flat(item, (*path, str(key)), (*path, str(key)) if named else home).items()
        }
    if isinstance(value, list | tuple) and value and all(isinstance(item, dict) and "id" in item for item in value):
        return {
            deeper: found
            for item in value
            for own in [(*path, str(item["id"]))]
            for deeper, found in _flat({k: v for k, v in item.items() if k != "id"}, own, own).items()
        }
    return {path: (home or path[:1], value)}
