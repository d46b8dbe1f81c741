"""Crawlers: those that say who they are, and the answers without facets that a site may give them.

Facets combine without end, and a crawler that follows them asks for every combination. `robots.txt`
and `rel="nofollow"` keep away those that obey; the setting `bot_facets` takes the links themselves
out of what the others see.

>>> is_bot("Mozilla/5.0 (compatible; Googlebot/2.1)"), is_bot("Lynx/2.8")
(True, False)
"""

import re

_BOT = re.compile(
    r"bot\b|crawl|spider|slurp|archiver|facebookexternalhit|mediapartners", re.IGNORECASE
)
"""What crawlers call themselves in their User-Agent."""


def is_bot(user_agent: str) -> bool:
    """Return whether a User-Agent says that it is a crawler's."""
    return bool(_BOT.search(user_agent))
