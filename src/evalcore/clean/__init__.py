"""Rows that cannot be used are set aside with their reason; private columns end here."""

from evalcore.clean.clean import Cleaned, clean, waterfall

__all__ = ["Cleaned", "clean", "waterfall"]
