"""A number of the report, and how both languages print it."""

from dataclasses import dataclass

import numpy as np

from evalcore.edition import Text
from evalcore.words.words import LANGUAGES, shared_words


@dataclass(frozen=True)
class Number:
    """One number of the report.

    `value` may be a name in both languages (unit "text") or None (not available). `unit` is a key
    `unit.<unit>` of the shared words, whose phrase takes the formatted value. `interval` is printed beside
    the value only where a page asks for it.
    """

    value: float | int | Text | None
    unit: str = "count"
    digits: int = 0
    interval: tuple[float, float] | None = None

    def text(self, lang: str) -> str:
        """As printed in prose."""
        words = shared_words(lang)
        if self.value is None:
            return words["not_available"]
        if isinstance(self.value, Text):
            return self.value[lang]
        return words[f"unit.{self.unit}"].format(value=format_value(self.value, self.digits))

    def as_json(self, task: str) -> dict:
        """As stored in numbers.json; `record` names the task that published it."""
        return {
            "value": self.value.model_dump() if isinstance(self.value, Text) else _plain(self.value),
            "unit": self.unit,
            "digits": self.digits,
            "interval": None if self.interval is None else [_plain(bound) for bound in self.interval],
            "text": {lang: self.text(lang) for lang in LANGUAGES},
            "record": task,
        }


def format_value(value: float, digits: int) -> str:
    """Rounded, thousands separated, with a true minus sign and no minus before zero."""
    text = f"{value:,.{digits}f}"
    return text.replace("-", "\N{MINUS SIGN}") if float(text.replace(",", "")) else text.lstrip("-")


def format_signed(value: float, digits: int) -> str:
    """As `format_value`, with a plus before what is above zero as printed."""
    text = format_value(value, digits)
    return f"+{text}" if value > 0 and text.strip("0.") else text


def digits_for(value: float, digits: int) -> int:
    """`digits`, or as many more as a value that is not zero needs so as not to print as zero."""
    if not np.isfinite(value) or value == 0 or round(abs(value), digits):
        return digits
    return int(np.ceil(-np.log10(abs(value))))


def format_range(low: float, high: float, digits: int, lang: str) -> str:
    """An interval as printed: two values with an en dash, or a word between them where one is below zero."""
    ends = [format_value(end, digits) for end in (low, high)]
    if any(end.startswith("\N{MINUS SIGN}") for end in ends):
        return shared_words(lang)["interval_span"].format(low=ends[0], high=ends[1])
    return "\N{EN DASH}".join(ends)


def format_estimate(value: float, low: float, high: float, digits: int, lang: str) -> str:
    """A value and its interval in brackets."""
    inside = format_range(low, high, digits, lang)
    return shared_words(lang)["bracketed"].format(text=format_value(value, digits), inside=inside)


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value
