"""Addresses of clusters: what is read of them, what is refused, and what is never shown."""

import pytest

from index.opensearch import AddressError, is_cluster_address, mask, parse_address

WRONG = {
    "no scheme": "es1:9200/berita",
    "another scheme": "http://es1:9200/berita",
    "no name": "opensearch://es1:9200",
    "empty name": "opensearch://es1:9200/",
    "capitals": "opensearch://es1/Berita",
    "a name that begins with a hyphen": "opensearch://es1/-berita",
    "a long name": f"opensearch://es1/{'x' * 61}",
    "a path": "opensearch://es1/a/b",
    "a pattern": "opensearch://es1/*",
    "the name of a state index": "opensearch://es1/berita-state",
    "the name of a physical index": "opensearch://es1/berita-000042",
    "no host": "opensearch:///berita",
    "an empty host": "opensearch://es1,,es2/berita",
    "a port too high": "opensearch://es1:65536/berita",
    "a port that is none": "opensearch://es1:x/berita",
    "a query": "opensearch://es1/berita?x",
    "many hosts": f"opensearch://{','.join(f'es{number}' for number in range(65))}/berita",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_wrong_address_is_refused(text: str) -> None:
    """One sentence says what is wrong, and how an address is written."""
    with pytest.raises(AddressError, match=r"opensearch://HOST:PORT"):
        parse_address(text)


def test_password_in_an_address_is_refused_and_not_repeated() -> None:
    """It would stand in lists of processes; the sentence names the settings instead."""
    with pytest.raises(AddressError, match="KLIPING_OPENSEARCH_PASSWORD_FILE") as caught:
        parse_address("opensearch://ana:rahasia@es1/berita")
    assert "rahasia" not in str(caught.value)


@pytest.mark.parametrize("text", ["opensearch://ana:r@h/a@es1/berita", "opensearchs://ana@es1/b"])
def test_user_and_password_are_masked(text: str) -> None:
    """Whatever stands before the host is no part of what is shown."""
    assert "ana" not in mask(text)


def test_address_is_read_as_it_is_written() -> None:
    """Hosts keep their order, one named twice counts once, and TLS is told by the scheme."""
    text = "opensearchs://es1:9201,[::1]:9200,10.0.0.1:9200/berita_2"
    address = parse_address(text)
    assert str(address) == text
    assert address.is_secure
    assert len(parse_address("opensearch://es1,es1:9200/a").hosts) == 1


@pytest.mark.parametrize(
    ("text", "is_address"),
    [
        ("var/index", False),
        ("opensearch", False),
        ("opensearch://x", True),
        ("OpenSearch://x", True),
        ("https://es1:9200/berita", True),
    ],
)
def test_directory_is_no_address(text: str, *, is_address: bool) -> None:
    """What is meant as an address is never made a folder, however its scheme is spelled."""
    assert is_cluster_address(text) is is_address


def test_number_is_read_only_of_own_indices() -> None:
    """The state index and indices of archives with longer names are others."""
    address = parse_address("opensearch://es1/berita")
    names = (address.physical_name(1_234_567), "berita-state", "berita-lama-000001", "berita-01")
    assert [address.number_of(name) for name in names] == [1_234_567, None, None, None]


def test_clusters_with_an_index_of_the_same_name_have_local_copies_of_their_own() -> None:
    """Neither takes the catalogue or the takedowns of the other."""
    folders = {
        parse_address(f"{scheme}://{hosts}/berita").folder_name
        for scheme in ("opensearch", "opensearchs")
        for hosts in ("es1", "es2", "es1:9201")
    }
    assert len(folders) == 6
    assert parse_address("opensearch://ES1/berita/").folder_name in folders
