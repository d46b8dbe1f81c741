"""Stems: the forms of a word meet, and words of their own stay apart."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import tokenize
from index.analysis.stem_dictionary import overrides, roots
from index.analysis.stemmer import WHOLE_DOUBLES, Stems, stem, stemming_version


@pytest.mark.parametrize(
    ("words", "common"),
    [
        ("dagang berdagang perdagangan pedagang dagangnya", "dagang"),
        ("tahan bertahan ketahanan pertahanan", "tahan"),
        ("jual menjual dijual penjualan", "jual"),
        ("anak anaknya anak-anak anak-anaknya", "anak"),
        ("mata-mata mata-matanya", "mata-mata"),
        # meN- and peN- before each letter that they swallow or keep
        ("tulis menulis penulis penulisan tulisan ditulis tertulis", "tulis"),
        ("tembak menembak penembakan ditembak tembakan menembaki", "tembak"),
        ("kirim mengirim pengirim pengiriman dikirim kirimannya", "kirim"),
        ("pukul memukul pemukulan dipukul terpukul", "pukul"),
        ("sebut menyebut penyebutan disebutkan tersebut", "sebut"),
        ("makan memakan makanan dimakan termakan", "makan"),
        ("nikah menikah pernikahan dinikahi menikahkan", "nikah"),
        ("nyanyi menyanyi penyanyi nyanyian menyanyikan", "nyanyi"),
        ("nganga menganga", "nganga"),
        ("tari menari penari tarian", "tari"),
        ("ambil mengambil pengambilan diambil", "ambil"),
        ("karang mengarang pengarang karangan", "karang"),
        ("proses memproses memroses pemrosesan diproses", "proses"),
        ("kritik mengkritik mengritik pengkritik", "kritik"),
        # roots of one syllable
        ("bom mengebom pengeboman dibom", "bom"),
        ("cat mengecat pengecatan dicat", "cat"),
        ("cek mengecek pengecekan dicek ngecek", "cek"),
        ("cor mengecor pengecoran ngecor", "cor"),
        ("pres mengepres pengepresan", "pres"),
        ("pop mengepop", "pop"),
        ("tos mengetos", "tos"),
        ("las mengelas pengelasan dilas", "las"),
        ("usir mengusir pengusiran diusir", "usir"),
        ("awas mengawasi pengawas pengawasannya", "awas"),
        ("tonton menonton nonton penonton", "tonton"),
        ("kata katakan dikatakan", "kata"),
        ("musk's musk", "musk"),
        # around a root, and prefix within prefix
        ("adil keadilan pengadilan peradilan ketidakadilan", "adil"),
        ("main bermain permainan pemain dipermainkan", "main"),
        ("daya memberdayakan pemberdayaan diberdayakan", "daya"),
        ("sepuluh kesepersepuluhnya", "sepuluh"),
        ("salah bersalah bersalah-salahan kesalahan bersalahan", "salah"),
        ("cepat secepatnya secepat tercepat mempercepat", "cepat"),
        ("menteri kementerian menterinya", "menteri"),
        ("pimpin pemimpin kepemimpinan pimpinan", "pimpin"),
        ("renang berenang perenang", "renang"),
        ("ajar belajar pelajar pelajaran mempelajari pembelajaran mengajar", "ajar"),
        # -wan and -wati, and small words at the end
        ("seni seniwati", "seni"),
        ("usaha usahawan pengusaha berusaha", "usaha"),
        ("buku bukunya bukuku bukumu bukulah bukukah bukupun bukunyalah", "buku"),
        ("sayur sayur-sayuran sayur-mayur mayur", "sayur"),
        ("tiru meniru meniru-niru tiruan", "tiru"),
        # roots in no list
        ("zorbak menzorbak dizorbakkan dizorbak zorbaknya", "zorbak"),
    ],
)
def test_forms_of_a_word_share_a_stem(words: str, common: str) -> None:
    """A reader who types one form finds the others."""
    assert {stem(word) for word in words.split()} == {common}


@pytest.mark.parametrize(
    "word",
    "peluru bupati menteri berita perintah kepala seperti dengan makan beberapa bukan akan "
    "terminal diskusi distribusi termal direktur seragam selatan pahlawan wartawan".split(),
)
def test_root_that_looks_affixed_stays_whole(word: str) -> None:
    """peluru, a bullet, has nothing to do with luru."""
    assert stem(word) == word


@pytest.mark.parametrize(
    "name",
    "megawati jokowi prabowo pertamina kemenkeu menkeu kemenag mendagri pemilu kediri merapi "
    "gunawan setiawan kalimantan surabaya seminyak bernardus diponegoro nunukan nato".split(),
)
def test_name_or_acronym_stays_whole(name: str) -> None:
    """And with -nya it is found still: who types Megawati must not find gawat."""
    assert stem(name) == name
    assert stem(f"{name}nya") == name


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("memalukan", "malu"),  # not palu: of two equal roots, the one as it is written
        ("menobatkan", "nobat"),
        ("nyaringi", "nyaring"),  # not saring: ny- for meny- is spoken only
        ("berabunya", "abu"),  # three letters are enough for a root
        ("memperberingan", "ringan"),  # three prefixes
        ("akarwan", "akarwan"),  # -wan follows a vowel
        ("memperzorbakkan", "perzorbak"),  # two prefixes around no known root are not believed
        ("diapresi", "apresi"),  # as PyStemmer proposes, though apres would be shorter
        ("dinamik", "dinamik"),  # a loan word, and not namik
        ("terzonal", "terzonal"),
    ],
)
def test_best_root_of_several_is_the_stem(word: str, expected: str) -> None:
    """Each word has another root by a rule that is looser by one step."""
    assert stem(word) == expected


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("petani", "peta"),
        ("pencari", "pencar"),
        ("terpaku", "terpa"),
        ("perusakan", "rusa"),
        ("mengelas", "kelas"),
        ("mengusir", "kusir"),
        ("pengawasan", "kawasan"),
        ("katakan", "katak"),
        ("penganan", "kanan"),
        ("kualat", "alat"),
        ("masai", "masa"),
        ("haiku", "hai"),
        ("pengacara", "acara"),
        ("mengalami", "alam"),
        ("menyebalkan", "balkan"),
        ("mengisi", "kisi"),
    ],
)
def test_words_apart_stay_apart(word: str, other: str) -> None:
    """Though affixes and letters would fit."""
    assert stem(word) != stem(other)


def test_lists_agree() -> None:
    """What a word is reviewed to be is a stem, and no word is in both lists."""
    reviewed = overrides()
    assert [word for word, root in reviewed.items() if stem(root) != root] == []
    assert roots().isdisjoint(reviewed)
    assert {word: stem(word) for word in reviewed} == dict(reviewed)


def test_many_words_have_the_stems_of_each() -> None:
    """Builds ask for many at once, and readers for one."""
    words = ["penembakan", "anak-anaknya", "2024", "undang-undang"]
    stems = Stems(most=3)  # one word is not remembered
    for _ in range(2):
        assert stems(words) == [stem(word) for word in words]


def test_version_tells_rules_lists_and_algorithm() -> None:
    """An index of other stems is refused by it."""
    assert stemming_version() == stemming_version()
    assert len(stemming_version().split("-")) == 3


@pytest.mark.parametrize("double", sorted(WHOLE_DOUBLES))
def test_double_that_is_a_word_of_its_own_never_meets_the_single_word(double: str) -> None:
    """undang-undang is a law, and undang means to invite."""
    assert stem(double) == double
    assert stem(f"{double}nya") == double
    assert stem(double.partition("-")[0]) != double


@pytest.mark.parametrize("double", sorted(WHOLE_DOUBLES))
def test_double_that_is_a_word_of_its_own_is_one_token(double: str) -> None:
    """Otherwise its entry in the list would never be asked for."""
    assert [token.text for token in tokenize(double)] == [double]


@given(st.text(max_size=100))
@settings(max_examples=200, deadline=None)
def test_anything_has_a_stem(word: str) -> None:
    """And always the same one; nothing is an error."""
    assert stem(word) == stem(word)
    assert isinstance(stem(word), str)


def test_word_of_digits_is_its_own_stem() -> None:
    """Years and amounts are found as they are written."""
    words = ["2024", "1250000", "5,95", "19"]
    assert [stem(word) for word in words] == words


def test_threads_do_not_disturb_each_other() -> None:
    """A server has threads, and they share what is remembered."""
    words = [f"per{root}{number}kan" for number in range(500) for root in ("dagang", "jual")]
    with ThreadPoolExecutor(8) as threads:
        stems = list(threads.map(stem, words))
    stem.cache_clear()
    assert stems == [stem(word) for word in words]
