"""Order in words: headline, groups, and where each entity stands, from the probabilities of all pairs."""

from itertools import combinations, pairwise

import pandas as pd

from evalcore import grammar
from evalcore.edition import Edition, Text
from evalcore.words import LANGUAGES, Number, shared_words


def standing_of(ranking: pd.DataFrame, ahead: pd.DataFrame, edition: Edition) -> grammar.Standing:
    """The order of the rated entities and what may be said of it.

    Parameters
    ----------
    ranking, ahead : DataFrame
        As `evalcore.score.frames.ranking_frame` and `ahead_frame` return them.
    """
    rated = ranking[ranking["rated"]]
    order = list(rated["entity"])
    wide = ahead.pivot(index="entity", columns="other", values="probability").reindex(index=order, columns=order)
    chances = (rated[column].to_numpy(float) for column in ("p_first", "p_last"))
    return grammar.standing(tuple(order), wide.to_numpy(float), *chances, edition.grammar)


def order_numbers(ranking: pd.DataFrame, ahead: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """Sentences `order.first`, `.last`, `.groups`, `.pairs`, `.rule` and `<id>.order` of every entity (unit "text").

    Beside them the counts `order.clear` (pairs of whom one is ahead) of `order.compared`.
    """
    found = standing_of(ranking, ahead, edition)
    told = {
        "order.first": grammar.first_sentence(found, edition),
        "order.last": grammar.last_sentence(found, edition),
        "order.groups": grammar.groups_sentence(found, edition),
        "order.pairs": grammar.pairs_sentence(found, edition),
        "order.rule": grammar.rule_sentence(edition),
    }
    for entity in ranking["entity"]:
        rated = entity in found.entities
        told[f"{entity.lower()}.order"] = (
            grammar.place_phrase(found, entity, edition) if rated else _no_place(entity, edition)
        )
    return {key: Number(text, "text") for key, text in told.items()} | _counts(found)


def _counts(found: grammar.Standing) -> dict[str, Number]:
    upper = [found.relation[i, j] for i, j in combinations(range(len(found.entities)), 2)]
    clear = sum(name in ("ahead", "behind") for name in upper)
    return {"order.clear": Number(clear), "order.compared": Number(len(upper))}


def ranks_frame(ranking: pd.DataFrame, ahead: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, rank, rank_lower, rank_upper, groups of the rated entities, best first.

    `groups` holds the numbers of the groups an entity is in, with blanks between; who share one cannot be told apart.
    """
    found = standing_of(ranking, ahead, edition)
    rated = ranking[ranking["rated"]][["entity", "rank", "rank_lower", "rank_upper"]].astype({"rank": int})
    numbered = list(enumerate(found.groups, start=1))
    own = [" ".join(str(k) for k, members in numbered if place in members) for place in range(len(rated))]
    return rated.assign(groups=own).reset_index(drop=True)


def neighbours_frame(ranking: pd.DataFrame, ahead: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, other (the next in order), probability that the first is ahead, relation, en, zh (the sentence)."""
    found = standing_of(ranking, ahead, edition)
    chance = ahead.set_index(["entity", "other"])["probability"]
    rows = []
    for (i, one), (j, other) in pairwise(enumerate(found.entities)):
        said = grammar.pair_sentence(found.relation[i, j], one, other, edition)
        rows.append((one, other, float(chance[one, other]), found.relation[i, j], said.en, said.zh))
    return pd.DataFrame(rows, columns=["entity", "other", "probability", "relation", "en", "zh"])


def _no_place(entity: str, edition: Edition) -> Text:
    key = "order.pooled" if entity in edition.pooled else "order.not_rated"
    return Text(**{lang: shared_words(lang)[key] for lang in LANGUAGES})
