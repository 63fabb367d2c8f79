"""Hierarchical models: satisfaction, rates, experts; what they say of indicators."""
