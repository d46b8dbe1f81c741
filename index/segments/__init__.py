"""Write, read and merge segments: an inverted index in one file of arrays.

A segment has up to 65,535 documents. It is written once, mapped into memory, and never changes;
to delete a document is to open its segment with that number deleted. Fields are known here by name
and kind (`Layout`), not by what they mean.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from index.analysis import Stems, tokenize_batch
>>> layout = Layout(words=("body",), derived=(Derived("body_stem", "body"),))
>>> texts = {"body": ["Harga beras naik", "Beras impor"]}
>>> batch = Batch(texts=texts, keys={}, numbers={}, facets={}, stored=[b"first", b"second"])
>>> with TemporaryDirectory() as folder:
...     with SegmentWriter(
...         Path(folder), layout, tokenize=tokenize_batch, derive=Stems(), name=lambda: "one"
...     ) as writer:
...         writer.add(batch)
...         written = writer.finish()
...     segment = open_segment(Path(folder, "one.col"))
>>> start, stop = segment.posting_range(segment.terms.ordinal("body", b"beras"))
>>> segment.docs[start:stop].tolist(), segment.stored.document(1)
([0, 1], b'second')
>>> segment.terms.words_within("body", "beres", 1)
['beras']

The words used here:

- doc: the number of a document in its segment; live: not deleted;
- term: a word, stem or key of a field; ordinal: its number in the sorted term dictionary;
- rank: its number among sorted terms that are not in a segment yet;
- posting: a document that has a term, with the term's frequency and its positions there;
- derived field: a field whose terms follow from the words of another, as stems do; alias: a derived
  term with the postings of its only word;
- key: a field of one exact value; facet ordinal: the number of a facet value among all facets';
- order: documents sorted by a number and a key; norm: a field's length, rounded to one byte;
- lane: a thread of a build with its own table of terms; batch: some hundred documents.

The modules, in the order in which a segment comes about:

- `layout`: the fields; `term_table`: terms numbered as they come, then sorted;
- `inverter`: tokens to postings; `derived_fields`: postings of stems from those of words;
- `facet_columns`, `field_norms`, `stored_fields`: values, lengths and texts by document;
- `segment_file`: all of it as named arrays; `array_file`: the file of arrays;
- `segment_writer`: segments from batches, on all cores;
- `segment`, `term_dictionary`: an open segment;
- `merge_policy`, `merger`: which segments to merge, and how;
- `kernels`: the compiled loops.

Left out: analysis of text (the writer is handed two functions), scoring and queries
(`search.execution`), and the list of an index's segments (`index.whoosh_codec`).
"""

from index.segments.array_file import SUFFIX, map_arrays, map_file, write_arrays
from index.segments.batch import Batch
from index.segments.errors import SegmentDamagedError, SegmentError, SegmentVersionError
from index.segments.field_norms import length_table
from index.segments.layout import Derived, Layout, SortOrder
from index.segments.merge_policy import SegmentSize, segments_to_merge
from index.segments.merger import merge_segments
from index.segments.segment import NO_NUMBER, FacetRange, Segment, open_segment
from index.segments.segment_writer import SegmentWriter
from index.segments.term_dictionary import TermField
from index.segments.term_table import TermTable, copy_spans
