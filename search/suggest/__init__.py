"""What else to try or type: search/suggest."""
