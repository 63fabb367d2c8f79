"""Rows that cannot be used are set aside with their reason; private columns end here."""

from evalcore.clean.clean import Cleaned, added, clean, clean_parts, waterfall

__all__ = ["Cleaned", "added", "clean", "clean_parts", "waterfall"]
