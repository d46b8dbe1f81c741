"""Where Indonesian outlets keep the fields of an article: a table, in the order of trust.

A row names a field, how it is read, and a key. The readers:

- `json_ld`: a key of the page's NewsArticle;
- `meta`: the name, property or itemprop of a meta tag;
- `script`: a key in an object that a script assigns, as `"content_tags": "a, b"`;
- `text`: what can be seen at a mark; `link`: the address there; `time`: its machine-readable time.

A mark is a class (`.read__time`), an id (`#caption`), an itemprop (`@author`), a rel (`^tag`) or a
tag (`h1`); two marks with a space between them mean the second inside the first.

>>> next(place.key for place in PLACES if place.field == "date")
'datePublished'

Collected for Kliping from what scrapers of these outlets look for. Families: schema.org, Kompas
(and its regional papers), Detik (with CNN and CNBC Indonesia), Tempo, Liputan6, Republika, Antara,
Okezone, JPNN, and what any site may use.
"""

from typing import Literal, NamedTuple

Field = Literal[
    "title",
    "date",
    "authors",
    "editors",
    "tags",
    "category",
    "source",
    "url",
    "caption",
    "credit",
    "body",
]
Reader = Literal["json_ld", "meta", "script", "text", "link", "time"]


class Place(NamedTuple):
    """A place where a field may stand."""

    field: Field
    reader: Reader
    key: str
    family: str


def _places(field: Field, family: str, **keys: str) -> tuple[Place, ...]:
    """Write several rows at once: the readers in order, keys parted by ", "."""
    readers: tuple[Reader, ...] = ("json_ld", "meta", "script", "time", "text", "link")
    return tuple(
        Place(field, reader, key, family)
        for reader in readers
        for key in keys.get(reader, "").split(", ")
        if key
    )


PLACES: tuple[Place, ...] = (
    *_places("title", "schema.org", json_ld="headline"),
    *_places("title", "Kompas", meta="content_title", script="content_title"),
    *_places("title", "any", meta="og:title", text="@headline, h1"),
    *_places("title", "any", meta="twitter:title, title", text="title"),
    *_places("date", "schema.org", json_ld="datePublished, dateCreated"),
    *_places("date", "Kompas", meta="content_PublishedDate", script="content_PublishedDate"),
    *_places("date", "Detik", meta="dtk:publishdate, dtk:publishdateunix, publishdate"),
    *_places("date", "JPNN", meta="jpnncom_news_pubdate"),
    *_places("date", "any", meta="article:published_time, og:published_time"),
    *_places("date", "any", meta="datePublished, pubdate, date", time="@datePublished"),
    *_places("date", "Kompas", text=".read__time, .msmall"),
    *_places("date", "Detik", text=".detail__date, .detail-date, .date-detail"),
    *_places("date", "Liputan6", time=".read-page--header__datetime"),
    *_places("date", "Republika", text=".date-item__headline, .date-pic, .date_detail"),
    *_places("date", "Okezone", text=".tgl, .namerep"),
    *_places("date", "Antara", text=".list-inline-item, .article-date"),
    *_places("date", "any", time=".entry-date, .published, .post-date, time"),
    *_places("date", "any", text=".entry-date, .post-date, .published, time, .date, .tanggal"),
    *_places("authors", "schema.org", json_ld="author, creator"),
    *_places("authors", "Kompas", meta="content_author", script="content_author"),
    *_places("authors", "Detik", meta="dtk:author"),
    *_places("authors", "JPNN", meta="jpnncom_news_author"),
    *_places("authors", "any", meta="article:author, author", text="@author"),
    *_places("authors", "Kompas", text=".read__author, .credit-title-name, .kcm-read-copy"),
    *_places("authors", "Detik", text=".detail__author"),
    *_places("authors", "Okezone", text=".nmreporter div, .reporter"),
    *_places("authors", "Antara", text=".text-muted"),
    *_places("authors", "Republika", text=".red"),
    *_places("authors", "any", text="^author, .author, .byline, .penulis"),
    *_places("editors", "schema.org", json_ld="editor"),
    *_places("editors", "Kompas", meta="content_editor", script="content_editor"),
    *_places("editors", "Detik", meta="dtk:editor"),
    *_places("editors", "JPNN", meta="jpnncom_news_editor"),
    *_places("editors", "Kompas", text=".read__author, .kcm-read-copy"),
    *_places("editors", "Republika", text=".red"),
    *_places("editors", "Antara", text=".text-muted"),
    *_places("editors", "any", meta="editor", text="@editor, .editor, .redaktur"),
    *_places("tags", "schema.org", json_ld="keywords"),
    *_places("tags", "Kompas", meta="content_tags, content_tag"),
    *_places("tags", "Kompas", script="content_tags, content_tag"),
    *_places("tags", "Detik", meta="dtk:keywords"),
    *_places("tags", "JPNN", meta="jpnncom_news_tag"),
    *_places("tags", "any", meta="article:tag, news_keywords", text="@keywords"),
    *_places("tags", "Kompas", text=".tag__article__link"),
    *_places("tags", "Detik", text=".detail__body-tag a"),
    *_places("tags", "Liputan6", text=".tags--snippet a, .read-page--tags a"),
    *_places("tags", "Okezone", text=".detail-tag a"),
    *_places("tags", "any", text="^tag, .post-tags a, .tags a, .tagging a, .tag-article a"),
    *_places("tags", "any", meta="keywords"),
    *_places("category", "schema.org", json_ld="articleSection"),
    *_places("category", "Kompas", meta="content_category", script="content_category"),
    *_places("category", "Detik", meta="dtk:kanal, dtk:namakanal", text=".detail__category"),
    *_places("category", "any", meta="article:section, articleSection", text="@articleSection"),
    *_places("category", "Kompas", text=".kcm-breadcrumb a"),
    *_places("category", "any", text=".breadcrumb a, .breadcrumbs a, ^category"),
    *_places("source", "any", meta="og:site_name"),
    *_places("source", "schema.org", json_ld="publisher"),
    *_places("source", "any", meta="application-name"),
    *_places("url", "any", link="^canonical", meta="og:url"),
    *_places("url", "schema.org", json_ld="url, mainEntityOfPage"),
    *_places("url", "any", link="@url"),
    *_places("caption", "Kompas", text=".photo__caption, .photo"),
    *_places("caption", "Detik", text=".detail__media-caption"),
    *_places("caption", "Antara", text="#caption_news, .wp-caption-text"),
    *_places("caption", "Okezone", text=".caption-img-ab"),
    *_places("caption", "any", text="figcaption"),
    *_places("credit", "Kompas", text=".photo .author"),
    *_places("credit", "any", text=".photo-credit, .credit, @copyrightNotice"),
    *_places("body", "Kompas", text=".read__content, .kcm-read-text"),
    *_places("body", "Detik", text=".detail__body-text, .detail-text, .detail_text"),
    *_places("body", "Tempo", text=".detail-konten, .detail-in, #isi"),
    *_places("body", "Liputan6", text=".article-content-body__item-content"),
    *_places("body", "Republika", text=".article-content, .teaser-pic, .detail-left .teaser"),
    *_places("body", "Antara", text="#content_news"),
    *_places("body", "Okezone", text="#contentx, .read"),
    *_places("body", "any", text="@articleBody, .entry-content, .post-content"),
)
"""Every place, in the order in which the readers of a field try them."""


def places_of(field: Field) -> tuple[Place, ...]:
    """Return the places of one field, in order."""
    return tuple(place for place in PLACES if place.field == field)
