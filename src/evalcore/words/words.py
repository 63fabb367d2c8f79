"""Looking up words: those of one exhibit first, then those all share; names come from the edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from evalcore.edition import Edition
from evalcore.edition.load import read_yaml
from evalcore.errors import EvalcoreError, say

LANGUAGES = ("en", "zh")
FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """The words of one exhibit in one language."""

    lang: str
    exhibit: str
    edition: Edition

    def __call__(self, key: str, **values: object) -> str:
        """The phrase under a key, with its placeholders filled in; {one} and {many} are what entities are called."""
        own, shared = exhibit_words(self.exhibit, self.lang), shared_words(self.lang)
        if key not in own and key not in shared:
            found = f"no '{key}' for exhibit '{self.exhibit}'"
            raise EvalcoreError(say(f"words/{self.lang}.yml", found, remedy="add it in both languages"))
        known = {"one": self.edition.entity.one, "many": self.edition.entity.many, **values}
        return own.get(key, shared.get(key)).format(**{name: self._plain(value) for name, value in known.items()})

    def name(self, kind: str, id_: str) -> str:
        """The edition's name of an entity, category, period, type, size, dimension or indicator."""
        if id_ in ("all", "year"):
            return self(id_)
        return self.edition.named(kind, id_)[self.lang]

    def level(self, id_: str) -> str:
        """The name of a level."""
        return next(level.name[self.lang] for level in self.edition.framework.levels if level.id == id_)

    def segment(self, id_: str) -> str:
        """The name of a segment."""
        return next(segment.name[self.lang] for segment in self.edition.segments if segment.id == id_)

    def value(self, segment: str, id_: str) -> str:
        """The name of a segment's value; a value the edition does not list is that of people who stated none."""
        values = next(own.values for own in self.edition.segments if own.id == segment)
        return next((value.name[self.lang] for value in values if value.id == id_), self("not_stated"))

    def scale(self, id_: str) -> str:
        """The name of a scale."""
        return next(scale.name[self.lang] for scale in self.edition.quality.scales if scale.id == id_)

    def item(self, scale: str, column: str) -> str:
        """What an item of a scale asks, or its column where the edition does not say."""
        source = next(own.source for own in self.edition.quality.scales if own.id == scale)
        what = self.edition.sources[source].columns[column].what
        return column if what is None else what[self.lang]

    def node(self, id_: str) -> str:
        """The name of a node of the index's tree."""
        return next(node.name[self.lang] for node in self.edition.index.tree.walk() if node.id == id_)

    def source(self, id_: str) -> str:
        """The name of a source."""
        return self.edition.sources[id_].name[self.lang]

    def question(self, source: str, column: str) -> str:
        """What a column of a source asks or holds; its name where the edition does not say."""
        what = self.edition.sources[source].columns[column].what
        return column if what is None else what[self.lang]

    def rule(self, source: str, id_: str) -> str:
        """The reason of a cleaning rule."""
        return next(rule.reason[self.lang] for rule in self.edition.sources[source].rules if rule.id == id_)

    def published(self, kind: str, text: str) -> str:
        """A metric, scope or unit of the published figures, whose file is English."""
        if self.lang == "en":
            return text
        if text not in published_words()[kind]:
            found = f"no Chinese for the {kind} '{text}' of the published figures"
            raise EvalcoreError(say("words/published.yml", found, remedy=f"add it under `{kind}`"))
        return published_words()[kind][text]

    def published_figure(self, metric: str, scope: str) -> str:
        """What a published figure is of."""
        return self("figure_of", metric=self.published("metric", metric), scope=self.published("scope", scope))

    def _plain(self, value: object) -> object:
        return value[self.lang] if hasattr(value, "zh") else value


def exhibit_words(exhibit: str, lang: str) -> dict[str, str]:
    """The words of one exhibit; it must have some."""
    exhibits = _load(lang)["exhibits"]
    if exhibit not in exhibits:
        remedy = "add caption and alt in both languages"
        raise EvalcoreError(say(f"words/{lang}.yml", f"no words for exhibit '{exhibit}'", remedy=remedy))
    return exhibits[exhibit]


def shared_words(lang: str) -> dict[str, str]:
    """Words that any exhibit may use."""
    return _load(lang)["shared"]


def in_a_row(names: Sequence[str], lang: str) -> str:
    """Names as a sentence lists them: "A, B and C"; nothing of none."""
    words = shared_words(lang)
    if len(names) < 2:
        return "".join(names)
    return words["order.and"].format(start=words["order.list"].join(names[:-1]), last=names[-1])


def published_words() -> dict[str, dict[str, str]]:
    """Kind ("metric", "scope" or "unit") -> English -> Chinese."""
    return _load("published")


def _load(name: str) -> dict:
    path = FOLDER / f"{name}.yml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, modified: int) -> dict:
    return read_yaml(path)
