r"""ZIP archives: each member is read like a file, and nothing is written to disk.

The location of a member is that of the archive, "!" and the member's name. Hidden members are
skipped. All members share one budget of unpacked bytes, so many small bombs are stopped as well.

>>> import io
>>> packed = io.BytesIO()
>>> with zipfile.ZipFile(packed, "w") as archive:
...     archive.writestr("a.txt", "Harga Turun\nPADANG - Harga beras turun.")
>>> origin = Origin(path="a.zip", location="a.zip")
>>> for path, row, document in read_archive(packed, origin, Budget(1000), lambda count: None):
...     print(path, row, document.title)
a.zip!a.txt 0 Harga Turun
"""

import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from index.document import Document, Rejection
from index.errors import SourceError
from index.ingest.io import (
    UNPACKING_ERRORS,
    Budget,
    Origin,
    limit_to_budget,
    read_items,
    split_packing,
    to_printable,
    unpack,
)
from index.ingest.registry import describe_unsupported, find_reader, is_archive
from index.ingest.rows import is_workbook, read_workbook

PlacedItem = tuple[str, int, Document | Rejection]
"""The path of a file, the number of a row (0 for a whole file), and its document or rejection."""

_ZIP_ERRORS = (
    *(zipfile.BadZipFile, NotImplementedError, struct.error),
    *(ValueError, OverflowError, *UNPACKING_ERRORS),
)
"""The errors that the library raises for archives that are damaged, or newer than it is."""
_ENCRYPTED = 1
"""The bit of a member's flags that says that it is encrypted."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The methods that nearly every archive uses; others cannot be unpacked in bounded steps."""
_FOREIGN_FOLDERS = ("__MACOSX",)
"""Folders that a system puts into archives for itself."""


def read_archive(
    stream: BinaryIO, origin: Origin, budget: Budget, on_bytes: Callable[[int], None]
) -> Iterator[PlacedItem]:
    """Read the members of an archive, in the order of its table of contents.

    A workbook under such a name is read as one.

    Args:
        stream: the archive, a stream that can seek.
        origin: the archive as a file.
        budget: the bytes that all members together may unpack to.
        on_bytes: called with the packed bytes of each member that is done.

    Raises:
        SourceError: malformed or too_large, when the archive cannot be opened.
    """
    bounded = cast("BinaryIO", _BoundedReads(stream, origin.limits.contents_bytes))
    try:
        archive = zipfile.ZipFile(bounded)
    except _ZIP_ERRORS as error:
        raise SourceError("malformed", f"the archive is damaged: {error}") from error
    if is_workbook(archive):
        stream.seek(0)
        for number, item in read_items(stream, origin, read_workbook):
            yield origin.path, number, item
        return
    members = [member for member in archive.infolist() if not _is_skipped(member)]
    if not members:
        raise SourceError("empty", "the archive has no member to read")
    for member in members:
        yield from _read_member(archive, member, origin, budget)
        on_bytes(member.compress_size)


class _BoundedReads:
    """The stream of an archive with a limit on each read; a table of contents is read at once."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._most = most
        self._stream = stream
        self.seek = stream.seek
        self.tell = stream.tell
        self.seekable = stream.seekable

    def read(self, size: int = -1) -> bytes:
        """Return the next `size` bytes, or all that are left if it is negative.

        Raises:
            SourceError: too_large, when there are more than the limit.
        """
        count = size if size >= 0 else self._most + 1
        data = self._stream.read(count) if count <= self._most + 1 else b""
        if count > self._most + 1 or len(data) > self._most:
            detail = f"the table of contents has more than {self._most} bytes; divide the archive"
            raise SourceError("too_large", detail)
        return data


def _is_skipped(member: zipfile.ZipInfo) -> bool:
    parts = member.filename.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part.strip(".") for part in parts)
    return member.filename.endswith("/") or hidden or parts[0] in _FOREIGN_FOLDERS


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, origin: Origin, budget: Budget
) -> Iterator[PlacedItem]:
    name = member.filename
    path, location = f"{origin.path}!{to_printable(name)}", f"{origin.location}!{name}"
    member_origin = replace(origin, path=path, location=location)
    try:
        _check_member(member)
        stream = unpack(_open_member(archive, member, budget), split_packing(name)[1], budget)
    except SourceError as error:
        yield path, *member_origin.reject(0, error)
        return
    if read := find_reader(name):
        with stream:
            for number, item in read_items(stream, member_origin, read):
                yield path, number, item


def _check_member(member: zipfile.ZipInfo) -> None:
    """Raise SourceError for a member that must not be read, before any of it is unpacked."""
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
        raise SourceError("malformed", "the name of the member leads out of the archive")
    if member.flag_bits & _ENCRYPTED:
        raise SourceError("not_supported", "the member is encrypted; unpack the archive first")
    if is_archive(name):
        detail = "an archive within an archive is not opened; unpack the outer one first"
        raise SourceError("not_supported", detail)
    if find_reader(name) is None:
        raise SourceError("not_supported", describe_unsupported(name))
    if member.compress_type not in _METHODS:
        raise SourceError("not_supported", "the member is not packed with Deflate; pack it anew")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise SourceError("not_supported", "the member is a link")


def _open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> BinaryIO:
    try:
        return limit_to_budget(_Member(archive, member), budget)
    except _ZIP_ERRORS as error:
        raise SourceError("malformed", f"the member is damaged: {error}") from error


class _Member:
    """A stream of an unpacked member; its checksum reveals damage, at its end at the latest."""

    def __init__(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        self._stream = archive.open(member)

    def read(self, size: int, /) -> bytes:
        """Return the next bytes.

        Raises:
            SourceError: malformed, when the member is damaged.
        """
        try:
            return self._stream.read(size)
        except _ZIP_ERRORS as error:
            detail = f"the member is damaged: {error}; what follows was not read"
            raise SourceError("malformed", detail) from error
