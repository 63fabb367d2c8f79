"""Chapter 9, problem texts on two axes: who has to put it right, and what it is about."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from evalcore.chapters.service import normal_interval
from evalcore.edition import Edition
from evalcore.score.rank import interval
from evalcore.streams import stream
from evalcore.survey.prevalence import corrected_shares
from evalcore.words import Number

AXES = {
    "responsibility": ("platform", "merchant", "logistics"),
    "nature": ("service", "experience", "goods"),
}
NONE, FIELD, NEGATIVE = "none", "field", "negative"
LOW_STARS = 2
"""Reviews with at most so many stars are taken as telling of a problem."""
REPLICATES = 2000
METHODS = ("keywords", "learned")
Keywords = Mapping[str, Mapping[str, Sequence[str]]]


def low_reviews(reviews: pd.DataFrame) -> pd.DataFrame:
    """Reviews of at most two stars."""
    return reviews[reviews["stars"] <= LOW_STARS]


def told_by_keywords(texts: pd.Series, axis: str, keywords: Keywords) -> pd.Series:
    """The class whose keyword comes first in a text, as texts are labelled by what they name first; else the first."""

    def place(text: str, words: Sequence[str]) -> int:
        return min((at for at in map(text.find, words) if at >= 0), default=len(text))

    classes = AXES[axis]
    return texts.map(lambda text: min(classes, key=lambda c: place(text, keywords[axis][c])))


def told_by_learning(texts: pd.Series, axis: str, labels: pd.DataFrame) -> pd.Series:
    """A linear support vector machine on single characters and pairs, so that no segmentation decides.

    Classes count the same, however many texts of each there are to learn from.
    """
    train = labels[(labels["set"] == "train") & (labels[axis] != NONE)]
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    classifier = make_pipeline(vectors, LinearSVC(class_weight="balanced", random_state=0)).fit(
        train["text"], train[axis]
    )
    return pd.Series(classifier.predict(texts), index=texts.index)


def told(texts: pd.Series, axis: str, method: str, labels: pd.DataFrame, keywords: Keywords) -> pd.Series:
    """The class of each text by one of the methods."""
    if method == "keywords":
        return told_by_keywords(texts, axis, keywords)
    return told_by_learning(texts, axis, labels)


def confusion_frame(labels: pd.DataFrame, keywords: Keywords) -> pd.DataFrame:
    """axis, method, truth, statements, first, second, third, right (percent).

    `first` to `third`: statements told to be of that class of `AXES[axis]`. Test texts only; a statement counts once,
    shared among its texts. Rows of truth `none` name no problem.
    """
    test, rows = labels[labels["set"] == "test"], []
    for axis, classes in AXES.items():
        for method in METHODS:
            found = told(test["text"], axis, method, labels, keywords)
            weight = 1 / test.groupby("statement")["text"].transform("size")
            for truth in (*classes, NONE):
                own = test[axis] == truth
                counts = [float(weight[own & (found == c)].sum()) for c in classes]
                number = float(weight[own].sum())
                right = 100 * counts[classes.index(truth)] / number if truth != NONE and number else np.nan
                rows.append((axis, method, truth, number, *counts, right))
    return pd.DataFrame(rows, columns=["axis", "method", "truth", "statements", "first", "second", "third", "right"])


def accuracy_frame(confusion: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """axis, method, statements, accuracy, lower, upper (percent): statements that name a problem, told rightly."""
    rows = []
    for (axis, method), own in confusion[confusion["truth"] != NONE].groupby(["axis", "method"], sort=False):
        table = own[["first", "second", "third"]].to_numpy()
        number, share = table.sum(), np.trace(table) / table.sum()
        bounds = normal_interval(share, np.sqrt(share * (1 - share) / number), edition)
        rows.append((axis, method, number, 100 * share, *(100 * np.clip(b, 0, 1) for b in bounds)))
    return pd.DataFrame(rows, columns=["axis", "method", "statements", "accuracy", "lower", "upper"])


def prevalence_frame(
    reviews: pd.DataFrame, labels: pd.DataFrame, confusion: pd.DataFrame, edition: Edition
) -> pd.DataFrame:
    """axis, class, told, share, lower, upper: percent of problems in unlabelled low reviews, as told and corrected.

    What share of low reviews names no problem is taken from those that the source's readers labelled.
    """
    low = low_reviews(reviews)
    field, read = low[low["split"] == FIELD], low[low["split"] != FIELD]
    idle = (int((read["sentiment"] != NEGATIVE).sum()), len(read))
    rows = []
    for axis, classes in AXES.items():
        counts = told_by_learning(field["text"], axis, labels).value_counts().reindex(classes, fill_value=0)
        own = confusion[(confusion["axis"] == axis) & (confusion["method"] == "learned")].set_index("truth")
        table = own[["first", "second", "third"]]
        drawn = corrected_shares(
            counts.to_numpy(float), table.loc[list(classes)].to_numpy(), REPLICATES,
            stream(edition.seed, "process/prevalence", axis), table.loc[NONE].to_numpy(), idle,
        )  # fmt: skip
        low_, high = interval(drawn, edition.model.interval)
        share = counts / max(counts.sum(), 1)
        rows += [
            (axis, c, 100 * share[c], 100 * drawn[:, k].mean(), 100 * low_[k], 100 * high[k])
            for k, c in enumerate(classes)
        ]
    return pd.DataFrame(rows, columns=["axis", "class", "told", "share", "lower", "upper"])


def causes_frame(reviews: pd.DataFrame, labels: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """responsibility, nature, n, share, cumulated: both axes together as told, the most common first (Pareto).

    Not corrected: the nine cells have too few labelled statements each. Cells below the smallest cell are left out.
    """
    field = low_reviews(reviews)
    field = field[field["split"] == FIELD]
    both = pd.DataFrame({axis: told_by_learning(field["text"], axis, labels) for axis in AXES})
    found = both.groupby(list(AXES)).size().rename("n").reset_index().sort_values(["n", *AXES], ascending=False)
    share = 100 * found["n"] / max(found["n"].sum(), 1)
    found = found.assign(share=share, cumulated=share.cumsum())
    return found[found["n"] >= edition.minimum_cell].reset_index(drop=True)


def shares_frame(causes: pd.DataFrame, prevalence: pd.DataFrame) -> pd.DataFrame:
    """Kind (cause, class), first, second, told, cumulated, share, lower, upper: what one figure shows of both."""
    named = causes.rename(columns={"responsibility": "first", "nature": "second", "share": "told"}).drop(columns="n")
    classes = prevalence.rename(columns={"axis": "first", "class": "second"})
    return pd.concat([named.assign(kind="cause"), classes.assign(kind="class")], ignore_index=True)


def problem_numbers(
    accuracy: pd.DataFrame, prevalence: pd.DataFrame, causes: pd.DataFrame, labels: pd.DataFrame, reviews: pd.DataFrame
) -> dict[str, Number]:
    """`process.accuracy.<axis>.<method>`, `process.share.<class>` with bounds, and what was labelled and read."""
    found = {
        f"process.accuracy.{r.axis}.{r.method}": Number(r.accuracy, "percent", 0, (r.lower, r.upper))
        for r in accuracy.itertuples()
    }
    for r in prevalence.itertuples():
        name = f"process.share.{r._2}"
        bounds = {"lower": r.lower, "upper": r.upper, "told": r.told}
        found[name] = Number(r.share, "percent", 0)
        found |= {f"{name}.{key}": Number(value, "percent", 0) for key, value in bounds.items()}
    low = low_reviews(reviews)
    named = labels[labels["responsibility"] != NONE]
    test = named[named["set"] == "test"]
    first = causes.head(3)["share"].sum() if len(causes) else None
    return found | {
        "process.labelled": Number(int((named["set"] == "train").sum())),
        "process.tested": Number(len(test)),
        "process.statements": Number(int(test["statement"].nunique())),
        "process.texts": Number(int((low["split"] == FIELD).sum())),
        "process.causes.first": Number(None if first is None else float(first), "percent", 1),
    }
