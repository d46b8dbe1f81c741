"""Failures of SQLite: what the system refused it, or a fault of the database itself.

A database that the machine cannot read now is not damaged (`index.failures`).

>>> error = sqlite3.OperationalError("disk I/O error")
>>> error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
>>> system_error(error, Path("catalog.sqlite")).errno == errno.EIO
True
"""

import errno
import sqlite3
from pathlib import Path

from index.failures import UNTOLD

_PRIMARY_CODE = 0xFF
_NUMBERS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
    sqlite3.SQLITE_IOERR_NOMEM: errno.ENOMEM,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EROFS,
}
"""The system's number for a code of SQLite, a full one or a primary one."""


def system_error(error: sqlite3.Error, path: Path) -> OSError | None:
    """Return what the system refused SQLite; None where SQLite found fault with the database.

    Args:
        error: what SQLite raised.
        path: the database.
    """
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    primary = code & _PRIMARY_CODE
    if primary == sqlite3.SQLITE_CANTOPEN:  # SQLite keeps the reason for itself: ask once more
        try:
            path.open("rb").close()
        except OSError as reason:
            return reason
        return OSError(UNTOLD, str(error), str(path))
    number = _NUMBERS.get(code, _NUMBERS.get(primary))
    return OSError(number, str(error), str(path)) if number else None
