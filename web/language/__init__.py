"""The language of the page: every text a reader sees, in Indonesian and English.

Messages, the help page, and the shape of numbers, dates and times. Templates and view models name
a message by its key, so no other package holds Indonesian text. What articles say is never
translated.

>>> message("id", "filters_count", count=2), message("en", "filters_count", count=2)
('Saring (2)', 'Filter (2)')
>>> formatting.number("id", 1234), LANGUAGES
('1.234', ('id', 'en'))
"""

from web.language import formatting
from web.language.help_sections import HelpSection, help_sections
from web.language.messages import EXAMPLE_QUERIES, LANGUAGES, message

__all__ = [
    "EXAMPLE_QUERIES",
    "LANGUAGES",
    "HelpSection",
    "formatting",
    "help_sections",
    "message",
]
