r"""Read exports that hold many articles: feeds (RSS, Atom), WordPress exports, crawls (WARC).

`read_xml` recognizes feeds and WordPress exports by how they begin, and reads both item by item.
`read_warc` reads a crawl record by record, and each HTML page in it as `index.ingest.pages` reads
a saved one.

>>> import io
>>> from index.ingest.io import Origin
>>> feed = b"<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item>"
>>> feed += b"<title>Harga Turun</title><content:encoded>Harga beras turun.</content:encoded>"
>>> feed += b"</item></channel></rss>"
>>> for number, document in read_xml(io.BytesIO(feed), Origin(path="a.rss", location="a.rss")):
...     print(number, document.title)
1 Harga Turun

The words: an item is a tag of the feed's channel, an entry is an item that holds an article, a
record is one part of a crawl, a response is what a server sent.

Left out: feeds that hold summaries alone, JSON Feed, and HTTP bodies packed with Zstandard.
"""

from index.ingest.exports.warc import read_warc
from index.ingest.exports.warc_records import WARC_MARK
from index.ingest.exports.xml_file import is_feed, read_xml
