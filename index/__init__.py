"""Index articles: from files of articles to an index on disk that `search` opens.

    files --ingest--> Document --analysis--> tokens --segments--> generation --search--> results

>>> from index.document import Document
>>> article = Document(doc_id="a1", title="Harga beras turun", body="Harga beras turun pagi ini.")
>>> article.date_source
'unknown'

The packages, each with its own front page:

- `indexer`: the job, a build or an update, from paths to a published generation;
- `opensearch`: the same on an OpenSearch cluster: its mapping, documents as it takes them;
- `generations`: whole indexes on disk, one of which is current: write, verify, publish, open;
- `corpus`: what follows from all articles together: near duplicates, spellings, phrases;
- `ingest`: files of articles to documents; it knows no index;
- `whoosh_codec`: opens a generation as a Whoosh index;
- `analysis`: text to tokens and stems;
- `segments`: the form of an index file: write, read and merge.

The modules beside them are shared by all, `search` and `web` too: the values (`document`), the
errors (`errors`), the fields of an index (`schema`), how arrays are typed and loops compiled
(`arrays`, `compiled`). This package exports nothing else: whoever needs a job imports it from its
package, so that a server loads no readers of files.

Left out: queries, pages, and everything about a reader of articles.
"""
