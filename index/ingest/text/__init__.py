r"""Turn bytes into clean text, and cut lines that are no article.

`decode_text` finds the encoding, `clean_text` normalizes the characters (NFC), mends text that was
decoded wrongly once and drops invisible characters, `split_paragraphs` gives lines with broken
words joined, and `remove_boilerplate` cuts adverts, links and share lines.

>>> text = clean_text(decode_text(b"Harga beras pe-\r\ntani turun.\r\n\r\nBaca juga: Panen raya"))
>>> lines, cut = remove_boilerplate(split_paragraphs(text))
>>> lines
['Harga beras petani turun.']
>>> [line.text for line in cut]
['Baca juga: Panen raya']

The words: mojibake is text decoded with the wrong encoding; boilerplate is what the site adds to
an article; a rule names a kind of boilerplate.

Left out: tokens and stems, which are `index.analysis`.
"""

from index.ingest.text.boilerplate import find_rule, remove_boilerplate
from index.ingest.text.decoding import clean_text, decode_text, split_paragraphs, to_one_line
from index.ingest.text.hyphens import join_broken_words
from index.ingest.text.inline_links import cut_inline_links, drop_commas
from index.ingest.text.markdown import strip_markdown
from index.ingest.text.markup import strip_markup
