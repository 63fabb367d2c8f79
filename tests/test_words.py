"""Words: both languages say the same things about the same exhibits."""

import re
import string
from pathlib import Path

import pandas as pd
import pytest
import yaml

from evalcore.edition.load import read_yaml
from evalcore.errors import EvalcoreError
from evalcore.provenance.declarations import read_declaration
from evalcore.words import LANGUAGES, Words, exhibit_words, published_words, shared_words

ROOT = Path(__file__).parents[1]
WORDS = {lang: read_yaml(ROOT / "src" / "evalcore" / "words" / f"{lang}.yml") for lang in LANGUAGES}
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
HANZI = re.compile("[\u4e00-\u9fff]")
DECLARED = sorted({exhibit for path in NOTEBOOKS for exhibit in read_declaration(path).exhibits})


def flat(words, prefix=""):
    """Dotted key -> phrase."""
    found = {}
    for key, value in words.items():
        found |= flat(value, f"{prefix}{key}/") if isinstance(value, dict) else {prefix + key: value}
    return found


def placeholders(phrase):
    """Names in braces that somebody fills in; what entities are called is always at hand."""
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name is not None} - {"one", "many"}


def test_both_languages_have_the_same_keys():
    """What can be said in one language can be said in the other."""
    assert flat(WORDS["en"]).keys() == flat(WORDS["zh"]).keys()


def test_both_languages_fill_in_the_same_places():
    """A phrase takes the same values in both languages."""
    english, chinese = flat(WORDS["en"]), flat(WORDS["zh"])
    differing = {key for key in english if placeholders(english[key]) != placeholders(chinese[key])}
    assert differing == set()


def test_every_phrase_is_a_text():
    """YAML makes `no`, `on` and bare numbers something else than words."""
    phrases = [(lang, key, phrase) for lang in LANGUAGES for key, phrase in flat(WORDS[lang]).items()]
    assert [phrase for phrase in phrases if not isinstance(phrase[2], str)] == []


def test_chinese_is_chinese():
    """A longer phrase in zh.yml holds Chinese characters, one in en.yml holds none."""
    assert {key for key, phrase in flat(WORDS["en"]).items() if HANZI.search(phrase)} == set()
    longer = {key: phrase for key, phrase in flat(WORDS["zh"]).items() if len(re.sub("{.*?}", "", phrase)) > 12}
    assert {key for key, phrase in longer.items() if not HANZI.search(phrase)} == set()


@pytest.mark.parametrize("exhibit", DECLARED)
def test_exhibit_has_caption_and_alternative_text(exhibit):
    """In both languages; captions end with a full stop, as sentences do."""
    for lang, stop in (("en", "."), ("zh", "。")):
        words = exhibit_words(exhibit, lang)
        assert words["alt"]
        assert words["caption"].endswith(stop)


def test_no_words_for_exhibits_that_nobody_publishes():
    """Words of an exhibit that was dropped go with it."""
    assert set(WORDS["en"]["exhibits"]) == set(DECLARED)


def test_book_has_its_fixed_words_in_both_languages():
    """The banner, cards and parts of the contents as well."""
    words = yaml.safe_load((ROOT / "book/_ext/evalcore_book/words.yml").read_text("utf-8"))
    english, chinese = ({key: placeholders(phrase) for key, phrase in flat(words[lang]).items()} for lang in LANGUAGES)
    assert english == chinese


def test_shared_words_are_those_of_the_file():
    """Reading goes through one function."""
    assert shared_words("zh") == WORDS["zh"]["shared"]


@pytest.mark.parametrize("kind", ["metric", "scope", "unit"])
def test_every_published_figure_has_a_chinese_name(kind):
    """Metrics, scopes and units of the listed file, no more and no less; names and signs stay as they are."""
    figures = pd.read_csv(ROOT / "data" / "raw" / "demo-2025" / "published_figures.csv", dtype=str)
    known = published_words()[kind]
    assert set(known) == set(figures[kind].dropna())
    plain = [chinese for chinese in known.values() if not HANZI.search(chinese)]
    assert all(re.fullmatch(r"[A-Z%ακ][A-Z]*", chinese) for chinese in plain), plain


def test_figure_without_a_chinese_name_is_refused(mini_edition):
    """The message names the file to mend; English needs no file."""
    with pytest.raises(EvalcoreError, match=r"words/published\.yml: no Chinese for the metric 'luck'"):
        Words("zh", "reference-open", mini_edition).published("metric", "luck")
    assert Words("en", "reference-open", mini_edition).published("metric", "luck") == "luck"
