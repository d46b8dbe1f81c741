"""The engine over a real cluster: every case, on one shard and on three nodes; counts; faults."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from clusters.cluster import Cluster

from index.document import Document
from index.opensearch import ClusterOptions, Connection, parse_address
from search.answer import answer
from search.engine import Engine, open_engine
from search.errors import EngineUnavailableError
from search.execution import Deadline
from search.matches import Selection
from search.opensearch.cluster_generation import ClusterGeneration
from search.opensearch.cluster_reader import ClusterReader
from search.opensearch.search_body import VALUES_MOST
from search.opensearch.served_index import ServedIndex
from search.preferences import Preferences
from search.request import FacetChoice, SearchRequest
from tests.cluster.cluster_index import remove_indices, write_index
from tests.search.cases.answers import actual_values, expected_values
from tests.search.cases.case_files import Case, read_themes

pytestmark = pytest.mark.cluster

QUERY_SECONDS = 60.0
PAGE = Selection(10, "newest", by_score=True)
THEMES = read_themes()
CASES = [(name, case) for name, theme in THEMES.items() for case in theme.cases]

OpenTheme = Callable[[str, Case], Engine]


@dataclass(frozen=True)
class Shards:
    """A cluster by the name of its fixture, and into how many shards an index is divided."""

    cluster: str
    count: int


CLUSTERS = {"one shard": Shards("one_node", 1), "three shards": Shards("three_nodes", 3)}
SKIPS: dict[str, str] = {}
"""Cases that a cluster cannot answer as expected, and why; docs/engines.md lists them."""


@pytest.fixture(scope="module", params=CLUSTERS)
def open_theme(request: pytest.FixtureRequest) -> Iterator[OpenTheme]:
    """Return what opens an engine over a theme's archive, once for all cases but closing ones."""
    shards = CLUSTERS[request.param]
    cluster: Cluster = request.getfixturevalue(shards.cluster)
    engines: dict[tuple[str, bool], Engine] = {}

    def address_of(theme: str) -> str:
        return cluster.address(f"cases-{theme.replace('_', '-')}")

    def open_one(theme: str, case: Case) -> Engine:
        key = (theme, "close" in case.before)
        if not any(name == theme for name, _ in engines):
            documents = THEMES[theme].archive.to_documents()
            write_index(address_of(theme), documents, shards=shards.count)
        if key not in engines:
            preferences = THEMES[theme].archive.to_preferences()
            engines[key] = open_engine(address_of(theme), QUERY_SECONDS, preferences)
        return engines[key]

    yield open_one
    for engine in engines.values():
        engine.close()
    for theme in {theme for theme, _ in engines}:
        remove_indices(address_of(theme))


@pytest.mark.parametrize(
    ("theme", "case"), [pytest.param(*each, id=f"{each[0]}: {each[1].name}") for each in CASES]
)
def test_cluster_answers_as_the_case_expects(theme: str, case: Case, open_theme: OpenTheme) -> None:
    """The same archive and the same question give the same values as on disk."""
    if case.name in SKIPS:
        pytest.skip(SKIPS[case.name])
    expected = expected_values(case)
    assert actual_values(open_theme(theme, case), case, expected) == expected


def articles(tag_counts: dict[str, int]) -> list[Document]:
    """Return articles, so many with each tag."""
    tags = [tag for tag, count in tag_counts.items() for _ in range(count)]
    return [
        Document(doc_id=f"{tag} {number}", title="Harga beras", body=f"isi {number}", tags=(tag,))
        for number, tag in enumerate(tags)
    ]


@contextmanager
def served(address: str) -> Iterator[ClusterGeneration]:
    """Open what the alias of an address names."""
    index = ServedIndex(Connection(parse_address(address), ClusterOptions()))
    index.refresh()
    yield index.opened()
    index.close()


@pytest.mark.parametrize("values_most", [VALUES_MOST, 3])
def test_facets_are_exact_where_shards_differ(
    three_nodes: Cluster, index_name: str, values_most: int
) -> None:
    """A tag is counted whole that is not among the first of every shard, where OpenSearch guesses.

    Few values are asked for at once, as if there were too many for one search.
    """
    counts = {f"tag {number:02}": 1 + number % 7 for number in range(60)}
    address = three_nodes.address(index_name)
    write_index(address, articles(counts), shards=3)
    request = SearchRequest(query_text="beras", copies=True)
    with served(address) as opened:
        reader = ClusterReader(
            opened, Deadline(QUERY_SECONDS), is_faceted=True, values_most=values_most
        )
        tag, *_ = answer(reader, request, Preferences()).facets
        guessed = top_tags(opened)
    best = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    assert [(each.value, each.count) for each in tag.buckets] == best[:10]
    assert tag.total == len(counts)
    assert tag.other == sum(counts.values()) - sum(count for _, count in best[:10])
    assert guessed != best[:20]


def top_tags(opened: ClusterGeneration) -> list[tuple[str, int]]:
    """Return the commonest tags as a plain aggregation gives them."""
    terms = {"field": "facets.tag", "size": 20, "shard_size": 20}
    body = {"size": 0, "aggs": {"tags": {"terms": terms}}}
    found = opened.connection.call("POST", f"/{opened.index}/_search", body)
    return [(each["key"], each["doc_count"]) for each in found["aggregations"]["tags"]["buckets"]]


def ask(engine: Engine) -> Any:
    """Return how many articles are about rice."""
    return engine.search(SearchRequest(query_text="beras", copies=True)).total


def test_new_generation_is_taken_up_when_the_alias_moves(
    one_node: Cluster, index_name: str
) -> None:
    """And the one before is searched until then."""
    address = one_node.address(index_name)
    write_index(address, articles({"satu": 2}), number=1)
    engine = open_engine(address, QUERY_SECONDS)
    try:
        assert (ask(engine), engine.status().generation) == (2, 1)
        write_index(address, articles({"satu": 3}), number=2)
        engine.refresh()
        assert (ask(engine), engine.status().generation) == (3, 2)
    finally:
        engine.close()


def test_cluster_without_the_index_is_told(one_node: Cluster, index_name: str) -> None:
    """The engine says so, and takes it up as soon as it is there."""
    address = one_node.address(index_name)
    engine = open_engine(address, QUERY_SECONDS)
    try:
        assert not engine.status().is_open
        assert index_name in engine.status().problem
        with pytest.raises(EngineUnavailableError):
            ask(engine)
        write_index(address, articles({"satu": 2}))
        engine.refresh()
        assert ask(engine) == 2
    finally:
        engine.close()


@pytest.mark.parametrize("query_text", ["", "beras", "=harga", '"harga beras"', "isi harga har*"])
def test_page_takes_one_round_trip(one_node: Cluster, index_name: str, query_text: str) -> None:
    """Hits, total, facets and months come together; before them, spellings not looked up yet."""
    address = one_node.address(index_name)
    write_index(address, articles({"satu": 20}))
    with served(address) as opened:
        counts = []
        for _ in range(2):
            reader = ClusterReader(opened, Deadline(QUERY_SECONDS), is_faceted=True)
            request = SearchRequest(query_text=query_text)
            assert answer(reader, request, Preferences()).hits
            counts.append(reader.searches.count)
    assert counts[0] <= 2
    assert counts[1] == 1


@pytest.mark.parametrize(
    ("query_text", "most"),
    [
        ("tak ada", 2),
        ("hargga beras", 4),
        ("beras -isi", 2),
        ("berapa hargga beras di pasar mana", 7),
    ],
)
def test_empty_page_takes_few_round_trips(
    one_node: Cluster, index_name: str, query_text: str, most: int
) -> None:
    """What else to try is counted together; other spellings need a round trip of their own."""
    address = one_node.address(index_name)
    write_index(address, articles({"satu": 20}))
    with served(address) as opened:
        request = SearchRequest(query_text=query_text).with_choice(
            "tag", FacetChoice(include=("tak ada",))
        )
        for _ in range(2):  # the first time, words are looked up
            reader = ClusterReader(opened, Deadline(QUERY_SECONDS), is_faceted=True)
            assert not answer(reader, request, Preferences()).hits
        assert reader.searches.count <= most


def test_no_node_gives_no_answer_rather_than_a_part(
    nodes_to_kill: Cluster, index_name: str
) -> None:
    """A shard without a node makes an error; all nodes back again, the answer is whole."""
    address = nodes_to_kill.address(index_name)
    write_index(address, articles({"satu": 30}), shards=3)
    engine = open_engine(address, QUERY_SECONDS)
    try:
        assert ask(engine) == 30
        nodes_to_kill.nodes[0].kill()
        with pytest.raises(EngineUnavailableError):
            ask(engine)
        for node in nodes_to_kill.nodes[1:]:
            node.kill()
        engine.refresh()
        assert not engine.status().is_open
        assert index_name in engine.status().problem
        nodes_to_kill.heal()
        nodes_to_kill.wait("green")
        engine.refresh()
        assert engine.status().is_open
        assert ask(engine) == 30
    finally:
        engine.close()
