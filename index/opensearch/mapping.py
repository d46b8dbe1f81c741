"""The mapping of an index in OpenSearch: which fields it has, made of the schema's tables.

OpenSearch receives our tokens, a line of them at a time, and splits them at white space. Lines are
`LINE_GAP` positions apart, as in `index.analysis`, so that phrases match as they do on disk.

>>> mapping = make_mapping({})
>>> mapping["properties"]["body"]
{'type': 'text', 'analyzer': 'kliping_tokens', 'position_increment_gap': 99}
>>> mapping["properties"]["body_stem"]["index_options"], mapping["dynamic"]
('freqs', 'strict')
>>> find_difference(mapping)
''
"""

from collections.abc import Mapping
from typing import Any

from index.analysis.kernels.tokens import LINE_GAP
from index.opensearch.options import ClusterOptions
from index.schema import FACET_FIELDS, FIELDS, FieldKind

ANALYZER = "kliping_tokens"
SIMILARITY_K1, SIMILARITY_B = 1.2, 0.75
"""Of BM25, as in `search.ranking`; OpenSearch 3 scores without the factor k1 + 1."""
HITS_MOST = 100_000
"""Hits that can be paged through: the last page of the largest size (`search.request`)."""
META_KEY = "kliping"
"""Where the manifest of a generation is in the mapping's own notes."""

_KEYWORD: dict[str, Any] = {"type": "keyword"}
BY_KIND: Mapping[FieldKind, dict[str, Any]] = {
    # Positions continue after the last one of a line, so the gap is one less than ours.
    "words": {"type": "text", "analyzer": ANALYZER, "position_increment_gap": LINE_GAP - 1},
    "stems": {"type": "text", "analyzer": ANALYZER, "index_options": "freqs"},
    "key": _KEYWORD,
    "day": {"type": "integer"},
    # Neither searched nor sorted: it is read from the source.
    "stored": {"type": "keyword", "index": False, "doc_values": False},
}
"""How each kind of field is mapped."""

FACETS = "facets"
"""The object that has a keyword for each facet, so that no facet has the name of a field."""

ROLE_FIELDS: Mapping[str, dict[str, Any]] = {
    "is_copy": {"type": "boolean"},
    "copy_count": {"type": "integer"},
    "representative": _KEYWORD,
    "former_ids": {"type": "long"},
    "sample": {"type": "long"},
}
"""The part of a document in its group of near duplicates, the hashes of the ids that lead to it,
and the hash of its own id, by which a fair sample of the archive is drawn."""

SOURCE_FIELDS = ("document", "id")
"""What is given back of a document: the rest is only searched."""


def make_mapping(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the mapping of an index, with the manifest of its generation."""
    facet = {**_KEYWORD, "eager_global_ordinals": True}
    facets = {"properties": {row.name: facet for row in FACET_FIELDS}}
    return {
        "dynamic": "strict",
        "_meta": {META_KEY: dict(manifest)},
        "_source": {"includes": list(SOURCE_FIELDS)},
        "properties": {
            **{row.name: BY_KIND[row.kind] for row in FIELDS},
            FACETS: facets,
            **ROLE_FIELDS,
        },
    }


def make_settings(options: ClusterOptions) -> dict[str, Any]:
    """Return the settings of an index: it is refreshed by hand, and seen only through the alias."""
    return {
        "number_of_shards": options.shards,
        "number_of_replicas": options.replicas,
        "refresh_interval": "-1",
        "max_result_window": HITS_MOST,
        "similarity": {"default": {"type": "BM25", "k1": SIMILARITY_K1, "b": SIMILARITY_B}},
        "analysis": {"analyzer": {ANALYZER: {"type": "custom", "tokenizer": "whitespace"}}},
    }


def find_difference(found: Mapping[str, Any]) -> str:
    """Return how a mapping that a cluster has differs from ours; "" if it does not.

    OpenSearch leaves out what is its default, so only what is there is compared.
    """
    expected = make_mapping({})
    if found.get("dynamic") != expected["dynamic"]:
        return "fields are added to it as they come"
    return _differing(expected["properties"], found.get("properties", {}))


def _differing(expected: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    unknown = found.keys() - expected.keys()
    if unknown:
        return f"it has a field {min(unknown)} that Kliping does not know"
    for name, wanted in expected.items():
        if name not in found:
            return f"it lacks the field {name}"
        if "properties" in wanted:
            inner = _differing(wanted["properties"], found[name].get("properties", {}))
            if inner:
                return inner
        elif any(found[name].get(key, value) != value for key, value in wanted.items()):
            return f"its field {name} is another one"
    return ""
