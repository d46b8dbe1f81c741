"""index/ingest/exports."""
