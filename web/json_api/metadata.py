"""Metadata of an article for search engines and other sites: JSON-LD by schema.org.

Property names are those of https://schema.org/NewsArticle.
"""

from typing import Any

from markupsafe import Markup

from web.json_api.encoding import to_json
from web.views import ArticlePage

_AS_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Signs that could end a script in HTML, as escapes of JSON."""


def encode_metadata(page: ArticlePage) -> dict[str, Any]:
    """Return what schema.org calls a NewsArticle; what is unknown is left out."""
    values = {
        "headline": page.title.text,
        "datePublished": page.date,
        "author": [{"@type": "Person", "name": author.label} for author in page.authors],
        "publisher": {"@type": "Organization", "name": page.source} if page.source else None,
        "articleSection": page.category,
        "keywords": [tag.label for tag in page.tags],
        "contentLocation": page.place,
        "description": page.description,
        "inLanguage": "id",
        "url": page.canonical_url,
        "isBasedOn": page.url,
    }
    known = {name: value for name, value in values.items() if value}
    return {"@context": "https://schema.org", "@type": "NewsArticle", **known}


def to_script(value: Any) -> Markup:
    r"""Return a value as JSON that may stand inside a script element of HTML.

    >>> to_script({"headline": "</script>"})
    Markup('{"headline":"\\u003c/script\\u003e"}')
    """
    return Markup(to_json(value).decode().translate(_AS_ESCAPES))  # noqa: S704 - escaped above
