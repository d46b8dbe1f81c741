"""The manifest: what a generation was built with, and a checksum of each of its files.

It is written last, so a generation without one was never finished. It is checked before any other
file is opened: Whoosh's table of contents is a pickle, and an altered pickle runs code. This guards
against damage; the operator has to keep strangers from writing to the directory.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import xxhash

from index.errors import IndexDamagedError, SchemaMismatchError, unusable_index
from index.generations.atomic_write import write_atomically
from index.installed import installed_version
from index.schema import schema_fingerprint

MANIFEST_NAME = "manifest.json"
MANIFEST_FORMAT = 2
MANIFEST_BYTES_MOST = 16 << 20
"""A larger manifest is damaged: a file takes about a hundred bytes in it."""

BLOCK_BYTES = 4 << 20
"""How much of a file is read at once. A server reads it beside its answers, and has to ask for the
GIL after each block: with small ones, that took longer than reading."""


@dataclass(frozen=True, slots=True)
class FileChecksum:
    """Size in bytes and XXH3 checksum (32 hexadecimal digits) of one file."""

    size: int
    checksum: str


class FileStamp(NamedTuple):
    """By what a file is known again without reading it: where it is on disk, and when it changed.

    To be linked from another folder changes none of these.
    """

    device: int
    inode: int
    size: int
    modified_ns: int

    @classmethod
    def of_file(cls, path: Path) -> "FileStamp":
        """Return the stamp of a file."""
        status = path.stat()
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


class VerifiedFile(NamedTuple):
    """A file that had this checksum when it had this stamp."""

    checksum: FileChecksum
    stamp: FileStamp


NOTHING_VERIFIED: Mapping[str, VerifiedFile] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation was built with.

    Attributes:
        schema: the fingerprint of fields and analyzers, from `index.schema`.
        whoosh: the version of Whoosh that wrote the files.
        doc_count: documents in the index.
        built_at: when, in UTC, ISO 8601.
        files: every file but the manifest, by name.
    """

    schema: str
    whoosh: str
    doc_count: int
    built_at: str
    files: dict[str, FileChecksum]


def make_manifest(folder: Path, doc_count: int) -> Manifest:
    """Return the manifest of the files that are in a folder now."""
    names = sorted(path.name for path in folder.iterdir() if path.name != MANIFEST_NAME)
    return Manifest(
        schema=schema_fingerprint(),
        whoosh=installed_version("whoosh3"),
        doc_count=doc_count,
        built_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        files={name: measure_file(folder / name) for name in names},
    )


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write the manifest with its own checksum, whole or not at all."""
    content = asdict(manifest)
    raw = {"format": MANIFEST_FORMAT, "checksum": _checksum_of(content), "content": content}
    write_atomically(folder / MANIFEST_NAME, json.dumps(raw, indent=1))


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a folder, after checking that it is whole.

    Raises:
        IndexDamagedError: when it is missing, cut or altered.
        IndexUnreadableError: when the machine cannot read it now.
        SchemaMismatchError: when another version of Kliping wrote it.
    """
    path, index_path = folder / MANIFEST_NAME, folder.parents[1]
    try:
        if path.stat().st_size > MANIFEST_BYTES_MOST:
            raise IndexDamagedError(index_path, f"{MANIFEST_NAME} is too large")
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["format"] != MANIFEST_FORMAT:
            raise SchemaMismatchError(index_path, "its manifest has another form")
        content = raw["content"]
        files = {name: FileChecksum(**check) for name, check in content["files"].items()}
        manifest = Manifest(**{**content, "files": files})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise unusable_index(index_path, f"{MANIFEST_NAME} cannot be read", error) from error
    if raw.get("checksum") != _checksum_of(content):
        raise IndexDamagedError(index_path, f"{MANIFEST_NAME} was altered")
    return manifest


def check_manifest(
    manifest: Manifest,
    folder: Path,
    index_path: Path,
    verified: Mapping[str, VerifiedFile] = NOTHING_VERIFIED,
) -> dict[str, VerifiedFile]:
    """Check that a folder has the files of its manifest, and that this program can read them.

    Args:
        manifest: what was read of it.
        folder: where the files are.
        index_path: the directory to name in an error.
        verified: files of another generation, by name. One that is the same file on disk, and has
            not changed since, is not read again.

    Returns:
        All files, as they were verified.

    Raises:
        SchemaMismatchError: for other fields, another analyzer or another minor version of Whoosh.
        IndexDamagedError: for a file that is missing, cut, altered or not in the manifest.
        IndexUnreadableError: for a file that the machine cannot read now.
        PackageError: when Whoosh is not installed whole.
    """
    if manifest.schema != schema_fingerprint():
        raise SchemaMismatchError(index_path, "its fields or its analyzer are not today's")
    if _minor_version(manifest.whoosh) != _minor_version(installed_version("whoosh3")):
        raise SchemaMismatchError(index_path, f"Whoosh {manifest.whoosh} wrote it")
    known = {*manifest.files, MANIFEST_NAME}
    unknown = sorted(path.name for path in folder.iterdir() if path.name not in known)
    if unknown:
        raise IndexDamagedError(index_path, f"{unknown[0]} does not belong to it")
    return {
        name: _check_one(folder / name, expected, index_path, verified.get(name))
        for name, expected in manifest.files.items()
    }


def measure_file(path: Path) -> FileChecksum:
    """Return the size and the checksum of a file."""
    digest, size = xxhash.xxh3_128(), 0
    with path.open("rb", buffering=0) as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
            size += len(block)
    return FileChecksum(size, digest.hexdigest())


def _check_one(
    path: Path, expected: FileChecksum, index_path: Path, before: VerifiedFile | None
) -> VerifiedFile:
    try:
        # The stamp is taken first: a file that changes while it is read is then read again.
        known = VerifiedFile(expected, FileStamp.of_file(path))
        if known == before:
            return known
        found = measure_file(path)
    except OSError as error:
        raise unusable_index(index_path, f"{path.name} is missing", error) from error
    if found != expected:
        raise IndexDamagedError(index_path, f"{path.name} was cut or altered")
    return known


def _checksum_of(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _minor_version(whoosh_version: str) -> str:
    return ".".join(whoosh_version.split(".")[:2])
