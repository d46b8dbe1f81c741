"""The address of an index on an OpenSearch cluster: its nodes, and the index's name.

>>> address = parse_address("opensearch://es1:9200,es2/berita")
>>> [*map(str, address.hosts)], address.name, str(address)
(['es1:9200', 'es2:9200'], 'berita', 'opensearch://es1:9200,es2:9200/berita')
>>> address.physical_name(42), address.state_name, address.number_of("berita-000042")
('berita-000042', 'berita-state', 42)
>>> mask("opensearch://ana:rahasia@es1/berita")
'opensearch://***@es1/berita'
"""

import hashlib
import re
from typing import NamedTuple

from index.opensearch.errors import AddressError

SCHEMES = {"opensearch://": False, "opensearchs://": True}
"""By the beginning of an address, whether TLS is spoken."""
PORT_DEFAULT = 9200
PORT_MOST = 65_535
HOSTS_MOST = 64
NAME_CHARS_MOST = 60
"""Characters of a name; OpenSearch takes 255 bytes, the number of a generation among them."""
FOLDER_DIGEST_BYTES = 6

_NAME = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{NAME_CHARS_MOST - 1}}}")
_RESERVED = re.compile(r".*-(state|\d{6,})")
"""What is behind the name in the names of its own indices, so that two archives never share one."""
_HOST = re.compile(
    r"(?P<name>[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::(?P<port>\d{1,5}))?"
)
_SECRET = re.compile(r"(?<=://)[^/]*@")


class Host(NamedTuple):
    """A node of a cluster."""

    name: str
    port: int

    def __str__(self) -> str:
        return f"{self.name}:{self.port}"


class ClusterAddress(NamedTuple):
    """Where an index is: the nodes of a cluster, and its name there.

    Attributes:
        hosts: the nodes that are asked.
        name: of the alias, under which the current generation is searched.
        is_secure: whether TLS is spoken.
    """

    hosts: tuple[Host, ...]
    name: str
    is_secure: bool

    def __str__(self) -> str:
        scheme = "opensearchs" if self.is_secure else "opensearch"
        return f"{scheme}://{','.join(map(str, self.hosts))}/{self.name}"

    @property
    def folder_name(self) -> str:
        """The folder of its local copy: another cluster may have an index of the same name."""
        digest = hashlib.blake2b(str(self).encode(), digest_size=FOLDER_DIGEST_BYTES)
        return f"{self.name}-{digest.hexdigest()}"

    @property
    def state_name(self) -> str:
        """The index that has the lock and the files of each generation."""
        return f"{self.name}-state"

    def physical_name(self, number: int) -> str:
        """Return the index of a generation."""
        return f"{self.name}-{number:06d}"

    def number_of(self, physical_name: str) -> int | None:
        """Return the number of the generation whose index has a name; None for any other index."""
        found = re.fullmatch(rf"{re.escape(self.name)}-(\d{{6,}})", physical_name)
        return int(found[1]) if found else None


def is_cluster_address(text: str) -> bool:
    """Return whether a text is meant as an address, however it begins, and not as a directory."""
    return "://" in text


def parse_address(text: str) -> ClusterAddress:
    """Return the address that a text has.

    Raises:
        AddressError: when it has none, or a password, which would stand in lists of processes.
    """
    scheme = next((scheme for scheme in SCHEMES if text.startswith(scheme)), None)
    if scheme is None:
        raise AddressError("it begins with neither opensearch:// nor opensearchs://")
    hosts, slash, name = text.removeprefix(scheme).partition("/")
    if "@" in hosts:
        raise AddressError(
            "a user and a password do not belong into it, since lists of processes and histories "
            "show them; they are given by KLIPING_OPENSEARCH_USER and "
            "KLIPING_OPENSEARCH_PASSWORD_FILE"
        )
    name = name.removesuffix("/")
    if not slash or not _NAME.fullmatch(name):
        raise AddressError(
            f"the name of the index, behind the hosts, has 1 to {NAME_CHARS_MOST} lower-case "
            "letters, digits, - and _, and begins with a letter or a digit"
        )
    if _RESERVED.fullmatch(name):
        raise AddressError("a name that ends with -state or with six digits is kept for Kliping")
    return ClusterAddress(_parse_hosts(hosts), name, SCHEMES[scheme])


def mask(text: str) -> str:
    """Return an address as it may be shown: without a user and a password."""
    return _SECRET.sub("***@", text)


def _parse_hosts(text: str) -> tuple[Host, ...]:
    parts = text.split(",")
    if len(parts) > HOSTS_MOST:
        raise AddressError(f"it has more than {HOSTS_MOST} hosts")
    return tuple(dict.fromkeys(map(_parse_host, parts)))


def _parse_host(text: str) -> Host:
    found = _HOST.fullmatch(text)
    if not found:
        raise AddressError("a host is a name or an IP address, with :PORT behind it")
    port = int(found["port"] or PORT_DEFAULT)
    if not 0 < port <= PORT_MOST:
        raise AddressError(f"a port is a number from 1 to {PORT_MOST}")
    return Host(found["name"].lower(), port)
