"""One of the two editions that are compared: what its finished build shows, read and not judged."""

import json
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path

import pandas as pd
import pyarrow.dataset

from evalcore.audit.lock import Lock
from evalcore.edition import Edition
from evalcore.pipeline.book.pages import render_pages
from evalcore.pipeline.book.places import Places
from evalcore.pipeline.gate.verdicts import refuse_withheld
from evalcore.pipeline.numbers import published_numbers
from evalcore.pipeline.plan import PlannedTask, make_plan
from evalcore.pipeline.present import published_lock
from evalcore.pipeline.status import require_finished
from evalcore.words import LANGUAGES

AGGREGATES = ("score", "index")
"""Folders of the build whose tables may be published: they hold no row of a person."""


@dataclass(frozen=True)
class Side:
    """A finished build of an edition."""

    edition: Edition
    root: Path
    plan: list[PlannedTask]

    @property
    def build(self) -> Path:
        """Everything generated for the edition."""
        return self.root / "build" / self.edition.name

    @cached_property
    def lock(self) -> Lock:
        """Hashes of raw files, exhibits and numbers."""
        return published_lock(self.edition, self.plan, self.root)

    @cached_property
    def numbers(self) -> dict[str, dict]:
        """Id -> number, as published."""
        return published_numbers(self.plan, self.build)

    @cached_property
    def pages(self) -> dict[str, dict[str, str]]:
        """Page -> its text in each language, before numbers are put in."""
        found: dict[str, dict[str, str]] = {}
        for lang in LANGUAGES:
            for page in render_pages(self.edition, Places(self.root, self.edition.name, lang)):
                found.setdefault(page.name, {})[lang] = unescape(page.text)  # pages keep values inert as entities
        return found

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Path below the build -> table of aggregates."""
        names = sorted(
            {n for t in self.plan for n in t.products if n.startswith(AGGREGATES) and n.endswith(".parquet")}
        )
        return {name.removesuffix(".parquet"): pd.read_parquet(self.build / name) for name in names}

    @cached_property
    def exhibits(self) -> frozenset[str]:
        """Ids of figures and tables with data; a chapter's stand-in is none."""
        return frozenset(name.split("/")[0] for name in self.lock.sections["exhibits"])

    def data(self, exhibit: str) -> pd.DataFrame:
        """What an exhibit shows, as published."""
        path = self.build / "exhibits" / exhibit / "data.csv"
        return pd.read_csv(path) if path.is_file() and path.read_bytes().strip() else pd.DataFrame()

    def picture(self, exhibit: str, lang: str) -> bytes | dict | None:
        """A figure's SVG or a table's cells in one language; None where it has neither."""
        folder = self.build / "exhibits" / exhibit
        if (folder / f"{lang}.svg").is_file():
            return (folder / f"{lang}.svg").read_bytes()
        table = folder / f"{lang}.json"
        return json.loads(table.read_text("utf-8")) if table.is_file() else None

    def caption(self, exhibit: str, lang: str) -> str:
        """What stands under an exhibit."""
        record = json.loads((self.build / "exhibits" / exhibit / "record.json").read_text("utf-8"))
        return record.get("caption", {}).get(lang, "")

    @cached_property
    def sources(self) -> dict[str, dict]:
        """Source -> file, SHA-256 as accepted, raw and valid rows (None where nothing was counted), columns read."""
        path = self.build / "clean" / "waterfall.parquet"
        left = pd.read_parquet(path).groupby("source")["left"].agg(["first", "last"]) if path.is_file() else None
        return {name: self._source(name, left) for name in self.edition.sources}

    def _source(self, name: str, left: pd.DataFrame | None) -> dict:
        read = self.build / "ingest" / f"{name}.parquet"
        counted = left is not None and name in left.index
        rows = [int(value) for value in left.loc[name]] if counted else [None, None]
        return {
            "file": self.edition.sources[name].file,
            "sha256": self.lock.sections["raw"][name],
            "rows": rows[0],
            "valid": rows[1],
            "columns": pyarrow.dataset.dataset(read).schema.names if read.exists() else [],
        }


def read_side(edition: Edition, root: Path) -> Side:
    """A finished build; a missing, half-built or failed one is refused.

    Raises
    ------
    EvalcoreError
        The edition was never built, something of it is stale, or a fit failed and its results are withheld.
    """
    require_finished(edition, root)
    refuse_withheld(edition.name, root)
    return Side(edition, root.resolve(), make_plan(edition, root))
