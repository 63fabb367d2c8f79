"""Chapter 11: a reader of texts that learns here, and how far it errs on texts it never learned from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from sklearn.pipeline import Pipeline

from evalcore.edition import Edition
from evalcore.streams import stream
from evalcore.texts.classify import classifier, crossed
from evalcore.texts.segment import Segmenter

ASPECT, SENTIMENT = KINDS = ("aspect", "sentiment")
TRAIN = "train"
NEUTRAL, NONE = "neutral", "none"
"""`none`: a text about none of the aspects; only people say so."""


@dataclass(frozen=True)
class Reader:
    """Word lists and one model per kind; `labels` are those it can tell."""

    segmenter: Segmenter
    labels: dict[str, list[str]]
    models: dict[str, Pipeline]

    def tell(self, texts: pd.Series) -> pd.DataFrame:
        """Aspect and sentiment of each text by the classifier, on the index of the texts."""
        distinct = texts.drop_duplicates()
        cut = [self.segmenter.tokens(text) for text in distinct]
        told = {kind: model.predict(cut) if cut else [] for kind, model in self.models.items()}
        return pd.DataFrame(told, index=pd.Index(distinct, name="text"), dtype=object).loc[texts].set_axis(texts.index)

    def look_up(self, texts: pd.Series) -> pd.DataFrame:
        """Aspect and sentiment of each text by the word lists alone."""
        kinds = {ASPECT: (self.labels[ASPECT], NONE), SENTIMENT: (_listed(self.labels[SENTIMENT]), NEUTRAL)}
        told = {kind: [self.segmenter.label(text, *by) for text in texts] for kind, by in kinds.items()}
        return pd.DataFrame(told, index=texts.index, dtype=object)


def _listed(sentiments: Sequence[str]) -> list[str]:
    return [label for label in sentiments if label != NEUTRAL]


def train(reviews: pd.DataFrame, gold: pd.DataFrame, lexicon: Mapping[str, Mapping]) -> Reader:
    """Learn from the labelled reviews that the source keeps for learning, and from the gold sentences.

    Parameters
    ----------
    reviews, gold : DataFrame
        text, aspect, sentiment; reviews with `split`.
    lexicon : mapping
        `aspects` and `sentiments`: label -> words.
    """
    segmenter = Segmenter({**lexicon["aspects"], **lexicon["sentiments"]})
    labels = {ASPECT: list(lexicon["aspects"]), SENTIMENT: [*lexicon["sentiments"], NEUTRAL]}
    known = pd.concat([_to_learn(reviews), gold])
    cut = [segmenter.tokens(text) for text in known["text"]]
    return Reader(segmenter, labels, {kind: classifier().fit(cut, list(known[kind])) for kind in KINDS})


def told_gold(reviews: pd.DataFrame, gold: pd.DataFrame, reader: Reader, edition: Edition) -> pd.DataFrame:
    """Aspect and sentiment of the gold sentences by models that learned from the other folds."""
    learn = _to_learn(reviews)
    cut = {name: [reader.segmenter.tokens(t) for t in own["text"]] for name, own in (("learn", learn), ("gold", gold))}
    return pd.DataFrame(
        {
            kind: crossed(
                cut["gold"],
                list(gold[kind]),
                (cut["learn"], list(learn[kind])),
                stream(edition.seed, "voice/folds", kind),
            )
            for kind in KINDS
        },
        index=gold.index,
    )


def _to_learn(reviews: pd.DataFrame) -> pd.DataFrame:
    return reviews.loc[reviews["split"] == TRAIN, ["text", *KINDS]].drop_duplicates("text")
