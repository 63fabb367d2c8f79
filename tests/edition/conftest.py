"""An edition file that is refused, and what it is told."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from evalcore.edition import load_edition
from evalcore.errors import EvalcoreError

Refusal = Callable[[dict], str]


@pytest.fixture
def refusal(tmp_path: Path) -> Refusal:
    """Content of an edition file -> the message that refuses it."""

    def message(content: dict) -> str:
        (tmp_path / "editions").mkdir(exist_ok=True)
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (tmp_path / "editions" / "tiny.yml").write_text(text, encoding="utf-8")
        with pytest.raises(EvalcoreError) as caught:
            load_edition("tiny", tmp_path)
        return str(caught.value)

    return message
