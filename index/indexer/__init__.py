"""Index articles: build an index from files, update it with what has changed, or preview either.

    scan -> read -> deduplicate -> normalize and write -> verify -> publish

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     preview = preview_build([Path("samples/sains")], Path(folder))
...     report = build_index([Path("samples/sains")], Path(folder))
>>> report.generation, report.doc_count == preview.doc_count > 0
(1, True)

The words used here:

- scan: find the files to read below the paths given (`scan`);
- work unit: files, or a piece of one, that a process reads at once (`work_units`, `worker_pool`);
- staging table: a row per article that was read, until its fate is decided (`staging`); the
  articles themselves wait in the spool (`spool`);
- fate: what becomes of an article: added, replaced, kept, or left out (`deduplication`);
- story: what tells an article from others: its outlet, day, headline and text;
- copy: an article with the address or the story of another one; it is only counted;
- page: a part of a long article with an address of its own; it is put together with the others
  where that is certain (`article_pages`);
- former id: an id that an article had once, and that still leads to it (`former_ids`);
- corrections: what editors changed by hand, applied after reading (`corrections`,
  `correction_list`);
- down list: the articles that were taken down, by id, address and text (`down_list`, `removal`);
- change: all that a build or an update does to the index (`deduplication`, `write_articles`);
- store: where generations are kept, a directory or a cluster (`store`, `stores`, `told_address`);
- restoring: the files of a cluster's generation from a backup (`cluster_restore`);
- workspace: the folder, the staging table and the counts of a build (`workspace`);
- prune: drop the articles of files that are gone.

Left out: what an index consists of, and how one becomes current (`index.generations`).
"""

from index.indexer.article_pages import name_pages
from index.indexer.build import STEPS, build_index
from index.indexer.cluster_restore import restore_cluster
from index.indexer.correction_list import correct_article, undo_correction
from index.indexer.corrections import RULES
from index.indexer.preview import preview_build, preview_update
from index.indexer.removal import remove_articles, restore_articles
from index.indexer.report import BuildPreview, BuildReport, as_told
from index.indexer.report_forms import report_json, report_lines
from index.indexer.rollback import RolledBack, roll_back_index
from index.indexer.store import Store
from index.indexer.stores import open_store
from index.indexer.told_address import address_told
from index.indexer.update import update_index
