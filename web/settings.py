"""The settings: one table, read from the environment once when a program starts.

>>> read_settings({"KLIPING_PORT": "9000"}).port
9000
>>> read_settings({"KLIPING_FACETS": "month, tag"}, host="0.0.0.0").site.facets
('month', 'tag')
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from index.errors import ArchiveError
from index.opensearch import ClusterOptions, mask, read_password
from search import FACETS

LANGUAGES = ("id", "en")
"""The languages of the page."""

FACET_NAMES = tuple(facet.name for facet in FACETS)

NAME_DEFAULT = "Kliping"

LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")
"""Hosts that only this machine reaches."""


class SettingError(ArchiveError):
    """A setting has a value that cannot be used."""

    def __init__(self, setting: "Setting", value: str) -> None:
        shown = "what was given" if setting.is_secret else repr(mask(value))
        super().__init__(
            f"The setting {setting.name} ({setting.variable}) must be {setting.kind}, not "
            f"{shown}. It is: {setting.text}."
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: one row of `SETTINGS`.

    Attributes:
        name: its name; the environment has it in capitals, after KLIPING_.
        default: the value if none is given.
        text: what it is, for the documentation.
        low, high: bounds of a number; both 0 for a text.
        known: the values that a text may have; empty for any.
        is_list: whether it may have several of them, separated by commas.
        has_addresses: whether it is a list of addresses of the network.
        is_secret: whether its value may be shown nowhere, nor stand in a backup.
        is_origin: whether it is the scheme and host of a site.
    """

    name: str
    default: str | int
    text: str
    low: int = 0
    high: int = 0
    known: tuple[str, ...] = ()
    is_list: bool = False
    has_addresses: bool = False
    is_secret: bool = False
    is_origin: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"KLIPING_{self.name.upper()}"

    @property
    def kind(self) -> str:
        """What values the setting takes, in words for an error message."""
        if self.high:
            return f"a number from {self.low} to {self.high}"
        if self.is_origin:
            return "a scheme and a host such as https://arsip.example"
        if self.has_addresses:
            return "addresses such as 127.0.0.1, separated by commas"
        if self.is_list:
            return f"names from this list, each once, separated by commas: {', '.join(self.known)}"
        return " or ".join(self.known)


SETTINGS = (
    Setting("index", "var/index", "index directory, or opensearch://HOST:PORT/NAME on a cluster"),
    Setting("host", "127.0.0.1", "address to listen on"),
    Setting("port", 8000, "TCP port", 1, 65535),
    Setting("workers", 2, "server processes", 1, 64),
    Setting("threads", 16, "requests at once in each process", 1, 64),
    Setting("query_seconds", 10, "longest time a query may take, in seconds", 1, 300),
    Setting("synonyms", "", "a file of other names of things, beside those that Kliping knows"),
    Setting("recency", 0, "percent of its score that the newest article gains", 0, 100),
    Setting("proxies", 0, "reverse proxies in front whose X-Forwarded headers are true", 0, 9),
    Setting(
        "limits",
        "auto",
        "bound the work of each client: on, off, or auto: on but for a loopback host",
        known=("auto", "on", "off"),
    ),
    Setting(
        "client_ms",
        500,
        "milliseconds of work a second of one client, if limits are on",
        1,
        100_000,
    ),
    Setting(
        "bot_facets",
        "yes",
        "whether crawlers that say so get facets: yes or no",
        known=("yes", "no"),
    ),
    Setting(
        "metrics_from",
        "",
        "addresses that may read /metrics, separated by commas; nobody if empty",
        has_addresses=True,
    ),
    Setting(
        "ready_hours",
        0,
        "hours after which /readyz calls an index too old; 0 for never",
        0,
        100_000,
    ),
    Setting(
        "compress",
        "yes",
        "whether answers are compressed here: yes, or no where a proxy does it",
        known=("yes", "no"),
    ),
    Setting("access_log", "text", "form of the access log: text or json", known=("text", "json")),
    Setting("slow_ms", 1000, "milliseconds from which on a request is logged as slow", 1, 600_000),
    Setting(
        "empty_log",
        "no",
        "whether searches that found nothing are logged: yes or no",
        known=("yes", "no"),
    ),
    Setting("site_name", NAME_DEFAULT, "name of the site, on every page"),
    Setting("site_text", "", "what the site is, in one sentence; if empty, Kliping's own"),
    Setting("site_origin", "", "scheme and host that readers use, for metadata", is_origin=True),
    Setting(
        "language", LANGUAGES[0], "language in which the site opens: id or en", known=LANGUAGES
    ),
    Setting(
        "facets",
        ",".join(FACET_NAMES),
        "facets that are shown, in this order, separated by commas",
        known=FACET_NAMES,
        is_list=True,
    ),
    Setting("opensearch_user", "", "user of the OpenSearch cluster; none if empty"),
    Setting("opensearch_password", "", "that user's password", is_secret=True),
    Setting("opensearch_password_file", "", "a file that has the password instead, and no more"),
    Setting("opensearch_ca", "", "file of the authorities that sign the cluster's certificates"),
    Setting(
        "opensearch_insecure",
        "no",
        "trust any certificate, so anybody who poses as the cluster: yes or no",
        known=("yes", "no"),
    ),
    Setting("opensearch_shards", 1, "shards of an index that is built on a cluster", 1, 1024),
    Setting("opensearch_replicas", 0, "further copies of each shard, on other nodes", 0, 10),
)
"""Every setting, in the order of the documentation."""


@dataclass(frozen=True, slots=True)
class Site:
    """The presentation of a site: its name, text, language and facets.

    Attributes:
        name: stands at the head and in the title of every page.
        text: what the site is, in one sentence, in whatever language; "" for Kliping's own, which
            comes in both.
        lang: the language of a URL that names none.
        facets: the facets that are shown, in order; a URL may still filter by the others.
        origin: its scheme and host, without a slash at the end; "" where nobody told them. What a
            request says of them is never repeated, since anybody can write it.
    """

    name: str = NAME_DEFAULT
    text: str = ""
    lang: str = LANGUAGES[0]
    facets: tuple[str, ...] = FACET_NAMES
    origin: str = ""


DEFAULT_SITE = Site()
"""The presentation of a site that sets nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The values of `SETTINGS`; that of a secret is a `field(repr=False)`."""

    index: str
    host: str
    port: int
    workers: int
    threads: int
    query_seconds: int
    synonyms: str
    recency: int
    proxies: int
    limits: str
    client_ms: int
    bot_facets: str
    metrics_from: str
    ready_hours: int
    compress: str
    access_log: str
    slow_ms: int
    empty_log: str
    site_name: str
    site_text: str
    site_origin: str
    language: str
    facets: tuple[str, ...]
    opensearch_user: str
    opensearch_password: str = field(repr=False)
    opensearch_password_file: str
    opensearch_ca: str
    opensearch_insecure: str
    opensearch_shards: int
    opensearch_replicas: int

    @property
    def is_limited(self) -> bool:
        """Whether the work of each client is bounded."""
        is_local = self.host in LOOPBACK_HOSTS
        return self.limits == "on" or (self.limits == "auto" and not is_local)

    @property
    def site(self) -> Site:
        """The presentation of the site; any white space in its texts becomes single spaces."""
        name, text = (" ".join(value.split()) for value in (self.site_name, self.site_text))
        return Site(name or NAME_DEFAULT, text, self.language, self.facets, self.site_origin)

    def cluster_options(self) -> ClusterOptions:
        """Return how a cluster is reached, and how its indices are made.

        Raises:
            PasswordFileError: when the file with the password cannot be read, or both are given.
        """
        return ClusterOptions(
            user=self.opensearch_user,
            password=read_password(self.opensearch_password, self.opensearch_password_file),
            ca=self.opensearch_ca,
            is_insecure=self.opensearch_insecure == "yes",
            shards=self.opensearch_shards,
            replicas=self.opensearch_replicas,
        )


def read_settings(environment: Mapping[str, str], **overrides: Any) -> Settings:
    """Return the settings.

    Args:
        environment: the environment variables; an empty one counts as none.
        **overrides: values by the name of a setting, which go before the environment; None counts
            as none.

    Raises:
        SettingError: for a value that the table does not allow.
    """
    chosen: dict[str, Any] = {}
    for setting in SETTINGS:
        given = overrides.get(setting.name) or environment.get(setting.variable) or setting.default
        chosen[setting.name] = _parse(setting, str(given))
    return Settings(**chosen)


def _parse(setting: Setting, value: str) -> int | str | tuple[str, ...]:
    if setting.high:
        return _parse_number(setting, value)
    if setting.is_origin:
        return _parse_origin(setting, value)
    if setting.has_addresses:
        return _parse_addresses(setting, value)
    if not setting.known:
        return value
    names = tuple(name for part in value.split(",") if (name := part.strip()))
    is_allowed = len(names) == 1 or (setting.is_list and names)
    if not (is_allowed and set(names) <= set(setting.known) and len(set(names)) == len(names)):
        raise SettingError(setting, value)
    return names if setting.is_list else names[0]


def _parse_addresses(setting: Setting, value: str) -> str:
    """Return addresses as the server writes them; a name or a network would admit nobody."""
    try:
        parts = filter(None, (part.strip() for part in value.split(",")))
        return ",".join(str(ip_address(part)) for part in parts)
    except ValueError as error:
        raise SettingError(setting, value) from error


def _parse_origin(setting: Setting, value: str) -> str:
    if value and not re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+/?", value):
        raise SettingError(setting, value)
    return value.rstrip("/")


def _parse_number(setting: Setting, value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(setting.high))):
        raise SettingError(setting, value)
    number = int(value)
    if not setting.low <= number <= setting.high:
        raise SettingError(setting, value)
    return number
