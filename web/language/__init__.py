"""The language of the page: every text a reader sees, in Indonesian and English.

Messages, the help page, the table of errors, and the shape of numbers, dates and times. The
sentences are in TOML files beside the modules that read them, `id` and `en` side by side. Templates
and view models name a message by its key, so no other package holds Indonesian text. What articles
say is never translated.

Words: a *wording* is one text in both languages; a *problem* is one row of the table of errors.

>>> message("id", "filters_count", count=2), message("en", "filters_count", count=2)
('Saring (2)', 'Filter (2)')
>>> format_number("id", 1234)
'1.234'
"""

from web.language.formatting import (
    format_articles,
    format_day,
    format_day_of_year,
    format_iso_day,
    format_listing,
    format_month,
    format_month_name,
    format_month_short,
    format_number,
    format_share,
    format_span,
)
from web.language.help_sections import HelpSection, make_help_sections
from web.language.help_sections import load_sections as _load_sections
from web.language.messages import EXAMPLE_QUERIES, message
from web.language.messages import load_messages as _load_messages
from web.language.problems import Problem, load_problems, problem_of, problem_with_status


def load_texts() -> None:
    """Load every file of texts: a damaged one stops the start, and no first reader waits."""
    _load_messages()
    load_problems()
    _load_sections()
