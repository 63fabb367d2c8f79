"""What people write: corrected shares against the simulated truth, samples read in full or not, pairs and contrasts."""

import json
import re
from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
import yaml
from worlds import SEEDS

from evalcore.chapters import corpora, groups_apart, pains, together
from evalcore.chapters import reader as reading
from evalcore.clean import clean
from evalcore.edition import load_edition
from evalcore.ingest import ingest
from evalcore.simulate.reviews import draw_reviews
from evalcore.simulate.truth import draw_truth
from evalcore.streams import stream
from evalcore.tables.voice import CLEAREST, make_contrasts, make_errors
from evalcore.words import Words


@pytest.fixture(scope="module")
def materials(root):
    """Gold sentences, codes of the samples, word lists."""
    folder = root / "data" / "texts"
    lexicon = json.loads((folder / "lexicon.json").read_text("utf-8"))
    return pd.read_csv(folder / "gold.csv"), pd.read_csv(folder / "audit.csv"), lexicon


@pytest.fixture(scope="module")
def meant(root):
    """Text of an unlabelled review -> the aspect and sentiment the simulator meant first; blank for other texts."""
    text = (root / "src/evalcore/simulate/reviews/wordings.yml").read_text("utf-8")
    known = [
        (re.compile(re.escape(w).replace(r"\{n\}", r"\d+").replace(r"\{goods\}", ".{2,4}?")), aspect, sentiment)
        for aspect, own in yaml.safe_load(text)["clauses"].items()
        for sentiment, wordings in own["field"].items()
        for w in wordings
    ]

    @cache
    def look(review):
        found = [(m.start(), -len(m[0]), a, s) for pattern, a, s in known if (m := pattern.search(review))]
        return min(found)[2:] if found else (None, None)

    return lambda texts: pd.DataFrame([look(t) for t in texts], columns=list(reading.KINDS), index=texts.index)


def read_by(texts, meant):
    """Codes of somebody who understood every text as it was meant."""
    return meant(texts).assign(text=texts).drop_duplicates("text")


@pytest.fixture(scope="module", params=["drawn", "second"])
def read(request, materials, meant):
    """(Edition, reader, gold, told, corpus, truth of the corpus) of a small world, under two seeds."""
    edition, cleaned, _ = request.getfixturevalue(request.param)
    gold, _, lexicon = materials
    reader = reading.train(cleaned["reviews"], gold, lexicon)
    told = reading.told_gold(cleaned["reviews"], gold, reader, edition)
    texts = corpora.unlabelled(cleaned["reviews"])
    own = corpora.corpus(texts, corpora.REVIEWS, read_by(texts["text"], meant), reader, edition)
    return edition, reader, gold, told, own, meant(texts["text"])


def test_the_codes_of_the_samples_are_what_was_meant(materials, meant):
    """At least 95 in 100 of the reviews coded by hand; every code is of the codebook, no text is coded twice."""
    gold, codes, lexicon = materials
    own = meant(codes["text"])
    reviews = own["aspect"].notna() & codes["text"].map(len).gt(0)
    assert reviews.sum() > 1000
    assert (own[reviews] == codes.loc[reviews, list(reading.KINDS)]).mean().min() > 0.95
    assert set(codes["aspect"]) == {*lexicon["aspects"], reading.NONE}
    assert set(codes["sentiment"]) <= set(gold["sentiment"])
    assert codes["text"].is_unique


def test_corrected_shares_hold_the_simulated_truth(read):
    """Eight of ten lie in their 89 % intervals at least; shares as told, and corrected by other errors, lie further."""
    edition, reader, gold, told, own, truth = read
    found = pains.aspects_frame(own, gold, told, reader, edition).set_index("aspect")
    true = 100 * truth["aspect"].value_counts(normalize=True).reindex(found.index)
    assert ((found["lower"] <= true) & (true <= found["upper"])).sum() >= 8
    error = found[["share", "told", "elsewhere"]].sub(true, axis=0).pow(2).mean().pow(0.5)
    assert error["share"] < 0.5 * error["told"]
    assert error["share"] < 0.5 * error["elsewhere"]
    assert found["leads"].any()
    assert found.loc[found["leads"], "share"].min() > found.loc[~found["leads"], "share"].max()


def test_negative_shares_hold_the_simulated_truth(read):
    """Of what is told to be about an aspect; at least eight of ten in their 89 % intervals."""
    edition, reader, _, _, own, truth = read
    found = pains.sentiment_frame(own, reader, edition).set_index("aspect")
    true = 100 * truth["sentiment"].eq("negative").groupby(own.told["aspect"]).mean().reindex(found.index)
    assert ((found["lower"] <= true) & (true <= found["upper"])).mean() >= 0.8


def test_errors_are_measured_on_texts_never_learned_from(read):
    """The classifier beats the word lists there, and both beat one guess in ten twice over."""
    edition, reader, gold, told, own, _ = read
    errors = corpora.errors_frame(
        {"gold": (gold, told), "reviews": (own.sample, own.told.loc[own.sample.index])}, reader, edition
    )
    by = errors.set_index(["kind", "method", "texts"])["share"]
    assert by["aspect", "classifier", "gold"] == pytest.approx((told["aspect"] == gold["aspect"]).mean())
    assert by["aspect", "classifier", "gold"] > by["aspect", "lexicon", "gold"] > 0.2
    assert len(make_errors(errors, Words("zh", "voice-errors", edition)).rows) == len(errors) == 8


def test_a_sample_that_is_not_read_in_full_corrects_nothing(read, materials):
    """One text that nobody coded: shares stay blank, and the numbers say how many were read."""
    edition, reader, gold, told, own, _ = read
    part = corpora.Corpus(
        own.name,
        own.texts,
        own.told,
        own.drawn.assign(aspect=own.drawn["aspect"].mask(own.drawn.index == own.drawn.index[0])),
    )
    assert part.sample.empty
    found = pains.aspects_frame(part, gold, told, reader, edition)
    assert found["share"].isna().all()
    assert pains.sentiment_frame(part, reader, edition).empty
    apart = groups_apart.contrasts_frame(part, part, reader, edition)
    numbers = pains.voice_numbers(
        found,
        pains.sentiment_frame(part, reader, edition),
        corpora.errors_frame({}, reader, edition),
        apart,
        [part],
        edition,
    )
    assert numbers["voice.reviews.read"].value == numbers["voice.reviews.sampled"].value - 1
    assert numbers["voice.reviews.first"].value is None


def test_the_sample_is_drawn_again_as_it_was(read):
    """The same texts for the same seed, others for another; no more than there are."""
    edition, _, _, _, own, _ = read
    codes = own.drawn.drop_duplicates("text")
    again = corpora.audit(own.texts["text"], own.name, codes, edition)
    pd.testing.assert_frame_equal(again, own.drawn)
    other = corpora.audit(own.texts["text"], own.name, codes, edition.model_copy(update={"seed": 1}))
    assert not other.index.equals(again.index)
    assert len(corpora.audit(own.texts["text"].iloc[:7], own.name, codes, edition)) == 7


def test_a_survey_without_the_open_question_has_no_answers():
    """No column, no texts."""
    assert corpora.pains(pd.DataFrame({"csat": [1, 2]}))["text"].tolist() == []


def test_chance_keeps_the_sums_of_the_pairs():
    """Three aspects, by hand: pairs 6, 6, 6 are as chance has them; the sums hold for any table."""
    even = np.full((3, 3), 6.0) - np.diag([6.0] * 3)
    assert together.chance_pairs(even) == pytest.approx(even)
    upper = np.triu(np.random.default_rng(3).integers(5, 60, (6, 6)).astype(float), 1)
    table = upper + upper.T
    assert together.chance_pairs(table).sum(axis=1) == pytest.approx(table.sum(axis=1))


def test_pairs_more_frequent_than_chance_stand_out(materials):
    """Forty texts with each pair of aspects, and two hundred more with refund and rules; nothing labelled is needed."""
    gold, _, lexicon = materials
    reader = reading.train(pd.DataFrame(columns=["text", "aspect", "sentiment", "split"]), gold, lexicon)
    words = {aspect: reader.segmenter.lists[aspect][0] for aspect in reader.labels["aspect"]}
    texts = [f"{one}，{other}" for one, other in combinations(words.values(), 2) for _ in range(40)]
    texts += [f"{words['refund']}，{words['rules']}"] * 200
    found = together.network_frame(pd.Series(texts), reader)
    assert found.loc[found["clear"], ["one", "other"]].to_numpy().tolist() == [["refund", "rules"]]
    assert found["n"].sum() == len(texts)


def test_contrasts_show_the_clearest_of_each(read):
    """Four rows each at most, none of a side below the smallest cell."""
    edition, reader, _, _, own, _ = read
    found = groups_apart.contrasts_frame(own, own, reader, edition)
    assert set(found["contrast"]) <= {"goods", "size"}
    assert found[["n_one", "n_other"]].min().min() >= edition.minimum_cell
    rows = make_contrasts(found, Words("en", "voice-contrasts", edition)).rows
    assert len(rows) == found.groupby("contrast").head(CLEAREST).shape[0]
    assert groups_apart.contrasts_frame(own, own, reader, edition.model_copy(update={"minimum_cell": 10**6})).empty


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_slow_small_platforms_are_found_in_what_people_write(root, materials, meant, seed):
    """Small platforms answer 20 points worse in the simulated world: waiting stands out, with bots more than others."""
    edition = load_edition("demo-2025", root)
    edition = edition.model_copy(update={"simulation": edition.simulation.model_copy(update={"seed": seed})})
    drawn = draw_reviews(draw_truth(edition), stream(seed, "reviews"))[list(edition.sources["reviews"].columns)]
    reviews = clean(ingest(drawn, "reviews", edition), "reviews", edition).valid
    gold, _, lexicon = materials
    learned = reading.train(reviews, gold, lexicon)
    texts = corpora.unlabelled(reviews)
    own = corpora.corpus(texts, corpora.REVIEWS, read_by(texts["text"], meant), learned, edition)
    found = groups_apart.contrasts_frame(own, own, learned, edition)
    size = found[found["contrast"] == "size"].set_index("aspect")
    assert size.loc["speed", "lower"] > 0
    assert size.loc[["speed", "bot"], "difference"].mean() > 2 * size["difference"].drop(["speed", "bot"]).mean()
    shares = pains.aspects_frame(own, gold, reading.told_gold(reviews, gold, learned, edition), learned, edition)
    held = shares.set_index("aspect")
    true = 100 * meant(texts["text"])["aspect"].value_counts(normalize=True).reindex(held.index)
    assert ((held["lower"] <= true) & (true <= held["upper"])).sum() >= 8
