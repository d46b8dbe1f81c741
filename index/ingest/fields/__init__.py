"""index/ingest/fields."""
