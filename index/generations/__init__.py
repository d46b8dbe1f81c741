"""Generations: whole, immutable indexes on disk, one of which is current.

A build writes a new generation beside the one that is served, checks it, and makes it current in
one step; readers see the old index or the new one, never a mixture. The one before it stays, so
that there is something to roll back to.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from index.document import Document
>>> with TemporaryDirectory() as name:
...     with build_lock(Path(name)), building_folder(Path(name), 1) as folder:
...         with GenerationWriter(folder) as writer:
...             writer.add(Document(doc_id="a", title="Harga beras", body="Harga beras turun."))
...             doc_count = writer.commit()
...         size = publish_generation(Path(name), 1, doc_count, print)
...     open_current(Path(name)).manifest.doc_count
synced
numbered
current
cleaned
1

The words used here:

- index directory: the folder of all generations, with the pointer and the lock (`directory`);
- pointer: the file that names the current generation;
- manifest: what a generation was built with, and a checksum of each of its files (`manifest`); it
  is checked before any other file is opened;
- catalogue: the database of the files that were read and of the articles in them, which an update
  compares with (`catalog`);
- takedown: an article that no build may bring back (`takedowns`);
- update: the next generation made from the one before and from changes (`updater`).

Left out: reading articles and deciding what is indexed (`index.indexer`), the form of a segment
(`index.segments`), and how Whoosh opens one (`index.whoosh_codec`).
"""

from index.generations.atomic_write import sync, sync_files, write_atomically
from index.generations.catalog import Catalog
from index.generations.catalog_tables import PIPED, Article, Copy, KnownFile, Trace
from index.generations.catalog_writer import CatalogWriter
from index.generations.directory import (
    build_lock,
    building_folder,
    current_folder,
    current_number,
    earlier_numbers,
    generation_path,
    is_index,
    next_number,
    point_to,
    pointer_stamp,
    prepare_directory,
    remove_generations,
    remove_pointer,
    served_number,
)
from index.generations.generation import Generation, open_current, open_generation
from index.generations.inspection import Finding, inspect_index
from index.generations.manifest import (
    MANIFEST_NAME,
    Manifest,
    make_manifest,
    measure_file,
    read_manifest,
    write_manifest,
)
from index.generations.publish import (
    clear_leftovers,
    open_previous,
    publish_generation,
    refuse_shrinking,
    refuse_wrong_clock,
)
from index.generations.takedowns import (
    LIST_NAME,
    Evidence,
    Takedowns,
    TakenDown,
    list_path,
    read_list,
    read_takedowns,
    write_takedowns,
)
from index.generations.updater import GenerationUpdate
from index.generations.verification import ExpectedIndex, check_generation, check_update
from index.generations.writer import GenerationWriter
