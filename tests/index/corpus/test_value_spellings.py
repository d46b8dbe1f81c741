"""Which spellings are of one value, and which of them is chosen."""

from typing import Any

import pytest

from index.corpus.value_spellings import (
    SPELLED_FIELDS,
    SpellingCounts,
    apply_spellings,
    choose_commonest,
    choose_spellings,
    label_key,
    person_key,
    tag_key,
)
from index.document import Document

TAGS = next(row for row in SPELLED_FIELDS if row.name == "tags")
AUTHORS = next(row for row in SPELLED_FIELDS if row.name == "authors")


def counted(*documents: dict[str, Any]) -> SpellingCounts:
    """Return the spellings in some documents."""
    counts = SpellingCounts()
    for changes in documents:
        counts.add(Document(doc_id="a", title="", body="", **changes))
    return counts


@pytest.mark.parametrize(
    ("key", "same", "other"),
    [
        (tag_key, ("Pilkada 2024", "#pilkada2024", "PILKADA_2024"), "Pilkada 2025"),
        (person_key, ("Siti R. Dewi", "SITI R DEWI", "siti r.dewi"), "Siti Dewi"),
        (label_key, ("Koran Tempo", "koran  tempo", "KORAN TEMPO"), "Koran-Tempo"),
    ],
    ids=["tag", "person", "label"],
)
def test_spellings_of_one_value_have_one_key(key: Any, same: tuple[str, ...], other: str) -> None:
    """Blanks and number signs do not tell tags apart, dots do not tell people apart."""
    assert len({key(spelling) for spelling in same}) == 1
    assert key(other) != key(same[0])


def test_signs_behind_a_letter_tell_tags_apart() -> None:
    """Three languages, and not one."""
    assert len({tag_key("C"), tag_key("C#"), tag_key("C++")}) == 3
    assert tag_key("#C#") == tag_key("c#")


@pytest.mark.parametrize("key", [tag_key, person_key, label_key])
def test_value_without_letters_is_its_own_key(key: Any) -> None:
    """Else all of them would be one."""
    assert key("#") != ""
    assert key("???") != key("!!!") or key is not person_key


def test_commonest_spelling_is_chosen_then_the_longest_then_the_first() -> None:
    """The same on every machine, whatever was read first."""
    assert choose_commonest({"a b": 1, "ab": 2}, TAGS) == {"ab": "ab"}
    assert choose_commonest({"ab": 2, "a b": 2}, TAGS) == {"ab": "a b"}
    assert choose_commonest({"AB": 2, "Ab": 2}, TAGS) == {"ab": "AB"}


def test_name_in_small_and_capital_letters_wins_over_commoner_ones() -> None:
    """Bylines are often in capitals; tags are as the newsroom writes them."""
    counts = {"SITI DEWI": 9, "siti dewi": 5, "Siti Dewi": 1}
    assert choose_commonest(counts, AUTHORS) == {"siti dewi": "Siti Dewi"}
    assert choose_commonest(counts, TAGS) == {"sitidewi": "SITI DEWI"}


def test_only_other_spellings_are_in_the_table() -> None:
    """A document whose values are spelled so already does not change."""
    read = counted({"tags": ("Beras", "beras")}, {"tags": ("Beras",)})
    assert choose_spellings(read, {})["tags"] == {"beras": "Beras"}


def test_spelling_that_an_index_has_wins() -> None:
    """An update follows the index, whose articles are not written again."""
    read = counted(*[{"tags": ("Beras",), "editors": ("SITI DEWI",)}] * 9)
    chosen = choose_spellings(read, {"tag": ["beras"], "author": ["Siti Dewi"]})
    assert chosen["tags"] == {"Beras": "beras"}
    assert chosen["editors"] == {"SITI DEWI": "Siti Dewi"}


def test_counts_of_several_work_units_add_up() -> None:
    """As if one had read all."""
    counts = counted({"tags": ("Beras",)})
    counts.add_all(counted({"tags": ("beras",)}, {"tags": ("beras",), "source": "Koran"}))
    assert counts.counts["tags"] == {"Beras": 1, "beras": 2}
    assert counts.counts["source"] == {"Koran": 1}


def test_document_gets_the_chosen_spellings_each_once() -> None:
    """Only the fields that change are returned; a single value stays a single value."""
    document = Document(
        doc_id="a", title="", body="", tags=("beras", "Gula", "Beras"), source="KORAN"
    )
    spellings = {row.name: {} for row in SPELLED_FIELDS}
    spellings |= {"tags": {"beras": "Beras"}, "source": {"KORAN": "Koran"}}
    assert apply_spellings(document, spellings) == {"tags": ("Beras", "Gula"), "source": "Koran"}
    assert apply_spellings(Document(doc_id="a", title="", body=""), spellings) == {}
