"""Random rows: few values, so that they meet; empty ones, doubled ones, and very long ones."""

from hypothesis import strategies as st

from tests.index.segments.plain_segments import Row

LONG_URL = "https://contoh.example/" + "a" * 3_000

words = st.sampled_from(["a", "aa", "ab", "b", "beras", "berasnya", "é", "中国", "x" * 300])
lines = st.lists(words, max_size=5).map(" ".join)
texts = st.lists(lines, max_size=3).map("\n".join)
values = st.lists(st.sampled_from(["AI", "ai", "Beras", "中国", " ", "é", "e\u0301"]), max_size=4)
urls = st.none() | st.sampled_from(["", "u", "https://contoh.example/a", LONG_URL, LONG_URL + "b"])
numbers = st.none() | st.integers(-3, 3) | st.integers(-(2**31) + 1, 2**31 - 1)
rows = st.builds(
    Row,
    key=st.text(max_size=6),
    title=lines,
    body=texts,
    url=urls,
    number=numbers,
    tags=values.map(tuple),
    kinds=values.map(lambda kinds: tuple(kinds[:1])),
    stored=st.text(max_size=20),
)
archives = st.lists(rows, min_size=1, max_size=20, unique_by=lambda row: row.key)
