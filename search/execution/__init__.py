"""A query over a snapshot: search/execution."""
