"""Highlighting: what a query marks in a text, and the passage that is shown as its snippet.

`marks_of` tells what a query marks, `highlights` where that stands in texts, `make_snippets` which
passage of each text shows most of it. All are plain texts and offsets in code points; HTML is made
where they are shown.

Words: a *mark* is one thing to find in a text (a stem, an exact word, a phrase, words near each
other, a prefix); a *highlight* is one marked span; a *snippet* is a passage with its highlights.

>>> from search.query import Term
>>> marks = marks_of(Term("dagang"))
>>> make_snippets(["Perdagangan beras dan dagangan lain."], marks, "body")[0].marked
['Perdagangan', 'dagangan']
"""

from search.highlight.matching import Mark, Marks
from search.highlight.snippets import highlight, highlights, make_snippets, marks_of
