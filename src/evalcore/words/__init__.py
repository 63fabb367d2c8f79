"""Captions, axes, alternative texts and generated phrases in both languages."""

from evalcore.words.number import Number, digits_for, format_estimate, format_range, format_signed, format_value
from evalcore.words.words import LANGUAGES, Words, exhibit_words, in_a_row, published_words, shared_words

__all__ = [
    "LANGUAGES",
    "Number",
    "Words",
    "digits_for",
    "exhibit_words",
    "format_estimate",
    "format_range",
    "format_signed",
    "format_value",
    "in_a_row",
    "published_words",
    "shared_words",
]
