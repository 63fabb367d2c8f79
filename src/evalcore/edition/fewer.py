"""An edition with fewer sources: what rests on the others leaves it, and the weights that are left make up the whole.

A quarter is monitored with what comes in every quarter; experts, mystery visits and audits belong to the year.
"""

from pathlib import Path

from evalcore.errors import EvalcoreError, say


def with_sources(path: Path, content: dict, names: object) -> dict:
    """The content of an edition with the named sources only.

    Indicators, parts of indicators, segments, scales, deadlines, stages and sections that read another source are left
    out, dimensions without indicators too; weights are scaled so that those of a level add up to 100 again.
    """
    known = list(content.get("sources", {}))
    unknown = [str(name) for name in (names if isinstance(names, list) else [names]) if name not in known]
    if unknown:
        raise EvalcoreError(
            say(f"{path.name}: only.sources", f"unknown {', '.join(unknown)}", ", ".join(known), "list known names")
        )
    gone = frozenset(known) - frozenset(names)
    kept = _pruned(content, gone) | {"sources": {name: content["sources"][name] for name in known if name in names}}
    if "framework" in kept:
        kept["framework"] = _rescaled(kept["framework"])
        kept = _referring(kept, gone)
    return kept


def _pruned(value: object, gone: frozenset[str]) -> object:
    """Without the items and sections that read a source which is gone."""
    if isinstance(value, list):
        return [_pruned(item, gone) for item in value if not _reads(item, gone)]
    if isinstance(value, dict):
        return {key: _pruned(item, gone) for key, item in value.items() if not _reads(item, gone)}
    return value


def _reads(value: object, gone: frozenset[str]) -> bool:
    if not isinstance(value, dict):
        return False
    named = [value.get("source"), value["measure"].get("source") if isinstance(value.get("measure"), dict) else None]
    return any(isinstance(name, str) and name in gone for name in named)


def _rescaled(framework: dict) -> dict:
    dimensions = [{**d, "indicators": _to_hundred(d["indicators"])} for d in framework["dimensions"] if d["indicators"]]
    return {**framework, "dimensions": _to_hundred(dimensions)}


def _to_hundred(items: list[dict]) -> list[dict]:
    total = sum(item["weight"] for item in items)
    return items if total == 100 else [{**item, "weight": 100 * item["weight"] / total} for item in items]


def _referring(content: dict, gone: frozenset[str]) -> dict:
    """Without references to indicators and sources that are no longer there."""
    there = {i["id"] for d in content["framework"]["dimensions"] for i in d["indicators"]}
    there |= {i["id"] for c in content.get("categories", ()) for extra in c.get("adds", {}).values() for i in extra}
    categories = [_category(category, there, content) for category in content.get("categories", ())]
    entities = [_entity(entity, there, gone) for entity in content.get("entities", ())]
    service = content.get("service", {}) | ({"problems": []} if "monitoring" in gone else {})
    lost = {"mode": "model", "invited": "weighting"}
    quality = {k: v for k, v in content.get("quality", {}).items() if k not in lost or lost[k] in content}
    return content | {"categories": categories, "entities": entities, "service": service, "quality": quality}


def _category(category: dict, there: set[str], content: dict) -> dict:
    dimensions = {d["id"] for d in content["framework"]["dimensions"]}
    own = {
        "adds": {d: extra for d, extra in category.get("adds", {}).items() if d in dimensions and extra},
        "multiply": {i: factor for i, factor in category.get("multiply", {}).items() if i in there},
    }
    return category | own | {"inapplicable": [i for i in category.get("inapplicable", ()) if i in there]}


def _entity(entity: dict, there: set[str], gone: frozenset[str]) -> dict:
    absent = [source for source in entity.get("absent_from", ()) if source not in gone]
    return entity | {"inapplicable": [i for i in entity.get("inapplicable", ()) if i in there], "absent_from": absent}
