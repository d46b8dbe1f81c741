"""What was typed, and the query tree: search/query."""
