"""Finding and reading `editions/<name>.yml`, with errors that name file, key, value and what is allowed."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ValidationError

from evalcore.edition.edition import Edition
from evalcore.edition.fewer import with_sources
from evalcore.errors import EvalcoreError, say


def load_edition(name: str, root: Path) -> Edition:
    """Load and check one edition.

    Parameters
    ----------
    name : str
        The file's stem; letters, digits and hyphens.
    root : Path
        The project's root.

    Raises
    ------
    EvalcoreError
        Unknown edition, unreadable YAML, unknown key, or a value that is not allowed.
    """
    lineage = _lineage(name, root)
    place = " extending ".join(path.name for path, _ in reversed(lineage))
    return validated(Edition, {**_resolved(lineage), "name": name}, place)


def load_drawn(name: str, root: Path) -> Edition:
    """A simulated edition as its world is drawn: that of the year it is part of; by another edition's framework."""
    edition = load_edition(name, root)
    if edition.simulation is not None and edition.simulation.part_of is not None:
        return load_drawn(edition.simulation.part_of, root)
    if edition.simulation is None or edition.simulation.framework is None:
        return edition
    changed = {"framework": load_edition(edition.simulation.framework, root).framework}
    return Edition.model_construct(**{key: getattr(edition, key) for key in Edition.model_fields} | changed)


def project_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds _config.yml and editions/."""
    for folder in (start, *start.parents):
        if (folder / "_config.yml").is_file() and (folder / "editions").is_dir():
            return folder
    allowed = "a folder with _config.yml and editions/, or one below it"
    raise EvalcoreError(say(start, "is not inside a checkout", allowed, "change to the checkout"))


def edition_path(name: str, root: Path) -> Path:
    """The edition's file; refuses names that are not one of the editions at hand."""
    known = edition_names(root)
    if name not in known:
        raise EvalcoreError(say("edition", f"'{name}' is not known", ", ".join(known), "see editions/"))
    return root / "editions" / f"{name}.yml"


def edition_names(root: Path) -> list[str]:
    """All editions of the project, sorted."""
    return sorted(path.stem for path in (root / "editions").glob("*.yml") if "." not in path.stem)


def _lineage(name: str, root: Path, heirs: tuple[str, ...] = ()) -> list[tuple[Path, dict]]:
    """The edition's file and those it extends, the eldest first."""
    path = edition_path(name, root)
    content = read_yaml(path)
    if "name" in content:
        raise EvalcoreError(say(f"{path.name}: name", repr(content["name"]), "nothing", "the file's name is the name"))
    parent = content.pop("extends", None)
    if parent in (*heirs, name):
        raise EvalcoreError(say(f"{path.name}: extends", f"'{parent}' extends this one in turn", "another edition"))
    elder = _lineage(parent, root, (*heirs, name)) if parent else []
    return [*elder, (path, content)]


def _resolved(lineage: list[tuple[Path, dict]]) -> dict:
    resolved: dict = {}
    for path, content in lineage:
        only = _lists(path, content.pop("only", {}), "only")
        added, weights = content.pop("add", {}), _lists(path, content.pop("reweigh", {}), "reweigh")
        resolved = _merged(resolved, content)
        resolved |= {key: _longer(path, key, resolved.get(key), items) for key, items in _lists(path, added).items()}
        collected = only.pop("sources", None)
        resolved |= {key: _kept(path, key, resolved.get(key), ids) for key, ids in only.items()}
        resolved = _reweighed(path, resolved, weights)
        resolved = resolved if collected is None else with_sources(path, resolved, collected)
    return resolved


def _lists(path: Path, value: object, key: str = "add") -> dict[str, object]:
    if not isinstance(value, dict):
        raise EvalcoreError(say(f"{path.name}: {key}", repr(value), "lists by key, such as {categories: [fresh]}"))
    return value


def _longer(path: Path, key: str, items: object, added: object) -> list:
    """A list of the edition extended, and what `add:` adds to it."""
    if not (isinstance(items, list) and isinstance(added, list)):
        raise EvalcoreError(say(f"{path.name}: add.{key}", f"'{key}' is no list here or there", "lists"))
    return [*items, *added]


def _reweighed(path: Path, resolved: dict, weights: dict) -> dict:
    """Dimensions with other weights of their indicators; indicators that get none are dropped."""
    if not weights:
        return resolved
    dimensions = {dimension["id"]: dimension for dimension in resolved["framework"]["dimensions"]}
    for id_, own in weights.items():
        known = {i["id"]: i for i in dimensions.get(id_, {}).get("indicators", ())}
        unknown = sorted(set(own) - set(known)) if isinstance(own, dict) else [str(own)]
        if unknown:
            found = f"unknown {', '.join(unknown)}"
            raise EvalcoreError(say(f"{path.name}: reweigh.{id_}", found, ", ".join(known) or ", ".join(dimensions)))
        chosen = [{**known[i], "weight": weight} for i, weight in own.items()]
        dimensions[id_] = {**dimensions[id_], "indicators": chosen}
    return {**resolved, "framework": {**resolved["framework"], "dimensions": list(dimensions.values())}}


def _kept(path: Path, key: str, items: object, ids: object) -> list[dict]:
    """The items of a list that `only:` names, in its order."""
    if not (isinstance(items, list) and all(isinstance(item, dict) and "id" in item for item in items)):
        raise EvalcoreError(say(f"{path.name}: only.{key}", f"'{key}' is no list of things with an id"))
    by_id = {item["id"]: item for item in items}
    unknown = [str(id_) for id_ in (ids if isinstance(ids, list) else [ids]) if id_ not in list(by_id)]
    if unknown:
        raise EvalcoreError(
            say(f"{path.name}: only.{key}", f"unknown {', '.join(unknown)}", ", ".join(by_id), "list known ids in [ ]")
        )
    return [by_id[id_] for id_ in ids]


def _merged(base: dict, change: dict) -> dict:
    """Mappings merge key by key; anything else is replaced, and null removes."""
    merged = dict(base)
    for key, value in change.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        merged[key] = _merged(base[key], value) if both else value
    return {key: value for key, value in merged.items() if value is not None}


class _UniqueKeyLoader(yaml.CSafeLoader):
    """YAML that refuses a key given twice instead of keeping the last."""


def _mapping(loader: _UniqueKeyLoader, node: yaml.MappingNode) -> dict:
    seen = set()
    for key, _ in node.value:
        if (key.tag, str(key.value)) in seen:
            raise yaml.constructor.ConstructorError(None, None, f"key '{key.value}' is given twice", key.start_mark)
        seen.add((key.tag, str(key.value)))
    return loader.construct_mapping(node, deep=True)


_UniqueKeyLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> dict:
    """A YAML mapping from a file; keys given twice and anything that is no mapping are refused."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader)
    except FileNotFoundError:
        raise EvalcoreError(say(path, "the file is missing", remedy="restore it from the repository")) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise EvalcoreError(say(path, f"cannot be read as YAML: {error}", remedy="mend the line named")) from None
    if not isinstance(content, dict):
        raise EvalcoreError(say(path, f"holds {type(content).__name__}", "a mapping of keys to values"))
    return content


def validated[T: BaseModel](kind: type[T], content: dict, place: str) -> T:
    """The content as a typed value; the error lists every breach with place, key, value and what is allowed."""
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        raise EvalcoreError("\n".join(_explain(place, content, item) for item in error.errors())) from None


def _explain(place: str, content: dict, item: dict) -> str:
    key = _key(item["loc"], content)
    if item["type"] == "unknown_key":
        told = item["ctx"]
        found = f"unknown key (value {told['value']})"
        return say(f"{place}: {'.'.join([*key, told['key']])}", found, told["allowed"], "remove or correct the key")
    where = f"{place}: {'.'.join(key) or 'as a whole'}"
    if item["type"] == "missing":
        return say(where, "this key is missing", remedy="add it")
    told = item["type"] == "value_error" or isinstance(item["input"], dict)
    found = item["msg"].removeprefix("Value error, ") + ("" if told else f" (value {item['input']!r:.80})")
    return say(where, found, remedy="correct it")


def _key(location: tuple[str | int, ...], content: object) -> list[str]:
    """The place in the file, with the ids of list items instead of their numbers."""
    names = []
    for part in location:
        if isinstance(content, list) or (isinstance(content, dict) and part in content):
            content = content[part]
        named = isinstance(part, int) and isinstance(content, dict) and "id" in content
        names.append(str(content["id"] if named else part))
    return names
