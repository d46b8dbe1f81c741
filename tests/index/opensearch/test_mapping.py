"""The mapping: every field of the schema is in it, and a change by hand is noticed."""

import copy
from typing import Any

import pytest

from index.opensearch import ClusterOptions, find_difference, make_mapping, make_settings
from index.opensearch.mapping import SIMILARITY_B, SIMILARITY_K1
from index.schema import FACET_FIELDS, FIELDS
from search import ranking


def test_every_field_and_facet_is_mapped() -> None:
    """A row of the schema's tables is enough."""
    properties = make_mapping({})["properties"]
    assert {row.name for row in FIELDS} <= properties.keys()
    assert properties["facets"]["properties"].keys() == {row.name for row in FACET_FIELDS}


def test_score_has_the_numbers_of_the_ranking() -> None:
    """Both engines rank by the same BM25."""
    assert (SIMILARITY_K1, SIMILARITY_B) == (ranking.K1, ranking.B)


def test_index_has_the_shards_that_are_set() -> None:
    """And the replicas."""
    settings = make_settings(ClusterOptions(shards=3, replicas=1))
    assert (settings["number_of_shards"], settings["number_of_replicas"]) == (3, 1)


def with_field(mapping: dict[str, Any]) -> None:
    """Add a field."""
    mapping["properties"]["colour"] = {"type": "keyword"}


def without_field(mapping: dict[str, Any]) -> None:
    """Take a field away."""
    del mapping["properties"]["body_stem"]


def with_other_facet(mapping: dict[str, Any]) -> None:
    """Change a facet's type."""
    mapping["properties"]["facets"]["properties"]["tag"] = {"type": "text"}


def with_other_analyzer(mapping: dict[str, Any]) -> None:
    """Change a field's analyzer."""
    mapping["properties"]["title"]["analyzer"] = "standard"


def with_fields_as_they_come(mapping: dict[str, Any]) -> None:
    """Let OpenSearch add fields."""
    mapping["dynamic"] = "true"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (with_field, "a field colour"),
        (without_field, "lacks the field body_stem"),
        (with_other_facet, "field tag is another"),
        (with_other_analyzer, "field title is another"),
        (with_fields_as_they_come, "as they come"),
    ],
)
def test_change_by_hand_is_told(change: Any, told: str) -> None:
    """What was changed is named."""
    mapping = copy.deepcopy(make_mapping({}))
    change(mapping)
    assert told in find_difference(mapping)
