"""Chapter 11: what people write about and how it sounds, corrected for the errors of what reads it."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd

from evalcore.chapters.corpora import ANSWERS, METHODS, REVIEWS, TEST, Corpus
from evalcore.chapters.reader import ASPECT, KINDS, NONE, SENTIMENT, Reader
from evalcore.edition import Edition, Text
from evalcore.score.rank import interval
from evalcore.streams import stream
from evalcore.survey.prevalence import calibrated_shares, corrected_shares
from evalcore.texts.classify import confusion
from evalcore.words import LANGUAGES, Number, in_a_row, shared_words

REPLICATES = 1000
NEGATIVE, SIZE = "negative", "size"
POOLED = 10
"""Texts that all aspects together count for in the errors of one: few texts of each were read."""


def aspects_frame(
    corpus: Corpus, gold: pd.DataFrame, told: pd.DataFrame, reader: Reader, edition: Edition
) -> pd.DataFrame:
    """corpus, aspect, n, told, elsewhere, share, lower, upper (percent), leads: whether none is clearly more common.

    `told` is as the classifier has it; `share` is corrected by what people read in a sample of the same texts, blank
    without one; `elsewhere` is corrected by errors on other sentences, to show whether these carry over.

    Parameters
    ----------
    gold, told : DataFrame
        aspect: of other sentences, and what the classifier told of them.
    """
    names, rng = reader.labels[ASPECT], stream(edition.seed, "voice/aspects", corpus.name)
    number = counts(corpus.told, ASPECT, names)
    elsewhere = confusion(gold[ASPECT], told[ASPECT], names, names)
    other = corrected_shares(number, elsewhere, REPLICATES, rng, prior=1 / len(names)).mean(axis=0)
    frame = pd.DataFrame({"corpus": corpus.name, "aspect": names, "n": number.astype(int)})
    frame = frame.assign(told=100 * number / max(number.sum(), 1), elsewhere=100 * other)
    sample = corpus.sample
    if sample.empty:
        return frame.assign(share=np.nan, lower=np.nan, upper=np.nan, leads=False)
    rows = [*names, NONE]
    read = confusion(sample[ASPECT], corpus.told.loc[sample.index, ASPECT], rows, names)
    draws = 100 * calibrated_shares(number, read, REPLICATES, rng, 1 / len(rows))[:, : len(names)]
    low, high = interval(draws, edition.model.interval)
    return frame.assign(share=draws.mean(axis=0), lower=low, upper=high, leads=_leads(draws, edition))


def _leads(draws: np.ndarray, edition: Edition) -> np.ndarray:
    """(column,) Whether the column with the largest mean is not ahead of it, in the words of the grammar."""
    top = draws[:, [draws.mean(axis=0).argmax()]]
    return (top > draws).mean(axis=0) < edition.grammar.ahead


def sentiment_frame(corpus: Corpus, reader: Reader, edition: Edition) -> pd.DataFrame:
    """aspect, n, told, share, lower, upper, leads: percent negative of what is told to be about an aspect.

    Corrected by what people read in texts told to be about the aspect, to which all aspects add `POOLED` texts.
    Aspects with fewer texts than the smallest cell are left out.
    """
    classes, rows, drawn = reader.labels[SENTIMENT], [], []
    told, sample = corpus.told, corpus.sample
    read = told.loc[sample.index]
    everywhere = confusion(sample[SENTIMENT], read[SENTIMENT], classes, classes) + 1 / len(classes)
    for aspect in reader.labels[ASPECT]:
        own, here = told[told[ASPECT] == aspect], read[ASPECT] == aspect
        if len(own) < edition.minimum_cell or sample.empty:
            continue
        known = confusion(sample.loc[here, SENTIMENT], read.loc[here, SENTIMENT], classes, classes)
        prior = POOLED / len(classes) * everywhere / everywhere.sum(axis=0)
        rng = stream(edition.seed, "voice/sentiment", aspect)
        draws = 100 * calibrated_shares(counts(own, SENTIMENT, classes), known, REPLICATES, rng, prior)
        drawn.append(draws[:, classes.index(NEGATIVE)])
        rows.append((aspect, len(own), 100 * float((own[SENTIMENT] == NEGATIVE).mean())))
    frame = pd.DataFrame(rows, columns=["aspect", "n", "told"])
    if frame.empty:
        return frame.assign(share=[], lower=[], upper=[], leads=[])
    draws = np.stack(drawn, axis=1)
    low, high = interval(draws, edition.model.interval)
    return frame.assign(share=draws.mean(axis=0), lower=low, upper=high, leads=_leads(draws, edition))


def voice_numbers(
    shares: pd.DataFrame,
    sentiment: pd.DataFrame,
    errors: pd.DataFrame,
    contrasts: pd.DataFrame,
    corpora: Sequence[Corpus],
    edition: Edition,
) -> dict[str, Number]:
    """`voice.*`: what is written about most, what sounds worst, and how far what reads it errs."""
    found = {}
    for corpus in corpora:
        own, name = shares[shares["corpus"] == corpus.name], f"voice.{corpus.name}"
        found[f"{name}.texts"] = Number(len(corpus.texts))
        found[f"{name}.sampled"] = Number(len(corpus.drawn))
        found[f"{name}.read"] = Number(int(corpus.drawn[ASPECT].notna().sum()))
        none = corpus.sample[ASPECT].eq(NONE).mean()
        found[f"{name}.none"] = Number(None if np.isnan(none) else 100 * float(none), "percent", 0)
        found |= _first(f"{name}.first", own)
        for column in ("told", "elsewhere"):
            missed = (own[column] < own["lower"]) | (own[column] > own["upper"])
            found[f"{name}.missed.{column}"] = Number(int(missed.sum()))
    found |= _first("voice.worst", sentiment)
    found["voice.aspects"] = Number(shares["aspect"].nunique())
    right = errors.set_index(["kind", "method", "texts"])["share"]
    for key in product(KINDS, METHODS, ("gold", TEST, REVIEWS, ANSWERS)):
        share = 100 * float(right[key]) if key in right.index else None
        found[".".join(("voice.right", *key))] = Number(share, "percent", 0)
    clear = contrasts[(contrasts["lower"] > 0) | (contrasts["upper"] < 0)]
    small = clear[(clear["contrast"] == SIZE) & (clear["difference"] > 0)]
    return found | {
        "voice.contrasts.small": Number(_listed(small["aspect"]), "text"),
        "voice.contrasts": Number(len(contrasts)),
        "voice.contrasts.clear": Number(len(clear)),
        "voice.contrasts.chance": Number((1 - edition.model.interval) * len(contrasts), "plain", 0),
    }


def _first(name: str, frame: pd.DataFrame) -> dict[str, Number]:
    """What leads, by name, and the share of the first with its interval."""
    leading = frame[frame["leads"].astype(bool)].sort_values("share", ascending=False, kind="stable")
    if leading.empty:
        return {name: Number(None, "text")} | {f"{name}.{k}": Number(None) for k in ("share", "lower", "upper")}
    values = {key: Number(float(leading[key].iloc[0]), "percent", 0) for key in ("share", "lower", "upper")}
    return {name: Number(_listed(leading["aspect"]), "text")} | {f"{name}.{k}": v for k, v in values.items()}


def _listed(aspects: pd.Series) -> Text:
    """Names of aspects in a row; "nothing" where there are none."""
    said = {lang: [shared_words(lang)[f"aspect.{aspect}"] for aspect in aspects] for lang in LANGUAGES}
    return Text(**{lang: in_a_row(names, lang) or shared_words(lang)["order.no_pull"] for lang, names in said.items()})


def counts(told: pd.DataFrame, kind: str, labels: list[str]) -> np.ndarray:
    """(label,) Number of texts told to be of each."""
    return told[kind].value_counts().reindex(labels, fill_value=0).to_numpy(float)
