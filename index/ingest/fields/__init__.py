"""Read what one value of an article says: dates, people, tags, outlets, places and ids.

Everything here is a pure function of text, used alike for rows, pages and exports.

>>> read_stated_date("Rabu, 28 Agustus 2024 00.30 WIT").date.isoformat()
'2024-08-27'
>>> split_people("Budi Santoso, S.H. dan Ani Lestari")
['Budi Santoso, S.H.', 'Ani Lestari']
>>> find_opening("Jakarta (ANTARA) - Harga beras turun.")
Opening(place='Jakarta', outlet='ANTARA', rest='Harga beras turun.')
>>> normalize_url("http://www.pagi.example/beras?utm_source=wa#top")
'pagi.example/beras'

The words: a stated date stands in a field of its own; a date line is a date in the running text;
a byline names authors and editors; an opening is the place and the outlet before the first
sentence; a section is what an outlet calls a category.

Left out: names of people and places inside the text.
"""

from index.ingest.fields.bylines import (
    PeopleKind,
    find_behind_names,
    find_people,
    find_signature,
    is_label,
    reads_as_name,
    split_people,
    split_tags,
    trim_tag,
    trim_tags,
)
from index.ingest.fields.dateline_dates import DateLine, find_date_line
from index.ingest.fields.dates import StatedDate, read_stated_date
from index.ingest.fields.false_names import remove_false_names
from index.ingest.fields.identity import (
    address_id,
    choose_doc_id,
    hash_id,
    identify,
    normalize_url,
    story_of,
)
from index.ingest.fields.opening_lines import (
    find_opening,
    has_photo_credit,
    is_credit,
    is_opening_alone,
    is_place,
    split_credit,
)
from index.ingest.fields.outlets import (
    find_outlet,
    find_section,
    find_site,
    is_newsroom,
    is_outlet,
    remove_outlet_ends,
    remove_outlets,
)
from index.ingest.fields.page_marks import (
    WHOLE,
    find_page_mark,
    without_page_number,
)
from index.ingest.fields.shown_dates import (
    find_address_date,
    find_date,
    find_stated_date,
    first_dated,
)
from index.ingest.fields.text_bylines import take_bylines
