"""Put all that a site needs into one archive, and restore it on an empty machine.

    .venv/bin/python scripts/backup.py make ARCHIVE.tar [--index DIR|ADDRESS]
    .venv/bin/python scripts/backup.py restore ARCHIVE.tar [--index DIR|ADDRESS]

In it are the generation that is served with its catalogue, the list of articles taken down, the
corrections, the file of other names (KLIPING_SYNONYMS), and the settings, as KLIPING_ lines of an
environment file. It is written whole or not at all, and has a checksum of each file. Of an index on
a cluster it has all but the index itself, which snapshots of OpenSearch save; it is restored where
that index is.

Exit codes: 0 done; 1 failed, nothing was changed; 2 wrong usage; 130 stopped with Ctrl-C.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import LOADING_MB, start

    start("backup", LOADING_MB)


import argparse
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import xxhash
from indexing.index_setting import warn
from indexing.outcome import FAILURES, say, tell
from indexing.start import run

from index.errors import ArchiveError
from index.generations import (
    LIST_NAME,
    build_lock,
    building_folder,
    clear_leftovers,
    current_number,
    generation_path,
    list_path,
    measure_file,
    next_number,
    open_generation,
    point_to,
    pointer_stamp,
    sync,
    sync_files,
)
from index.indexer import Store, address_told, open_store, restore_cluster
from index.opensearch import (
    Connection,
    current_index_number,
    is_cluster_address,
    mask,
    parse_address,
)
from web import SETTINGS, Settings, read_settings

SUMS_NAME = "checksums.json"
"""The last file: a checksum of each, so an archive that was cut is noticed."""
GENERATION = "generation/"
BESIDE = (LIST_NAME, "corrections.csv")
"""Files of the index directory beside the generations."""
OTHERS = ("synonyms.tsv", "settings.env")
"""Files that are put beside the index directory, for whoever restores it."""
BLOCK_BYTES = 4 << 20
_SNAPSHOTS = (
    " The index itself is not in it: save it with a snapshot of OpenSearch, as docs/operating.md "
    "says under Backup."
)
TABLE_OF_CONTENTS = "*.toc"
"""A file of every index directory, and of no cluster."""
_OF_CLUSTER = (
    "{} has no index: it is one of a cluster, and restored there. Name the address with --index."
)
_WRONG_FILES = (FileNotFoundError, FileExistsError, RecursionError)
"""What an archive without a file, with one twice, or with nested checksums leads to."""


class BackupError(ArchiveError):
    """An archive cannot be made or restored."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make or restore an archive; return the exit code."""
    options = _make_parser().parse_args(arguments)
    try:
        settings = read_settings(os.environ, index=options.index)
        warn("backup", settings)
        store, index_path = open_store(settings.index, settings.cluster_options())
        with address_told(index_path, store.name_of(index_path)):
            if options.action == "make":
                synonyms = Path(settings.synonyms or os.devnull)
                done = make_backup(index_path, options.archive, synonyms, store)
                done += _SNAPSHOTS if is_cluster_address(settings.index) else ""
            elif is_cluster_address(settings.index):
                done = _restore_cluster(options.archive, settings)
            else:
                done = restore_backup(options.archive, index_path)
    except FAILURES as error:
        return tell("backup", error, "nothing was changed")
    say("backup", [done])
    return 0


def make_backup(index_path: Path, archive: Path, synonyms: Path, store: Store) -> str:
    """Write the archive of an index, whole or not at all; return what was done."""
    unfinished = archive.with_name(f"{archive.name}.tmp")
    store.fetch(index_path)
    current_number(index_path)  # raises before a lock is made where no index is
    with store.locked(index_path):  # or an update would remove what is being read
        base = store.open_current(index_path)
        files = {f"{GENERATION}{path.name}": path for path in sorted(base.folder.iterdir())}
        files |= {name: list_path(index_path, name) for name in BESIDE}
        files |= {"synonyms.tsv": synonyms}
        try:
            with unfinished.open("wb") as file:
                _write_archive(file, {n: p for n, p in files.items() if p.is_file()})
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(archive)
        finally:
            unfinished.unlink(missing_ok=True)
    sync(archive.parent)
    return f"Generation {base.number} of {store.name_of(index_path)} is in {archive}."


def _restore_cluster(archive: Path, settings: Settings) -> str:
    """Put back what a cluster has beside its indices; return what was done, as a sentence."""
    address = parse_address(settings.index)
    with TemporaryDirectory() as name:
        unpacked = Path(name) / "unpacked"
        unpacked.mkdir()
        _unpack(archive, unpacked)
        connection = Connection(address, settings.cluster_options())
        number = restore_cluster(connection, unpacked / GENERATION)
    served = current_index_number(connection)
    is_served = "" if served == number else f" It is not served: the alias names {served}."
    return f"Generation {number} of {address} has its catalogue and its lists again.{is_served}"


def restore_backup(archive: Path, index_path: Path) -> str:
    """Make an index directory of an archive; nothing is left of one that is not sound.

    Returns:
        What was done, as a sentence.

    Raises:
        BackupError: when there is an index already, or the archive is not sound.
    """
    if pointer_stamp(index_path):
        raise BackupError(f"There is an index in {index_path}; name another place with --index.")
    with build_lock(index_path):
        clear_leftovers(index_path)  # of a restoring that was killed
        number = next_number(index_path)
        target = generation_path(index_path, number)
        with building_folder(index_path, number) as folder:
            unpacked = folder / "unpacked"
            unpacked.mkdir()
            _unpack(archive, unpacked)
            if not any((unpacked / GENERATION).glob(TABLE_OF_CONTENTS)):
                raise BackupError(_OF_CLUSTER.format(archive))
            (unpacked / GENERATION).rename(target)
            sync_files(target)
            try:
                doc_count = open_generation(index_path, number).manifest.doc_count
            except ArchiveError:
                shutil.rmtree(target)
                raise
            _restore_others(unpacked, index_path)
        sync(index_path / "generations")
        point_to(index_path, number)
    return f"{doc_count:,} articles are served from {index_path}."


def _restore_others(unpacked: Path, index_path: Path) -> None:
    """Put what stands beside a generation in its place; a list that has survived stays."""
    for name in (*BESIDE, *OTHERS):
        place = index_path if name in BESIDE else index_path.absolute().parent
        has_survived = name in BESIDE and list_path(index_path, name).is_file()
        if (unpacked / name).is_file() and not (place / name).exists() and not has_survived:
            # Whole or not at all: the next restoring would take a half one for a survivor.
            unfinished = place / f"{name}.tmp"
            shutil.copyfile(unpacked / name, unfinished)
            sync(unfinished)
            unfinished.replace(place / name)
            sync(place)


def _write_archive(file: io.BufferedWriter, files: dict[str, Path]) -> None:
    sums = {}
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, path in files.items():
            sums[name] = measure_file(path).checksum
            tar.add(path.resolve(), name, recursive=False)
        shown = (setting.variable for setting in SETTINGS if not setting.is_secret)
        variables = (variable for variable in shown if variable in os.environ)
        lines = "".join(f"{name}={mask(os.environ[name])}\n" for name in variables)
        settings = os.fsencode(lines)
        sums["settings.env"] = xxhash.xxh3_128_hexdigest(settings)
        for name, data in (("settings.env", settings), (SUMS_NAME, json.dumps(sums).encode())):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack the files that an archive may have, and compare them with their checksums."""
    (folder / GENERATION).mkdir()
    try:
        with tarfile.open(archive, "r:") as tar:
            for entry in _known(tar):
                source = tar.extractfile(entry)
                if source:
                    with (folder / entry.name).open("xb") as target:
                        shutil.copyfileobj(source, target, BLOCK_BYTES)
        broken = _broken_files(folder)
    except (tarfile.TarError, ValueError, AttributeError, *_WRONG_FILES) as error:
        raise BackupError(
            f"{archive} is no whole archive of scripts/backup.py: {error}."
        ) from error
    if broken:
        raise BackupError(f"{archive} was cut or altered: {broken[0]}. Take an older archive.")


def _broken_files(folder: Path) -> list[str]:
    """Return the files that are not as their checksums say, and those on one side alone."""
    sums = json.loads((folder / SUMS_NAME).read_text(encoding="utf-8"))
    if not isinstance(sums, dict):
        raise ValueError(f"{SUMS_NAME} is no table of checksums")  # noqa: TRY004 - as json's own
    files = {str(p.relative_to(folder)): p for p in sorted(folder.rglob("*")) if p.is_file()}
    del files[SUMS_NAME]
    found = {name: measure_file(path).checksum for name, path in files.items()}
    return sorted(name for name in {*found, *sums} if found.get(name) != sums.get(name))


def _known(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Yield the entries of an archive: plain files in their places, and nothing that leads out."""
    for entry in tar:
        name = entry.name.removeprefix(GENERATION)
        is_known = entry.name in (*BESIDE, *OTHERS, SUMS_NAME) or name != entry.name
        is_plain = entry.isreg() and not entry.issparse()  # holes would fill the disk
        if not (is_plain and is_known and name == Path(name).name and name.strip(".")):
            raise ValueError(f"{entry.name} does not belong into it")
        yield entry


def _make_parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="backup.py", description=summary)
    parser.add_argument("action", choices=("make", "restore"), metavar="make|restore")
    parser.add_argument("archive", type=Path, metavar="ARCHIVE", help="a .tar file")
    parser.add_argument("--index", metavar="DIR", help="index directory (default: var/index)")
    return parser


if __name__ == "__main__":
    run("backup", main)
