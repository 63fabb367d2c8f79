"""Names from editions and data, written into pages so that nothing in them can become markup."""

import re
from collections.abc import Callable
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from evalcore.errors import EvalcoreError

# Underscores inside a word stay: they are harmless there, and ids of numbers and exhibits may carry them.
SPECIAL = re.compile(r"""[<>&"'`*#$~^|@!=+:\\(){}\[\]]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])""")


def inert(text: str) -> str:
    """Return text with line breaks as spaces and every Markdown or HTML sign as a character reference.

    A reference shows the sign but never starts markup, neither in Markdown nor in raw HTML.
    """
    return SPECIAL.sub(lambda sign: f"&#{ord(sign[0])};", " ".join(text.split()))


def finalizer(lang: str) -> Callable[[Any], Any]:
    """Return what Jinja calls on every value before it is written into a page."""

    def finalize(value: Any) -> Any:
        if isinstance(value, Undefined | Markup):
            return value
        if value is None:
            raise EvalcoreError("a value on the page is empty (None)")
        if hasattr(value, "en") and hasattr(value, "zh"):
            value = getattr(value, lang)
        return inert(value) if isinstance(value, str) else value

    return finalize
