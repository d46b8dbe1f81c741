"""Relaxed queries and second-phase ranking: search/relevance."""
