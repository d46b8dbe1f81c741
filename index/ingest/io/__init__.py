"""index/ingest/io."""
