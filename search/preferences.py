"""Search preferences of a site: its own synonyms, and how much recent articles gain."""

import datetime as dt
from dataclasses import dataclass, field, replace

from search.query import (
    NO_SYNONYMS,
    ParsedQuery,
    Synonyms,
    add_spellings,
    load_synonyms,
    parse_query,
)
from search.request import SearchRequest

WIB = dt.timezone(dt.timedelta(hours=7), "WIB")
"""The time of Jakarta, by which a reader says kemarin."""


def today_in_jakarta() -> dt.date:
    """Return the day from which kemarin is counted."""
    return dt.datetime.now(WIB).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How a site searches.

    Attributes:
        synonyms: other names of what is asked for.
        recency: what the newest articles gain, as a share of their score; see
        `search.relevance.recency`.
    """

    synonyms: Synonyms = field(default_factory=dict)
    recency: float = 0.0

    def parse(self, request: SearchRequest) -> ParsedQuery:
        """Return the query of a request, with other names and other spellings of what was typed.

        A request may leave out the names, which the site chooses.
        """
        table = self.synonyms if request.synonyms else NO_SYNONYMS
        parsed = parse_query(
            request.query_text,
            any_word=request.any_word,
            synonyms=table,
            today=today_in_jakarta(),
        )
        return replace(parsed, query=add_spellings(parsed.query))


NO_PREFERENCES = Preferences()


def load_preferences(synonyms_path: str = "", recency_percent: int = 0) -> Preferences:
    """Return the preferences of a site: Kliping's own names, and those of its file.

    Raises:
        SynonymsError: for a file of synonyms that cannot be used.
    """
    return Preferences(synonyms=load_synonyms(synonyms_path), recency=recency_percent / 100)
