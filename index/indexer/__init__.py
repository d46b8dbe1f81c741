"""The job, from paths to a published generation: index/indexer."""
