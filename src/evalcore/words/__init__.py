"""Captions, axes, alternative texts and generated phrases in both languages."""

from evalcore.words.number import Number, format_range, format_value
from evalcore.words.words import LANGUAGES, Words, exhibit_words, shared_words

__all__ = ["LANGUAGES", "Number", "Words", "exhibit_words", "format_range", "format_value", "shared_words"]
