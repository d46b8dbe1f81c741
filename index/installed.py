"""Installed packages: the version of one, as its metadata tells it.

>>> installed_version("numpy").count(".") > 0
True
"""

from importlib.metadata import PackageNotFoundError, metadata

from index.errors import PackageError


def installed_version(package: str) -> str:
    """Return the version of an installed package.

    Raises:
        PackageError: when its metadata is not there, or does not tell it.
    """
    try:
        version = metadata(package)["Version"]
    except (PackageNotFoundError, OSError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise PackageError(package) from error
    if not version:  # a file of metadata that was cut: Python gives None
        raise PackageError(package)
    return version
