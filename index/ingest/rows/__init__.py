"""index/ingest/rows."""
