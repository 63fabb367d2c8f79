"""Raw text becomes a typed frame under the edition's contract."""

from evalcore.ingest.columns import apply_map
from evalcore.ingest.ingest import ingest, ingest_parts

__all__ = ["apply_map", "ingest", "ingest_parts"]
