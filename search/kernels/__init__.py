"""Compiled loops over postings and matches: search/kernels."""
