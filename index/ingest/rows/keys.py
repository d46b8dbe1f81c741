"""Keys: the names by which Kliping knows the values of a row.

>>> list(KEYS)[:4]
['id', 'title', 'body', 'date']
"""

KEYS = {
    "id": "an id of your own; else one is made of the url, else of outlet, day, headline and text",
    "title": "the headline; required",
    "body": "the article's text, paragraphs on lines of their own; required",
    "date": "the day it appeared: 2024-08-28, 28/8/2024, 28 Agustus 2024, with or without a clock",
    "author": "people: a list, or a text with commas between them; also authors",
    "editor": "the same for editors; also editors",
    "tags": "tags: a list, or a text with commas between them",
    "category": "the section",
    "source": "the outlet",
    "url": "the article's address",
}
"""The keys that a row may have; others are kept as extras."""

Row = dict[str, object]
"""The values of a row by key, of any type."""
