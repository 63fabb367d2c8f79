"""Sentences about order in both languages; every word of them comes from words/{en,zh}.yml, keys `order.*`."""

from collections.abc import Callable, Iterable

from evalcore.edition import Edition, Text
from evalcore.grammar.relation import NOT_APART
from evalcore.grammar.standing import Standing, counts
from evalcore.words import Number, in_a_row, shared_words

LISTED = 6
"""Longer lists of names are told by their number and their ends, or the first alone."""


def first_sentence(found: Standing, edition: Edition) -> Text:
    """Who is first, and whether that can be said."""
    return _end(found, "first", edition)


def last_sentence(found: Standing, edition: Edition) -> Text:
    """Who is last, and whether that can be said."""
    return _end(found, "last", edition)


def groups_sentence(found: Standing, edition: Edition) -> Text:
    """The groups of several that cannot be told apart, from the top."""
    several = [_ids(found, group) for group in found.groups if len(group) > 1]

    def groups(lang: str) -> str:
        if not several:
            return _phrase(lang, "groups.none", edition)
        listed = _phrase(lang, "semicolon", edition).join(_names(lang, ids, edition) for ids in several)
        return _phrase(lang, "groups", edition, groups=listed)

    return _text(groups)


def pairs_sentence(found: Standing, edition: Edition) -> Text:
    """How many pairs have an order, how many probably, how many none."""
    upper = [found.relation[i, j] for i in range(len(found.entities)) for j in range(i + 1, len(found.entities))]
    told = {
        "pairs": len(upper),
        "ahead": sum(name in ("ahead", "behind") for name in upper),
        "probably": sum(name.startswith("probably") for name in upper),
        "open": sum(name in NOT_APART for name in upper),
    }
    return _text(lambda lang: _phrase(lang, "pairs" if upper else "pairs.none", edition, **told))


def pair_sentence(relation: str, one: str, other: str, edition: Edition) -> Text:
    """How one entity stands to another, as a clause without a full stop."""
    named = {"name": edition.named("entities", one), "other": edition.named("entities", other)}
    return _text(lambda lang: _phrase(lang, f"pair.{relation}", edition, **{k: v[lang] for k, v in named.items()}))


def place_phrase(found: Standing, entity: str, edition: Edition) -> Text:
    """How one entity stands to all others: "ahead of 9, cannot be told apart from 3, behind 2"."""
    row = found.relation[found.entities.index(entity)]
    others = len(found.entities) - 1
    if not others:
        return _text(lambda lang: _phrase(lang, "alone", edition))

    everyone = {1: "some", 2: "both"}.get(others, "all")

    def phrase(lang: str) -> str:
        said = []
        for name, n in counts(row).items():
            whom = _phrase(lang, everyone if n == others else "some", edition, count=n)
            said += [_phrase(lang, f"count.{name}", edition, count=whom)] if n else []
        return _phrase(lang, "comma", edition).join(said)

    return _text(phrase)


def listed(ids: Iterable[str], edition: Edition) -> Text:
    """The names of some entities, who need not be neighbours; long lists told by the first name and their number."""
    kept = list(ids)
    return _text(lambda lang: _names(lang, kept, edition, "several"))


def rule_sentence(edition: Edition) -> Text:
    """What the words of order mean: the thresholds of the edition and the rule of the groups."""
    thresholds = {key: Number(100 * p, "percent", 0 if p == round(p, 2) else 1) for key, p in edition.grammar}

    def rule(lang: str) -> str:
        return _phrase(lang, "rule", edition, **{key: number.text(lang) for key, number in thresholds.items()})

    return _text(rule)


def _end(found: Standing, end: str, edition: Edition) -> Text:
    key, group = _judged(found, end)
    told = {"count": len(found.entities)}

    def sentence(lang: str) -> str:
        said = _phrase(lang, f"{end}.{key}", edition, names=_names(lang, _ids(found, group), edition), **told)
        return said[:1].upper() + said[1:]

    return _text(sentence)


def _judged(found: Standing, end: str) -> tuple[str, tuple[int, ...]]:
    """The sentence that fits, and whom it is about."""
    if not found.entities:
        return "none", ()
    group = found.groups[0 if end == "first" else -1]
    if len(found.entities) == 1:
        return "alone", group
    if len(found.groups) == 1:
        return "everyone", group
    certainty = getattr(found, end)
    if len(group) == 1:
        return certainty, group
    return {"sure": "shared", "probable": "probably_shared", "open": "border"}[certainty], group


def _names(lang: str, ids: Iterable[str], edition: Edition, long: str = "range") -> str:
    names = [edition.named("entities", id_)[lang] for id_ in ids]
    if len(names) > LISTED:
        return _phrase(lang, long, edition, count=len(names), first=names[0], last=names[-1])
    return in_a_row(names, lang)


def _ids(found: Standing, positions: Iterable[int]) -> list[str]:
    return [found.entities[position] for position in positions]


def _phrase(lang: str, key: str, edition: Edition, **values: object) -> str:
    called = {"one": edition.entity.one[lang], "many": edition.entity.many[lang]}
    return shared_words(lang)[f"order.{key}"].format(**called, **values)


def _text(say: Callable[[str], str]) -> Text:
    return Text(en=say("en"), zh=say("zh"))
