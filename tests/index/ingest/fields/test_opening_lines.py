"""Photo credits glued to places, and the openings of articles."""

import pytest

from index.ingest.fields.opening_lines import find_opening, split_credit

TEXT = "Harga garam turun setelah panen raya di tiga kabupaten, kata dinas setempat."


@pytest.mark.parametrize(
    ("glued", "credit", "place"),
    [
        ("Tirta Wiguna/AFPBEIJING", "Tirta Wiguna/AFP", "BEIJING"),
        ("Tirta Wiguna/Dok. BMKGPALU", "Tirta Wiguna/Dok. BMKG", "PALU"),
        ("Dok. BNPBBANDA ACEH", "Dok. BNPB", "BANDA ACEH"),
        ("Dok. TNILABUAN BAJO", "Dok. TNI", "LABUAN BAJO"),
        ("Dok. TNI AUKUPANG", "Dok. TNI AU", "KUPANG"),
        ("Dok. Humas Pemprov MalukuAMBON", "Dok. Humas Pemprov Maluku", "AMBON"),
        ("Dok. KemenPUPRJAKARTA", "Dok. KemenPUPR", "JAKARTA"),
        ("Tirta WigunaYOGYAKARTA", "Tirta Wiguna", "YOGYAKARTA"),
        ("Tirta WigunaREJOTANGAN", "Tirta Wiguna", "REJOTANGAN"),
        ("Tirta WigunaKOTA PADANG", "Tirta Wiguna", "KOTA PADANG"),
        ("Tirta/dokTNI PADANG", "Tirta/dokTNI", "PADANG"),
        ("IstimewaDEN HAAG", "Istimewa", "DEN HAAG"),
        ("Tirta/AFPPRAHA", "Tirta/AFP", "PRAHA"),
        ("Tirta/AFPRAHA", "Tirta/AFP", "RAHA"),
        ("Tirta/AP PADANG", "Tirta/AP", "PADANG"),
        ("Tirta (AFP)KAIRO", "Tirta (AFP)", "KAIRO"),
        ("Tirta/AFPPALU, Harian Pagi", "Tirta/AFP", "PALU"),
        ("Tirta S.SURAKARTA", "Tirta S.", "SURAKARTA"),
    ],
)
@pytest.mark.parametrize("dash", [" - ", " – ", " — ", "- ", " -- "])
def test_glued_credit_comes_apart_where_the_place_begins(
    glued: str, credit: str, place: str, dash: str
) -> None:
    """Known places, known agencies and a small letter before capitals decide."""
    assert split_credit(f"Foto: {glued}{dash}{TEXT}") == (credit, place, TEXT)


def test_what_cannot_be_told_apart_stays_credit() -> None:
    """An unknown place behind an agency is not guessed; the text is still found."""
    assert split_credit(f"Foto: Tirta/AFPZLATOUST - {TEXT}") == ("Tirta/AFPZLATOUST", "", TEXT)


@pytest.mark.parametrize(
    "credit", ["Tirta Wiguna", "ANTARA - Tirta", "Dok. Anti-Korupsi", "Istimewa"]
)
def test_credit_alone_has_no_place_and_no_text(credit: str) -> None:
    """A line that is all credit stays whole."""
    assert split_credit(f"Sumber Foto: {credit}") == (credit, "", "")


def test_text_behind_the_label_without_a_dash_is_not_lost() -> None:
    """A long line is no credit."""
    long = "Warga berjalan jauh. " * 20
    assert split_credit(f"Foto: {long}").rest == long


@pytest.mark.parametrize(
    ("line", "place", "outlet"),
    [
        (f"JAKARTA - {TEXT}", "JAKARTA", ""),
        (f"Jakarta – {TEXT}", "Jakarta", ""),
        (f"JAKARTA, Harian Pagi - {TEXT}", "JAKARTA", "Harian Pagi"),
        (f"Jakarta (ANTARA) - {TEXT}", "Jakarta", "ANTARA"),
        (f"PAGI.ID , Jakarta — {TEXT}", "Jakarta", "PAGI.ID"),
        (f"GRESIK, JATIM I pagi.com – {TEXT}", "GRESIK", "pagi.com"),
        (f"Pagi.id,INDRAMAYU –{TEXT}", "INDRAMAYU", "Pagi.id"),
        (f"KABUPATEN BOGOR , Pagi.id -- {TEXT}", "KABUPATEN BOGOR", "Pagi.id"),
    ],
)
def test_opening_names_place_and_outlet(line: str, place: str, outlet: str) -> None:
    """The opening is taken apart, and the text begins after the dash."""
    assert find_opening(line) == (place, outlet, TEXT)
    assert split_credit(line) == ("", place, TEXT)


@pytest.mark.parametrize(
    "line",
    [
        TEXT,
        f"PAGI.ID - {TEXT}",
        f"BREAKING NEWS - {TEXT}",
        "Jakarta-Bandung kini satu jam.",
        "Jakarta, ibu kota lama - begitu orang menyebutnya.",
        "Ketika warga di Palu menunggu kapal garam yang ketiga datang - lama sekali.",
        "JAKARTA - ",
        "- Jakarta",
        "",
    ],
)
def test_line_without_clear_opening_stays_text(line: str) -> None:
    """No place is taken unless it is clear."""
    assert find_opening(line) is None
    assert split_credit(line) == ("", "", line)
