"""Documents as OpenSearch takes them: our tokens at our positions, and every value given back."""

import datetime as dt
import json
from itertools import count
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis import stem, tokenize
from index.analysis.kernels.tokens import LINE_GAP
from index.document import Document
from index.opensearch import (
    DocumentEncoder,
    Role,
    document_key,
    from_keyword,
    read_document,
    to_keyword,
    to_token,
)

NEWS = st.text(
    st.sampled_from(list("abcRp1.,'-:’ \n\r\té¨ﱞ﷐́中𝐀 \u2028H"))
    | st.characters(exclude_categories=[]),
    max_size=60,
)


def encode(document: Document, role: Role | None = None) -> dict[str, Any]:
    """Return what is sent of one document."""
    (raw,) = DocumentEncoder().encode([document], [role or Role()])
    value: dict[str, Any] = msgspec.json.decode(raw)
    return value


def positions(lines: list[str]) -> list[tuple[str, int]]:
    """Return the tokens and positions that OpenSearch makes of an array of lines."""
    found: list[tuple[str, int]] = []
    for line in lines:
        first = found[-1][1] + LINE_GAP if found else 0
        found += zip(line.split(" "), count(first), strict=False)
    return found


@settings(deadline=None)
@given(NEWS)
def test_tokens_and_positions_are_those_of_the_analyzer(text: str) -> None:
    """For any text: blank lines, line ends at both ends, letters that fold to white space."""
    value = encode(Document(doc_id="a", title="", body=text))
    tokens = tokenize(text)
    assert positions(value.get("body", [])) == [(to_token(t.text), t.position) for t in tokens]
    stems = [to_token(stem(token.text)) for token in tokens]
    assert value.get("body_stem", "") == " ".join(stems)


@settings(deadline=None)
@given(st.lists(NEWS, max_size=6))
def test_documents_of_a_batch_are_encoded_as_each_alone(texts: list[str]) -> None:
    """Empty ones among them, too."""
    documents = [Document(doc_id=f"{n}", title=text, body="") for n, text in enumerate(texts)]
    batch = DocumentEncoder().encode(documents, [Role()] * len(documents))
    assert [json.loads(raw) for raw in batch] == [encode(document) for document in documents]


@settings(deadline=None)
@given(NEWS, NEWS)
@example("\U0010f000\ud800", "\ud800\U0010f000\U0010f001")
def test_document_and_its_values_come_back(title: str, tag: str) -> None:
    """Half of a surrogate pair, which a crawler may leave, is no loss."""
    document = Document(doc_id=f"id-{tag}", title=title, body="Isi.", tags=(tag,))
    value = encode(document)
    assert read_document(value["document"]) == document
    assert from_keyword(value["id"]) == document.doc_id
    assert [from_keyword(each) for each in value["facets"]["tag"]] == [tag]
    assert from_keyword(to_keyword(title)) == title


def test_token_has_no_white_space() -> None:
    """A letter that folds to a blank and a mark would otherwise be split in two."""
    assert to_token("a b").split() == ["a\x01b"]


def test_what_is_missing_is_absent() -> None:
    """A document without day, address and author has none of these fields, and no role."""
    value = encode(Document(doc_id="a", title="Harga", body=""))
    absent = {"date", "month", "url", "author", "body", "body_stem", "representative", "former_ids"}
    assert value.keys().isdisjoint(absent)
    assert value["facets"] == {}
    assert (value["is_copy"], value["copy_count"]) == (False, 0)


def test_role_and_day_are_sent() -> None:
    """The day as a number, the month as a key and a facet, the role as it is."""
    document = Document(doc_id="a", title="Harga", body="", date=dt.date(2024, 8, 28), url="u")
    value = encode(document, Role("b", 2, True, (7, 8)))
    assert (value["date"], value["month"], value["facets"]["month"]) == (
        20240828,
        "2024-08",
        ["2024-08"],
    )
    role = ("representative", "copy_count", "is_copy", "former_ids")
    assert [value[name] for name in role] == ["b", 2, True, [7, 8]]


@pytest.mark.parametrize("doc_id", ["a", "x" * 5000, "\ud800"])
def test_key_is_short_whatever_the_id(doc_id: str) -> None:
    """OpenSearch refuses ids over 512 bytes."""
    assert len(document_key(doc_id)) == 32
