"""The form for readers who know no syntax: fields to a query, and back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import QueryForm, parse_query, read_form, write_form
from search.query.form import FIELD_LENGTH_MOST

FIELDS = ("all_words", "any_word", "phrase", "near", "title", "none_of")

texts = st.text(alphabet="ab -\"()*:~=+|&!.'’ORANDTU1/\\", max_size=30)


@pytest.mark.parametrize(
    ("form", "query_text"),
    [
        (QueryForm(all_words="harga beras"), "harga beras"),
        (QueryForm(any_word="gabah padi"), "gabah ATAU padi"),
        (QueryForm(any_word="gabah padi", all_words="harga"), "harga (gabah ATAU padi)"),
        (QueryForm(phrase="pasar induk"), '"pasar induk"'),
        (QueryForm(near="menteri impor", reach=7), '"menteri impor"~7'),
        (QueryForm(title="panen raya"), "judul:panen judul:raya"),
        (QueryForm(all_words="beras", none_of="impor"), "beras -impor"),
        (QueryForm(), ""),
    ],
)
def test_each_field_has_its_place_in_the_query_and_comes_back(
    form: QueryForm, query_text: str
) -> None:
    """What a reader filled in stands in the same fields again."""
    assert write_form(form) == query_text
    assert read_form(query_text) == form


@given(fields=st.fixed_dictionaries(dict.fromkeys(FIELDS, texts)))
def test_signs_and_operators_in_fields_mean_nothing(fields: dict[str, Any]) -> None:
    """The query is understood as it is written, and has no part that was not asked for."""
    written = write_form(QueryForm(**fields))
    parsed = parse_query(written)
    assert [notice.code for notice in parsed.notices if notice.code != "only_negative"] == []
    assert parsed.understood == written
    assert read_form(written).rest == ""


@pytest.mark.parametrize(
    "query_text", ["penulis:sari", "nego*", "a (b ATAU (c d))", 'tanggal:2024 "a" "b c"', "-(a b)"]
)
def test_what_no_field_can_hold_is_kept(query_text: str) -> None:
    """It is searched for as before."""
    form = read_form(query_text)
    assert form.rest
    assert sorted(parse_query(write_form(form)).understood) == sorted(
        parse_query(query_text).understood
    )


def test_long_fields_are_cut() -> None:
    """A query has room for all fields."""
    form = QueryForm(**dict.fromkeys(FIELDS, "kata " * 1_000))  # type: ignore[arg-type]
    assert len(write_form(form)) < len(FIELDS) * 2 * FIELD_LENGTH_MOST


def test_any_word_switch_is_read_as_the_field() -> None:
    """A search for any of the words fills that field."""
    assert read_form("gabah padi", any_word=True) == QueryForm(any_word="gabah padi")
