"""Installed packages: the version of one, and the files that come with our own.

>>> installed_version("numpy").count(".") > 0
True
>>> read_packaged("index.ingest.fields", "agencies.txt").startswith("#")
True
"""

from importlib.metadata import PackageNotFoundError, metadata
from importlib.resources import files

from index.errors import PackageError
from index.failures import shortage_behind


def installed_version(package: str) -> str:
    """Return the version of an installed package.

    Raises:
        PackageError: when its metadata is not there, does not tell it, or cannot be read now.
    """
    told = f"the installed package {package} does not tell its version"
    try:
        version = metadata(package)["Version"]
    except (PackageNotFoundError, OSError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise PackageError(told, shortage_behind(error)) from error
    if not version:  # a file of metadata that was cut: Python gives None
        raise PackageError(told)
    return version


def read_packaged(package: str, name: str) -> str:
    """Return the text of a file that comes with a package, such as a list of words.

    Raises:
        PackageError: when it is not there, is no UTF-8, or cannot be read now.
    """
    try:
        return files(package).joinpath(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, MemoryError) as error:
        told = f"the file {name} of the package {package} cannot be read"
        raise PackageError(told, shortage_behind(error)) from error
