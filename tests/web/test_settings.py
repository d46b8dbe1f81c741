"""Settings come from options, then the environment, then the table; wrong ones are told."""

import pytest

from web.settings import SETTINGS, Setting, SettingError, read_settings

NUMBERS = [setting for setting in SETTINGS if setting.high]


def test_defaults_are_those_of_the_table() -> None:
    """Without a word the site is served to this machine alone."""
    settings = read_settings({})
    assert (settings.host, settings.port, settings.index) == ("127.0.0.1", 8000, "var/index")
    assert settings.proxies == 0


def test_option_goes_before_the_environment() -> None:
    """What was typed now counts more than what was set once."""
    environment = {"KLIPING_PORT": "9000", "KLIPING_WORKERS": "3"}
    settings = read_settings(environment, port="9001", workers=None)
    assert (settings.port, settings.workers) == (9001, 3)


def test_empty_variable_means_none() -> None:
    """An empty variable is how many systems say that nothing is set."""
    assert read_settings({"KLIPING_PORT": ""}).port == 8000


def test_variables_of_others_are_ignored() -> None:
    """The environment holds much that is not ours."""
    assert read_settings({"PORT": "1", "KLIPING_COLOUR": "red"}) == read_settings({})


@pytest.mark.parametrize("setting", NUMBERS, ids=lambda setting: setting.name)
def test_number_takes_its_bounds_and_nothing_beyond(setting: Setting) -> None:
    """The bounds are part of the range."""
    for value in (setting.low, setting.high):
        read = read_settings({setting.variable: str(value)})
        assert getattr(read, setting.name) == value
    for value in (setting.low - 1, setting.high + 1):
        with pytest.raises(SettingError):
            read_settings({setting.variable: str(value)})


@pytest.mark.parametrize("told", ["x", "1.5", "-1", "+1", "٣", "1_0", " 1", "9" * 5000])
def test_what_is_no_number_is_refused_with_name_and_range(told: str) -> None:
    """One sentence says which variable, what it takes, and what it is."""
    with pytest.raises(SettingError) as caught:
        read_settings({"KLIPING_WORKERS": told})
    assert "KLIPING_WORKERS" in str(caught.value)
    assert "from 1 to 64" in str(caught.value)
    assert "server processes" in str(caught.value)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_says_what_it_is_and_has_a_default_it_takes(setting: Setting) -> None:
    """The documentation is made from the table."""
    assert setting.text
    assert getattr(read_settings({}), setting.name) == setting.default
