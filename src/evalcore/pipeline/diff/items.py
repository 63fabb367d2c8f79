"""What differs between two builds, item by item: the things a reviewer looks at and signs."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf

from evalcore.audit.compare import compare
from evalcore.compare.choices import changed_choices
from evalcore.compare.link import framework_frame
from evalcore.compare.values import compare_values
from evalcore.compare.wording import compare_paragraphs, compare_words, share_changed
from evalcore.edition.review import Review
from evalcore.pipeline.diff.sides import Side
from evalcore.provenance.hashing import sha256_json
from evalcore.words import LANGUAGES

VERDICTS = {"differs": "changed", "missing": "removed", "extra": "added"}
"""What a comparison of locks calls a difference -> what it is between a former and a later edition."""
ABSOLUTE = ("points", "percent")
"""Units in which a number's change is judged by itself, not relative to the number."""


@dataclass(frozen=True)
class Item:
    """One difference: `kind/name`, what happened, how large it is (`evalcore.edition.review`), and all of it."""

    id: str
    verdict: str
    size: float
    detail: dict

    @property
    def kind(self) -> str:
        """What kind of thing differs."""
        return self.id.split("/", 1)[0]

    @property
    def sha256(self) -> str:
        """Of everything said of it: another difference has another hash."""
        return sha256_json([self.id, self.verdict, self.detail])

    def above(self, review: Review) -> bool:
        """Whether the edition wants it signed."""
        return self.kind in review.sign and self.size > review.sign[self.kind]


def find_items(old: Side, new: Side) -> list[Item]:
    """All differences, in the order of `evalcore.edition.review.Kind`."""
    apart = _apart(old, new)
    return [
        *_choices(old, new),
        *_sources(old, new, apart["raw"]),
        *_numbers(old, new, apart["numbers"]),
        *_sentences(old, new, apart["numbers"]),
        *_tables(old, new),
        *_exhibits(old, new, apart["exhibits"]),
        *_pages(old, new),
    ]


def _apart(old: Side, new: Side) -> defaultdict[str, dict[str, str]]:
    """Section of the locks -> entry -> added, removed or changed."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for finding in compare(old.lock, new.lock, {}, frozenset()).findings:
        section, name = finding.what.split("/", 1)
        found[section][name] = VERDICTS[finding.verdict]
    return found


def _choices(old: Side, new: Side) -> Iterator[Item]:
    before, after = (side.edition.model_dump(mode="json", by_alias=True, exclude={"name"}) for side in (old, new))
    meaning = _meaning(old, new)
    for choice in changed_choices(before, after):
        told = meaning.get(choice.place.rsplit(".", 1)[-1]) if choice.place.startswith("framework.") else None
        detail = {"changed": {path: list(pair) for path, pair in choice.values.items()}}
        size = len(choice.values) if choice.verdict == "changed" else inf
        yield Item(f"choices/{choice.place}", choice.verdict, size, detail | ({"indicator": told} if told else {}))


def _meaning(old: Side, new: Side) -> dict[str, dict]:
    """Indicator -> what its change means for comparing years, and its weight in the composite before and after."""
    if not (old.edition.framework and new.edition.framework):
        return {}
    frame = framework_frame(old.edition, new.edition).astype(object)
    return frame.where(frame.notna(), None).set_index("indicator").to_dict("index")


def _sources(old: Side, new: Side, hashes: dict[str, str]) -> Iterator[Item]:
    for name in dict.fromkeys([*new.sources, *old.sources]):
        before, after = old.sources.get(name), new.sources.get(name)
        if before == after and name not in hashes:
            continue
        pair = {"before": before, "after": after}
        if before is None or after is None:
            yield Item(f"sources/{name}", hashes[name], inf, pair)
            continue
        added, removed = (_beyond(a["columns"], b["columns"]) for a, b in ((after, before), (before, after)))
        moved = _percent(before["valid"] or 0, after["valid"] or 0)
        detail = pair | {"columns_added": added, "columns_removed": removed}
        yield Item(f"sources/{name}", "changed", 100.0 if added or removed else moved, detail)


def _beyond(names: list[str], others: list[str]) -> list[str]:
    return [name for name in names if name not in others]


def _percent(before: float, after: float) -> float:
    """Change in percent of what was; from nothing to something counts as all of it."""
    return 0.0 if before == after else 100 * abs(after - before) / abs(before) if before else 100.0


def _numbers(old: Side, new: Side, apart: dict[str, str]) -> Iterator[Item]:
    for name, verdict in apart.items():
        before, after = (_shown(side.numbers.get(name)) for side in (old, new))
        if "text" in {(n or {}).get("unit") for n in (before, after)}:
            continue
        size = _moved(before, after, new.edition.review)
        if verdict != "changed" or size > 1:
            yield Item(f"numbers/{name}", verdict, inf if verdict != "changed" else size, _pair(before, after))


def _shown(number: dict | None) -> dict | None:
    """A number without the task that published it: who computed it is no difference."""
    return None if number is None else {key: value for key, value in number.items() if key != "record"}


def _moved(before: dict | None, after: dict | None, review: Review) -> float:
    """By how many tolerances a number moved; without end where one of them is not available."""
    one, other = ((n or {}).get("value") for n in (before, after))
    if one is None or other is None:
        return 0.0 if one is other else inf
    if before["unit"] != after["unit"]:
        return inf
    return abs(other - one) / review.points if after["unit"] in ABSOLUTE else _percent(one, other) / review.relative


def _pair(before: dict | None, after: dict | None) -> dict:
    """Both values; whether the new one lies outside the interval the former was published with, where it had one."""
    interval, value = (before or {}).get("interval"), (after or {}).get("value")
    outside = None if interval is None or value is None else not interval[0] <= value <= interval[1]
    return {"before": before, "after": after, "outside": outside}


def _sentences(old: Side, new: Side, apart: dict[str, str]) -> Iterator[Item]:
    for name, verdict in apart.items():
        before, after = (_shown(side.numbers.get(name)) for side in (old, new))
        if "text" not in {(n or {}).get("unit") for n in (before, after)}:
            continue
        texts = {lang: [((n or {}).get("text") or {}).get(lang, "") for n in (before, after)] for lang in LANGUAGES}
        yield from _worded(f"sentences/{name}", verdict, texts, lambda pair: [compare_words(*pair)])


def _pages(old: Side, new: Side) -> Iterator[Item]:
    for name in dict.fromkeys([*new.pages, *old.pages]):
        before, after = old.pages.get(name), new.pages.get(name)
        verdict = "added" if before is None else "removed" if after is None else "changed"
        texts = {lang: [(side or {}).get(lang, "") for side in (before, after)] for lang in LANGUAGES}
        yield from _worded(f"pages/{name}", verdict, texts, lambda pair: compare_paragraphs(*pair))


def _worded(id_: str, verdict: str, texts: dict[str, list[str]], told: Callable[[list[str]], list]) -> Iterator[Item]:
    """An item for texts that differ; what came or went altogether is not told word by word."""
    texts = {lang: pair for lang, pair in texts.items() if pair[0] != pair[1]}
    if verdict != "changed" and texts:
        yield Item(id_, verdict, inf, {"text": {lang: max(pair, key=len) for lang, pair in texts.items()}})
    elif texts:
        words = {lang: told(pair) for lang, pair in texts.items()}
        size = max(share_changed(words[lang], *texts[lang]) for lang in texts)
        yield Item(id_, verdict, size, {"words": words})


def _tables(old: Side, new: Side) -> Iterator[Item]:
    for name in dict.fromkeys([*new.tables, *old.tables]):
        if name not in old.tables or name not in new.tables:
            yield Item(f"tables/{name}", "added" if name in new.tables else "removed", inf, {})
            continue
        values = compare_values(old.tables[name], new.tables[name])
        if values.differs:
            yield Item(f"tables/{name}", "changed", values.size, {"cells": values.as_json()})


def _exhibits(old: Side, new: Side, files: dict[str, str]) -> Iterator[Item]:
    for name in sorted({file.split("/")[0] for file in files}):
        own = {file.split("/")[1]: verdict for file, verdict in files.items() if file.startswith(f"{name}/")}
        hashes = {key: [side.lock.sections["exhibits"].get(f"{name}/{key}") for side in (old, new)] for key in own}
        if name not in old.exhibits or name not in new.exhibits:
            yield Item(f"exhibits/{name}", "added" if name in new.exhibits else "removed", inf, {"files": hashes})
            continue
        values = compare_values(old.data(name), new.data(name))
        yield Item(f"exhibits/{name}", "changed", values.size, {"files": hashes, "cells": values.as_json()})
