"""index/ingest/pages."""
