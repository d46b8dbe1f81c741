"""Relevance of long queries and recent documents: relaxation from AND to OR, and reranking.

`find_relaxed` is the door: it finds the matches of a request, asks a long query again with any of
its words where no document has all of them, and reranks the best hits by coverage and, if the site
wants it, by date.

Words: to *relax* is to require any word instead of all; to *rerank* is to score the best hits anew;
*coverage* is the sum of the idf of the words of a long query that a document has; the *subject*
of a query is its words without question words.

>>> from search.query import parse_query
>>> subject_stems(parse_query("siapakah nama ketua koperasi").query)
('ketua', 'koperasi')

docs/ranking.md has what each rule gains and how to measure it. Not here: the score of a hit itself
(`search.ranking`).
"""

from search.relevance.adjacency import prefer_adjacent, short_words
from search.relevance.coverage import find_covering
from search.relevance.questions import subject_stems
from search.relevance.relaxation import NO_TIME, find_relaxed
