"""JSON-LD: what a page says about itself to search engines.

Newsrooms write it by templates, with typical faults: line breaks inside texts, a spare comma, HTML
entities, comments around it. These are mended; a script with other faults is skipped.

>>> nodes = read_nodes(['{"@graph": [{"@type": "NewsArticle", "headline": "Harga turun",}]}'])
>>> find_node(nodes, ARTICLE_TYPES)["headline"]
'Harga turun'
"""

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator

Node = dict[str, object]
"""One object of JSON-LD."""

ARTICLE_TYPES = frozenset(
    {
        *("NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle"),
        *("OpinionNewsArticle", "BackgroundNewsArticle", "ReviewNewsArticle", "BlogPosting"),
    }
)
"""The types of schema.org that news articles have."""
LISTING_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage", "ImageGallery"})
"""The types of pages that list articles and are none."""

_NODES_MOST = 5_000
"""Most nodes that are read; a page of news has a few dozen."""
_WRAPPING = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>)\s*;?\s*$")
_SPARE_COMMA = re.compile(r",(?=\s{0,99}[}\]])")


def read_nodes(texts: Iterable[str]) -> list[Node]:
    """Return all objects of the scripts, also those in lists and graphs, outer ones first."""
    nodes: list[Node] = []
    for text in texts:
        nodes += _walk(_load(text), _NODES_MOST - len(nodes))
    return nodes


def find_node(nodes: Iterable[Node], types: frozenset[str]) -> Node:
    """Return the first node of one of the types, {} without one."""
    return next((node for node in nodes if types & read_types(node)), {})


def read_types(node: Node) -> frozenset[str]:
    """Return the types of a node, without the URL of their vocabulary."""
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return frozenset(re.split("[/:#]", name)[-1] for name in names if isinstance(name, str))


def read_texts(value: object) -> list[str]:
    """Return the texts of a value: itself, its name or URL, or those of each value in a list."""
    values = value if isinstance(value, list) else [value]
    texts = (_text_of(each) for each in values)
    return [text for text in texts if text.strip()]


def _text_of(value: object) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "@id", "url") if key in value), "")
    # Templates escape texts for HTML, but in a script nothing decodes entities.
    return html.unescape(value) if isinstance(value, str) else ""


def _load(text: str) -> object:
    bare = _WRAPPING.sub("", text).strip().rstrip(";")
    for attempt in (bare, _SPARE_COMMA.sub("", bare)):
        try:
            # Integers stay text: one with a million digits takes minutes to become a number.
            return json.loads(attempt, strict=False, parse_int=str, parse_float=str)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(root: object, most: int) -> Iterator[Node]:
    queue = deque([root])
    while queue and most > 0:
        value = queue.popleft()
        if isinstance(value, dict):
            most -= 1
            yield value
            queue += [inner for inner in value.values() if isinstance(inner, dict | list)]
        elif isinstance(value, list):
            queue += value[:_NODES_MOST]
