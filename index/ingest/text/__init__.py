"""index/ingest/text."""
