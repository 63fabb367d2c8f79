"""Figures: data and words in, matplotlib figures out; nothing is computed here."""
