"""Facet ordinals, filters and counts: search/faceting."""
