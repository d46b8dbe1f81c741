"""What is marked and shown of a text: search/highlight."""
