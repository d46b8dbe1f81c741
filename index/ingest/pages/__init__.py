"""Read one saved page, HTML or plain text, into one document.

An HTML page is parsed within limits (`html_tree`) and indexed once (`html_index`, `json_ld`). The
table in `html_selectors` lists where outlets keep each field, in the order of trust; `html_fields`,
`html_date`, `html_tags` and `html_people` read the fields by it, `html_body` the text, and
`html_page` makes the document. A page of plain text is sorted into article, labels and lists
(`text_page_lines`) and read by `text_page`.

>>> page = "<title>Harga Turun</title><article itemprop='articleBody'><p>PADANG - Harga beras "
>>> page += "turun, kata Kepala Pasar Raya pada hari Senin pagi.</p></article>"
>>> document = read_html_page(page)
>>> document.title, document.place
('Harga Turun', 'PADANG')

The words: a selector says where a field may stand on a page; a fragment is HTML that is all text
of an article; provenance says which selector gave a field.

Left out: the further pages of an article, comments of readers, pictures.
"""

from index.ingest.pages.html_body import read_fragment
from index.ingest.pages.html_page import read_html_page
from index.ingest.pages.html_people import read_byline
from index.ingest.pages.html_tree import decode_html, parse_tree
from index.ingest.pages.page_file import read_html_file, read_page_file, read_unnamed_file
from index.ingest.pages.text_page_lines import PageParts, sort_lines
