"""Options of a cluster: user, password, certificates, shards and replicas."""

from dataclasses import dataclass, field
from pathlib import Path

from index.opensearch.errors import PasswordFileError

PASSWORD_BYTES_MOST = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterOptions:
    """How a cluster is reached, and how its indices are made.

    Attributes:
        user, password: of HTTP's basic authentication; "" for none.
        ca: the file of the authorities that sign certificates; "" for the system's own.
        is_insecure: whether certificates are not checked.
        shards: of an index that is built.
        replicas: of each shard.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""
    is_insecure: bool = False
    shards: int = 1
    replicas: int = 0


def read_password(password: str, path: str) -> str:
    """Return the password that is given, or that stands in a file.

    Raises:
        PasswordFileError: when the file cannot be read, or both are given.
    """
    if not path:
        return password
    if password:
        raise PasswordFileError("it is given both in a variable and in a file")
    try:
        with Path(path).open("rb") as file:
            return file.read(PASSWORD_BYTES_MOST).decode().rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise PasswordFileError(f"{path} is no file of text that this user may read") from error
