"""Analysis of the whole archive: near duplicates, spellings, repeated lines, phrases.

Everything here reads many articles to decide something about one. Each part has two halves: one
that collects (signatures, counts) while articles pass by, and one that decides when all have.

>>> from index.document import Document
>>> story = " ".join(f"kata{number}" for number in range(60))
>>> rows = [Document(doc_id=i, title=f"Judul {i}", body=story, source=i) for i in ("b", "a")]
>>> group_near_duplicates(["b", "a"], make_signatures(rows))
{'b': 'a'}

The words used here:

- signature: what is kept of an article to find its near duplicates (`near_duplicates`);
- near duplicate: an article with most words of another one, printed within days of it;
- representative: the article that stands for a group of near duplicates (`duplicate_groups`);
- spelling: one way to write a value; all spellings of a value share a key (`value_spellings`);
- repeated line: boilerplate that an outlet puts under all of its articles (`repeated_lines`);
- normalization: the chosen spellings and the repeated lines, applied to each document
  (`normalization`);
- coverage: what there is of each outlet, by year and day (`coverage`);
- frequent phrase: two or three words that many articles contain (`frequent_phrases`).

Left out: copies with the same address or the same story, which `index.indexer` finds before any
article is indexed.
"""

from index.corpus.coverage import (
    COVERAGE_NAME,
    Coverage,
    OutletCoverage,
    read_coverage,
    write_coverage,
    write_coverage_of,
)
from index.corpus.duplicate_groups import NO_GROUPS, DuplicateGroups, read_groups, write_groups
from index.corpus.frequent_phrases import (
    PHRASE_SAMPLE_MOST,
    PHRASE_TEXT_LENGTH_MOST,
    PHRASES_NAME,
    read_phrases,
    sample_keys,
    write_phrases,
    write_phrases_of,
)
from index.corpus.live_documents import find_live_documents
from index.corpus.near_duplicates import (
    SIGNATURE,
    Signatures,
    group_near_duplicates,
    make_signatures,
)
from index.corpus.normalization import Learner, Normalization, normalize
from index.corpus.repeated_lines import LastLines, hash_last_lines, hash_text
from index.corpus.value_spellings import SpellingCounts
