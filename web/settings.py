"""The settings: one table; read from the environment once, when a program starts.

>>> read_settings({"KLIPING_PORT": "9000"}).port
9000
>>> read_settings({}, host="0.0.0.0").host
'0.0.0.0'
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from index.errors import ArchiveError


class SettingError(ArchiveError):
    """A setting has a value that cannot be used."""

    def __init__(self, setting: "Setting", told: str) -> None:
        super().__init__(
            f"The setting {setting.name} ({setting.variable}) must be a number from {setting.low} "
            f"to {setting.high}, not {told!r}. It is: {setting.text}."
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, default, bounds of a number (high 0: a text), and what it is."""

    name: str
    default: str | int
    text: str
    low: int = 0
    high: int = 0

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"KLIPING_{self.name.upper()}"


SETTINGS = (
    Setting("index", "var/index", "index directory"),
    Setting("host", "127.0.0.1", "address to listen on"),
    Setting("port", 8000, "TCP port", 1, 65535),
    Setting("workers", 2, "server processes", 1, 64),
    Setting("threads", 4, "requests at once in each process", 1, 64),
    Setting("query_seconds", 10, "longest time a query may take, in seconds", 1, 300),
    Setting("synonyms", "", "a file of other names of things, beside those that Kliping knows"),
    Setting("recency", 0, "percent of its score that the newest article gains", 0, 100),
    Setting("proxies", 0, "reverse proxies in front whose X-Forwarded headers are true", 0, 9),
)
"""Every setting, in the order of the documentation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The values of `SETTINGS`."""

    index: str
    host: str
    port: int
    workers: int
    threads: int
    query_seconds: int
    synonyms: str
    recency: int
    proxies: int


def read_settings(environment: Mapping[str, str], **overrides: Any) -> Settings:
    """Return the settings: an override that says something, else the environment, else the default.

    Raises:
        SettingError: for a number that is none, or out of its bounds.
    """
    chosen: dict[str, Any] = {}
    for setting in SETTINGS:
        told = overrides.get(setting.name) or environment.get(setting.variable) or setting.default
        chosen[setting.name] = _checked(setting, str(told))
    return Settings(**{field.name: chosen[field.name] for field in fields(Settings)})


def _checked(setting: Setting, told: str) -> str | int:
    if not setting.high:
        return told
    if not (told.isascii() and told.isdigit() and len(told) <= len(str(setting.high))):
        raise SettingError(setting, told)
    number = int(told)
    if not setting.low <= number <= setting.high:
        raise SettingError(setting, told)
    return number
