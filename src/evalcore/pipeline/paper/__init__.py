"""The book on paper: the published pages as one tagged PDF per language, printed by headless Chromium."""

from evalcore.pipeline.paper.pdf import write_pdf

__all__ = ["write_pdf"]
