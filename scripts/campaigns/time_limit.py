"""Ask for what is slow under short time limits: no answer may come long after its limit.

Each address is asked under several limits, each of which ends the work in another step. Of some
tries the quickest counts, since another program may have held the machine meanwhile. The table of
addresses has what takes longest in an archive: many words, common words, long texts.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

from corpus.rows import make_rows, make_world
from corpus.words import sample_paragraphs, sample_words
from flask.testing import FlaskClient
from make_corpus import write_rows

from campaigns.outcome import Outcome, Task
from index.indexer import build_index
from search import open_engine
from web import create_app, read_settings

ARTICLES = {True: 1_500, False: 100_000}
"""Articles of the made archive, in a short campaign and in a long one."""
LONG_TEXTS, LONG_TEXT_LENGTH = 6, {True: 200_000, False: 4_500_000}
"""Articles of that many characters, which stand beside the others."""
LIMITS = (0.01, 0.03, 0.1, 0.3)
"""Seconds that an answer may take."""
TRIES = 3
OVER_MOST = 0.5
"""Seconds after its limit within which an answer must be there."""
ENDLESS = 600
SAMPLES = Path(__file__).parents[2] / "samples"
LONG_TITLE, ONE_WORD = "Takberujung", "a"
"""A word in the headline of those, and the only word of one of them."""


def measure_time_limit(task: Task) -> Outcome:
    """Run the campaign."""
    index_path = task.index or make_archive(task)
    outcome = Outcome()
    addresses = dict(slow_addresses(endless_client(index_path)))
    over = dict.fromkeys(addresses, 0.0)
    for limit in LIMITS:
        client = _client(index_path, limit)
        for name, address in addresses.items():
            outcome.count("requests", task.rounds or TRIES)
            tries = [_seconds(client, address) for _ in range(task.rounds or TRIES)]
            over[name] = max(over[name], min(tries) - limit)
    for name, seconds in sorted(over.items(), key=lambda pair: -pair[1]):
        outcome.count(f"ms over the limit: {name}", round(seconds * 1000))
        if seconds > OVER_MOST:
            outcome.failures.append(f"{name}: {seconds:.2f} s over: {addresses[name][:300]}")
    return outcome


def make_archive(task: Task) -> Path:
    """Build an index of made articles and some with very long texts; return where it is."""
    world = make_world(sample_words(sample_paragraphs(SAMPLES)), ARTICLES[task.is_short])
    rows = list(make_rows(world, ARTICLES[task.is_short], task.seed))
    text, length = "\n".join(row["body"] for row in rows[:4_000]), LONG_TEXT_LENGTH[task.is_short]
    bodies = {f"{LONG_TITLE} {n}": text[n * length // 50 :][:length] for n in range(LONG_TEXTS)}
    bodies[f"{LONG_TITLE} kata"] = f"{ONE_WORD} " * (length // 2)
    # Each has an address of its own: of two articles with the same one, the second is refused.
    long_rows = [
        {**row, "id": title, "title": title, "body": body, "url": f"{row['url']}/{length}"}
        for row, (title, body) in zip(rows, bodies.items(), strict=False)
    ]
    path, index_path = task.folder / "a.jsonl", task.folder / "index"
    with path.open("wb") as output:
        write_rows([*rows, *long_rows], output)  # type: ignore[list-item]  # rows with other texts
    build_index([path], index_path)
    return index_path


def slow_addresses(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Yield what is slow in an archive, by name: addresses of the site."""
    words = common_words(client)
    for name, query in _slow_queries(words):
        yield name, _address("/api/search", q=query)
    anything = " OR ".join(words[:8])
    yield "a page of long texts", _address("/search", q=f"{LONG_TITLE} {words[0]}", size=100)
    yield "a deep page", _address("/search", q=anything, size=100, page=100)
    yield "filters", _address("/api/search", q=anything, **_filters(client))
    yield "a search in facets", _address("/api/search", q=anything, tag_match="a", author_match="a")
    marked = " OR ".join([*words[:60], f'"{words[0]} {words[1]}"~20', "a*", "m*"])
    for number, doc_id in enumerate(_long_ids(client)):
        yield f"an article {number}", _address(f"/articles/{doc_id}", q=marked)
        yield f"an article as JSON {number}", _address(f"/api/articles/{doc_id}", q=marked)
        yield f"similar articles {number}", _address(f"/api/articles/{doc_id}/similar")
        phrase = _address(f"/articles/{doc_id}", q='"{}"'.format(" ".join([ONE_WORD] * 300)))
        yield f"an article and a long phrase {number}", phrase
    for typed in ("ma", f"{words[0]} m", " ".join(words[:40])):
        yield f"completions of {typed[:10]}", _address("/api/suggest", q=typed)
    yield "coverage", "/coverage"
    yield "coverage as JSON", "/api/coverage"


def _slow_queries(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield queries that take long, by name."""
    pairs = [f'"{first} {other}"' for first in words[:8] for other in words[:8]]
    unknown = [f"{word[:4]}qz{word[4:]}{letter}" for word in words for letter in "bk"]
    yield "all of many words", " ".join(words[:60])
    yield "any of many words", " OR ".join(words[:150])
    yield "a long phrase", '"{}"'.format(" ".join(words[:40]))
    for word in (ONE_WORD, words[0]):
        yield f"a phrase of {word}", '"{}"'.format(" ".join([word] * 300))
    yield "many phrases", " OR ".join(pairs)
    yield "near words", '"{}"~50'.format(" ".join(words[:8]))
    yield "many words near", '"{}"~50'.format(" ".join(words[:100]))
    yield "a word near itself", '"{}"~50'.format(" ".join([ONE_WORD] * 100))
    yield "pairs of near words", " OR ".join(f"{pair}~50" for pair in pairs)
    yield "prefixes", " OR ".join(f"{letter}*" for letter in "abcdefghijklmnopqrstuvwxyz")
    yield "prefixes in all", " ".join(f"{letter}*" for letter in "abdegijklmnprstu")
    yield "exclusions", " ".join([words[0], *(f"-{word}" for word in words[1:150])])
    yield "excluded phrases", " ".join([words[9], *(f"-{pair}" for pair in pairs)])
    yield "unknown words", " ".join(unknown[:100])
    yield "any of unknown words", " OR ".join(unknown[:100])
    yield "unknown words of fields", " ".join(f"judul:{a} isi:{a} penulis:{a}" for a in unknown[:9])
    yield "a long question", " ".join(["mengapa", *words[:30], *unknown[:2]])
    yield "one long word", "a" * 5_000
    yield "brackets", "(" * 150 + words[0] + " OR " + words[1] + ")" * 150


def common_words(client: FlaskClient) -> list[str]:
    """Return the commonest words of the newest articles, the commonest first."""
    hits = client.get(_address("/api/search", sort="newest", size=100)).get_json()["hits"]
    texts = (hit["snippet"]["text"].lower().split() for hit in hits)
    counts = Counter(word for text in texts for word in text if word.isalpha())
    return [word for word, _ in counts.most_common(200)]


def _filters(client: FlaskClient) -> dict[str, list[str]]:
    """Return choices of many values, by parameter."""
    address = _address("/api/search", tag_size=100, author_size=100)
    facets = client.get(address).get_json()["facets"]
    values = {name: [each["value"] for each in facet["buckets"]] for name, facet in facets.items()}
    return {
        "tag": values["tag"][:40],
        "not_tag": values["tag"][40:80],
        "not_author": values["author"][:40],
        "not_month": values["month"][:20],
    }


def _long_ids(client: FlaskClient) -> list[str]:
    """Return the ids of a long article, of that of one word, and of a usual one, for addresses."""
    queries = (f"judul:{LONG_TITLE} -judul:kata", f"judul:{LONG_TITLE} judul:kata", "")
    answers = (client.get(_address("/api/search", q=query)).get_json() for query in queries)
    return [quote(hit["id"], safe="") for answer in answers for hit in answer["hits"][:1]]


def _address(path: str, **parameters: object) -> str:
    return f"{path}?{urlencode(parameters, doseq=True)}"


def endless_client(index_path: Path) -> FlaskClient:
    """Return a client of a site in this process, whose answers may take as long as they do."""
    return _client(index_path, ENDLESS)


def _client(index_path: Path, seconds: float) -> FlaskClient:
    """Return a client of a site in this process, whose answers may take so many seconds."""
    engine = open_engine(str(index_path), seconds)
    return create_app(read_settings({}), engine).test_client()


def _seconds(client: FlaskClient, address: str) -> float:
    """Return how long an answer takes, whatever it is."""
    began = time.perf_counter()
    client.get(address)
    return time.perf_counter() - began
