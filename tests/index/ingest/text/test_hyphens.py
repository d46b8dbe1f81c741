"""Words that line ends and lost mark-up broke: which are made whole, and which stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.text.hyphens import join_broken_lines, join_broken_words


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("hubungan Tiongkok- AS membaik", "hubungan Tiongkok-AS membaik"),
        ("Perang Dagang Tiongkok- AS", "Perang Dagang Tiongkok-AS"),
        ("bagi anak- anak desa", "bagi anak-anak desa"),
        ("Batas- batas desa", "Batas-batas desa"),
        ("peraturan perundang- undangan", "peraturan perundang-undangan"),
        ("akan di- push besok", "akan di-push besok"),
        ("server- nya mati", "server-nya mati"),
        ("menit ke- 3", "menit ke-3"),
        ("kota se- Jawa", "kota se-Jawa"),
    ],
)
def test_word_with_a_lost_space_is_whole_again(line: str, whole: str) -> None:
    """The hyphen belongs to the word, the space does not."""
    assert join_broken_words(line) == whole


@pytest.mark.parametrize(
    "line",
    [
        *("anak-anak bermain", "Jakarta - Bogor", "Rp 5.000 - 7.000", "Surat Kabar- Terbit"),
        *("pra- dan pasca-panen", "me- atau di-", "JAKARTA- Presiden tiba", "naik- turun"),
        *("Jakarta, CNBC Indonesia- AS menang", "TEMPO.CO,Jakarta- Harga naik"),
        *("China- AS berunding", "Baros- Pasteur: Golongan I", "17- 19 Maret", "tunggu- kata dia"),
        *("Padalarang- Padalarang: Rp 4.000", "Rp60 ribu- Rp80 ribu", "- satu", "a -b"),
    ],
)
def test_hyphen_that_may_be_meant_stays(line: str) -> None:
    """A dash typed carelessly, a hyphen that waits for the next word, a list."""
    assert join_broken_words(line) == line
    assert join_broken_lines([line]) == [line]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["Menurut pemerin-", "tah pusat"], ["Menurut pemerintah pusat"]),
        (["Pemerin-", "tah itu", "kata pemerintah"], ["Pemerintah itu", "kata pemerintah"]),
        (["bagi anak-", "anak desa"], ["bagi anak-anak desa"]),
        (["saling tarik-", "menarik"], ["saling tarik-menarik"]),
        (["pasar sayur-", "mayur"], ["pasar sayur-mayur"]),
        (["kartu SIM-", "nya"], ["kartu SIM-nya"]),
        (["pem-", "bangun-", "an jalan"], ["pembangunan jalan"]),
        (["pemerin- tah", "kata pemerintah"], ["pemerintah", "kata pemerintah"]),
    ],
)
def test_word_broken_at_a_line_end_is_whole_again(lines: list[str], whole: list[str]) -> None:
    """The hyphen goes, unless the word is written with it."""
    assert join_broken_lines(lines) == whole


@pytest.mark.parametrize(
    "lines",
    [
        *(["Surat Kabar-", "baru"], ["pra-", "dan pasca-"], ["Rp 5.000 -", "enam ribu"]),
        *(["kata pemerintah-", "Presiden"], ["tunggu-", "sabar, tunggu dulu"], ["-", "satu"]),
        *(["satu", "- dua"], ["pemerin- tah"]),
    ],
)
def test_line_that_may_end_so_on_purpose_stays(lines: list[str]) -> None:
    """Without a sign that a word was broken, no two lines become one."""
    assert join_broken_lines(lines) == lines


@given(st.lists(st.from_regex(r"[A-Za-z]{1,6}(- ?[a-z]{0,5}){0,3}", fullmatch=True)))
def test_no_letter_is_ever_lost(lines: list[str]) -> None:
    """Only hyphens, spaces and line ends may go."""
    kept = [line.strip() for line in lines]
    letters = "".join(kept).replace("-", "").replace(" ", "")
    assert "".join(join_broken_lines(kept)).replace("-", "").replace(" ", "") == letters
