"""Chapter 11: the texts of a corpus, a random sample that people read, and how often what reads the rest is right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.chapters.reader import ASPECT, KINDS, Reader
from evalcore.edition import Edition
from evalcore.streams import stream
from evalcore.texts.classify import right

TEST, FIELD = "test", "field"
REVIEWS, ANSWERS = "reviews", "answers"
PAIN = "open_pain"
"""The open question about what went worst."""
AUDIT = {REVIEWS: 1000, ANSWERS: 400}
"""Unlabelled texts, drawn at random from each corpus, that people read."""
FORMULA = "=+-@"
"""What a spreadsheet would take for a formula; the file of the codes leaves it out at the beginning of a text."""
METHODS = ("classifier", "lexicon")
Sets = dict[str, tuple[pd.DataFrame, pd.DataFrame]]


@dataclass(frozen=True)
class Corpus:
    """Texts with the columns of their source, what the classifier told of each, and a sample that people read.

    `drawn` is the whole sample; `sample` is empty where people did not read all of it: what was left out may be what
    is hard to read.
    """

    name: str
    texts: pd.DataFrame
    told: pd.DataFrame
    drawn: pd.DataFrame

    @property
    def sample(self) -> pd.DataFrame:
        """What people read, if they read all that was drawn."""
        return self.drawn if self.drawn[ASPECT].notna().all() else self.drawn.iloc[:0]


def corpus(texts: pd.DataFrame, name: str, codes: pd.DataFrame, reader: Reader, edition: Edition) -> Corpus:
    """Texts, told by the classifier, with a random sample of them as people read it; `codes` as `audit` takes them."""
    return Corpus(name, texts, reader.tell(texts["text"]), audit(texts["text"], name, codes, edition))


def audit(texts: pd.Series, corpus: str, codes: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """A random sample of the very texts that are classified, with what people read in them.

    Parameters
    ----------
    texts : Series
        The corpus.
    codes : DataFrame
        text, aspect, sentiment: texts that people read. A text is coded once, wherever it stands.

    Returns
    -------
    DataFrame
        text, aspect, sentiment on the index of the texts; blank where nobody read the text yet.
    """
    drawn = stream(edition.seed, "voice/audit", corpus).permutation(len(texts))[: AUDIT[corpus]]
    sample = texts.iloc[np.sort(drawn)]
    known = codes.set_index(codes["text"].str.lstrip(FORMULA))[list(KINDS)]
    return known.reindex(sample.str.lstrip(FORMULA)).set_axis(sample.index).assign(text=sample)


def unlabelled(reviews: pd.DataFrame) -> pd.DataFrame:
    """Reviews that the source's own readers did not label."""
    return reviews[reviews["split"] == FIELD]


def pains(answers: pd.DataFrame) -> pd.DataFrame:
    """Answers to the open question about what went worst, as `text`; none where the survey does not ask it."""
    asked = answers if PAIN in answers else answers.assign(**{PAIN: None})
    return asked.dropna(subset=[PAIN]).rename(columns={PAIN: "text"})


def known_texts(
    reviews: pd.DataFrame, gold: pd.DataFrame, told: pd.DataFrame, corpora: Sequence[Corpus], reader: Reader
) -> Sets:
    """Texts never learned from, with their labels and what the classifier told; `told` are the gold sentences'."""
    test = reviews[reviews["split"] == TEST]
    read = {own.name: (own.sample, own.told.loc[own.sample.index]) for own in corpora}
    return {"gold": (gold, told), TEST: (test, reader.tell(test["text"]))} | read


def errors_frame(sets: Sets, reader: Reader, edition: Edition) -> pd.DataFrame:
    """kind, method, texts, n, share, lower, upper, f1: how often labels are right on texts never learned from.

    Parameters
    ----------
    sets : dict
        Name -> texts with their true labels, and what the classifier told; as `known_texts` gives them.
    """
    rows = []
    for name, (known, told) in sets.items():
        by = dict(zip(METHODS, (told, reader.look_up(known["text"])), strict=True))
        for kind in KINDS if len(known) else ():
            truth = known[kind].to_numpy(object)
            rows += [
                (kind, method, name, len(truth), *right(truth, own[kind].to_numpy(object), edition.model.interval))
                for method, own in by.items()
            ]
    frame = pd.DataFrame(rows, columns=["kind", "method", "texts", "n", "share", "lower", "upper", "f1"])
    return frame.sort_values(["kind", "method"], kind="stable", ignore_index=True)
