"""Settings come from options, then the environment, then the table; wrong ones are refused."""

from pathlib import Path

import pytest

from index.opensearch import ClusterOptions, PasswordFileError
from search.facets import FACETS
from web.settings import DEFAULT_SITE, SETTINGS, Setting, SettingError, Site, read_settings

NUMBERS = [setting for setting in SETTINGS if setting.high]


def test_defaults_are_those_of_the_table() -> None:
    """By default the site is served to this machine only."""
    settings = read_settings({})
    assert (settings.host, settings.port, settings.index) == ("127.0.0.1", 8000, "var/index")
    assert settings.proxies == 0


def test_option_goes_before_the_environment() -> None:
    """A command's option overrides the environment."""
    environment = {"KLIPING_PORT": "9000", "KLIPING_WORKERS": "3"}
    settings = read_settings(environment, port="9001", workers=None)
    assert (settings.port, settings.workers) == (9001, 3)


def test_empty_variable_means_none() -> None:
    """Many systems set an empty variable to say that there is none."""
    assert read_settings({"KLIPING_PORT": ""}).port == 8000


def test_variables_of_others_are_ignored() -> None:
    """The environment has variables of other programs."""
    assert read_settings({"PORT": "1", "KLIPING_COLOUR": "red"}) == read_settings({})


@pytest.mark.parametrize("setting", NUMBERS, ids=lambda setting: setting.name)
def test_number_takes_its_bounds_and_nothing_beyond(setting: Setting) -> None:
    """Both bounds are allowed."""
    for value in (setting.low, setting.high):
        read = read_settings({setting.variable: str(value)})
        assert getattr(read, setting.name) == value
    for value in (setting.low - 1, setting.high + 1):
        with pytest.raises(SettingError):
            read_settings({setting.variable: str(value)})


@pytest.mark.parametrize("value", ["x", "1.5", "-1", "+1", "٣", "1_0", " 1", "9" * 5000])
def test_what_is_no_number_is_refused_with_name_and_range(value: str) -> None:
    """One sentence says which variable, what it takes, and what it is."""
    with pytest.raises(SettingError) as caught:
        read_settings({"KLIPING_WORKERS": value})
    assert "KLIPING_WORKERS" in str(caught.value)
    assert "from 1 to 64" in str(caught.value)
    assert "server processes" in str(caught.value)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_says_what_it_is_and_has_a_default_it_takes(setting: Setting) -> None:
    """The documentation is made from the table."""
    assert setting.text
    assert read_settings({setting.variable: str(setting.default)}) == read_settings({})
    if not setting.is_list:
        assert getattr(read_settings({}), setting.name) == setting.default


def test_site_has_kliping_s_face_if_none_is_set() -> None:
    """All facets, in Indonesian; a name of nothing but spaces is none."""
    assert read_settings({}).site == DEFAULT_SITE
    assert read_settings({"KLIPING_SITE_NAME": "  "}).site.name == "Kliping"
    assert DEFAULT_SITE.facets == tuple(facet.name for facet in FACETS)


def test_site_takes_its_face_from_the_settings() -> None:
    """Line breaks and other white space in a text are single spaces."""
    site = read_settings(
        {
            "KLIPING_SITE_NAME": " Arsip\n Satu ",
            "KLIPING_SITE_TEXT": "Semua\tberita.",
            "KLIPING_LANGUAGE": " en ",
            "KLIPING_FACETS": "month , tag,, source",
        }
    ).site
    assert site == Site("Arsip Satu", "Semua berita.", "en", ("month", "tag", "source"))


@pytest.mark.parametrize(
    "value", ["tag,mood", "Tag", "tag author", ",", " , ", "not_tag", "tag,tag"]
)
def test_unknown_facet_is_refused_with_those_that_are_known(value: str) -> None:
    """One sentence has the variable, what it takes and what it is."""
    with pytest.raises(SettingError) as caught:
        read_settings({"KLIPING_FACETS": value})
    assert f"not {value!r}" in str(caught.value)
    assert "(KLIPING_FACETS) must be names from this list" in str(caught.value)
    assert "tag, author, month, source, category, date_source" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_refused_value_of_a_secret_is_not_told() -> None:
    """Neither itself, nor in what is told of an address with a user and a password in it."""
    secret = Setting("cluster_password", "", "a word", known=("a",), is_secret=True)
    assert "rahasia" not in str(SettingError(secret, "rahasia"))
    told = str(SettingError(SETTINGS[0], "opensearch://ana:rahasia@es1/berita"))
    assert "rahasia" not in told
    assert "***@es1/berita" in told


SECRET_WORDS = ("password", "token", "secret", "key")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_setting_that_is_called_a_secret_is_one(setting: Setting) -> None:
    """And no value of a secret is in what Python prints of the settings; a file may be named."""
    named = any(word in setting.name for word in SECRET_WORDS) and "_file" not in setting.name
    assert setting.is_secret or not named
    if setting.is_secret:
        assert "rahasia" not in repr(read_settings({setting.variable: "rahasia"}))


@pytest.mark.parametrize("value", ["fr", "EN", "id,en", "indonesia"])
def test_unknown_language_is_refused_with_those_that_are_known(value: str) -> None:
    """The page has two."""
    with pytest.raises(SettingError, match="KLIPING_LANGUAGE") as caught:
        read_settings({"KLIPING_LANGUAGE": value})
    assert "must be id or en" in str(caught.value)


@pytest.mark.parametrize("value", ["pemantau", "10.0.0.0/8", "127.0.0.1;127.0.0.2", "127.0.0.1:80"])
def test_what_is_no_address_is_refused(value: str) -> None:
    """It would admit nobody, and nobody would know why."""
    with pytest.raises(SettingError, match="must be addresses such as"):
        read_settings({"KLIPING_METRICS_FROM": value})


def test_addresses_are_written_as_the_server_writes_them() -> None:
    """However a hand has written them."""
    found = read_settings({"KLIPING_METRICS_FROM": " 127.0.0.1, 0:0::0001,"})
    assert found.metrics_from == "127.0.0.1,::1"


def test_cluster_is_reached_as_the_settings_say(tmp_path: Path) -> None:
    """The password comes from its file, without the end of its line."""
    (tmp_path / "password").write_text("raha sia\n", encoding="utf-8")
    environment = {
        "KLIPING_OPENSEARCH_USER": "ana",
        "KLIPING_OPENSEARCH_PASSWORD_FILE": str(tmp_path / "password"),
        "KLIPING_OPENSEARCH_CA": "ca.pem",
        "KLIPING_OPENSEARCH_INSECURE": "yes",
        "KLIPING_OPENSEARCH_SHARDS": "12",
        "KLIPING_OPENSEARCH_REPLICAS": "2",
    }
    options = read_settings(environment).cluster_options()
    assert (options.user, options.password) == ("ana", "raha sia")
    assert (options.ca, options.is_insecure) == ("ca.pem", True)
    assert (options.shards, options.replicas) == (12, 2)
    assert read_settings({}).cluster_options() == ClusterOptions()


def test_password_given_twice_is_refused() -> None:
    """Nobody could tell which of them counts; neither is told."""
    environment = {
        "KLIPING_OPENSEARCH_PASSWORD": "rahasia",
        "KLIPING_OPENSEARCH_PASSWORD_FILE": "password",
    }
    with pytest.raises(PasswordFileError) as caught:
        read_settings(environment).cluster_options()
    assert "rahasia" not in str(caught.value)
