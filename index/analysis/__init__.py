"""Analyze Indonesian text: from text to tokens, and from a token to its stem.

Indexing, queries and highlighting all use this one definition, so that what is searched is what
was indexed and what is marked. `tokenize` gives the tokens of one text as objects, for queries;
`tokenize_batch` gives those of many texts as arrays, for builds and for long texts.

>>> [(token.text, token.start, token.position) for token in tokenize("Jum’at, harga beras naik")]
[('jumat', 0, 0), ('harga', 8, 1), ('beras', 14, 2), ('naik', 20, 3)]
>>> stem("perdagangan"), stem("berdagang"), stem("megawati")
('dagang', 'dagang', 'megawati')

The words used here:

- fold: to remove case, accents and apostrophes, so that words are compared without them;
- token: a folded word of a text, with its offsets in the text and its position;
- position: the number of a token in its text, by which phrases are found;
- stem: what all forms of a word share; root: the dictionary word that most stems are;
- affix: a prefix, a suffix or a clitic, which is a small word written onto the end of another;
- code point: a character of Unicode; offsets are counted in them.

The modules:

- `analyzer`: the rules of the tokenizer, and the tokens of one text;
- `tokenizer`: the tokens of many texts; `kernels` has its compiled loops;
- `folding`: the table of code points; `invisible`: characters that no text keeps;
- `stemmer`: the stem of a word, from `affixes` and the lists of `stem_dictionary`;
- `stem_matching`: the tokens of a text that have one of some stems.

Left out: stop words, since phrases need every word; synonyms, which are added to queries
(`search.query`); and languages other than Indonesian: their words are folded and stay whole.
"""

from index.analysis.affixes import split_affixes
from index.analysis.analyzer import ANALYZER_VERSION, Token, fold, tokenize
from index.analysis.folding import FOLDING_FILE
from index.analysis.invisible import INVISIBLE_CHARACTERS
from index.analysis.stem_dictionary import overrides, roots
from index.analysis.stem_matching import TokenStems, find_stems
from index.analysis.stemmer import Stems, stem, stemming_version
from index.analysis.tokenizer import TokenBatch, hash_words, tokenize_batch
