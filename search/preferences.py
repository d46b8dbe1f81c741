"""What a site prefers: names that it adds, and how much it favours recent articles."""

from dataclasses import dataclass, field

from search.query.synonyms import Synonyms, load_synonyms


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


NO_PREFERENCES = Preferences()


def load_preferences(synonyms_path: str = "", recency_percent: int = 0) -> Preferences:
    """Return the preferences of a site: Kliping's own names, and those of its file.

    Raises:
        SynonymsError: for a file of synonyms that cannot be used.
    """
    return Preferences(synonyms=load_synonyms(synonyms_path), recency=recency_percent / 100)
