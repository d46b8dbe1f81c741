"""HTML selectors: where Indonesian outlets keep each field of an article, the most trusted first.

A selector has a field, a kind and a key. The kinds:

- `json_ld`: a key of the page's NewsArticle;
- `meta`: the name, property or itemprop of a meta tag;
- `script`: a key of an object that a script assigns, as in `"content_tags": "a, b"`;
- `text`: the visible text at a mark; `link`: its URL; `time`: its machine-readable time.

A mark is a class (`.read__time`), an id (`#caption`), an itemprop (`@author`), a rel (`^tag`) or a
tag (`h1`). Two marks with a space between them mean the second inside the first.

>>> next(selector.key for selector in SELECTORS if selector.field == "date")
'datePublished'

Collected for Kliping from what scrapers of these outlets look for. Families of sites: schema.org,
Kompas (and its regional papers), Detik (with CNN and CNBC Indonesia), Tempo, Liputan6, Republika,
Antara, Okezone, JPNN, and any site.
"""

from functools import cache
from typing import Literal, NamedTuple

FieldName = Literal[
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
SelectorKind = Literal["json_ld", "meta", "script", "text", "link", "time"]


class Selector(NamedTuple):
    """One place on a page where a field may stand.

    Attributes:
        field: the field.
        kind: how the value is read.
        key: the name or the mark that is looked up.
        family: the sites that use it.
    """

    field: FieldName
    kind: SelectorKind
    key: str
    family: str


def _selectors(field: FieldName, family: str, **keys: str) -> tuple[Selector, ...]:
    """Return several selectors: the kinds in a fixed order, their keys separated by ", "."""
    kinds: tuple[SelectorKind, ...] = ("json_ld", "meta", "script", "time", "text", "link")
    return tuple(
        Selector(field, kind, key, family)
        for kind in kinds
        for key in keys.get(kind, "").split(", ")
        if key
    )


SELECTORS: tuple[Selector, ...] = (
    *_selectors("title", "schema.org", json_ld="headline"),
    *_selectors("title", "Kompas", meta="content_title", script="content_title"),
    *_selectors("title", "any", meta="og:title", text="@headline, h1"),
    *_selectors(
        "title", "any", meta="twitter:title, title", text=".entry-title, .post-title, .judul, title"
    ),
    *_selectors("date", "schema.org", json_ld="datePublished, dateCreated"),
    *_selectors("date", "Kompas", meta="content_PublishedDate", script="content_PublishedDate"),
    *_selectors("date", "Detik", meta="dtk:publishdate, dtk:publishdateunix, publishdate"),
    *_selectors("date", "JPNN", meta="jpnncom_news_pubdate"),
    *_selectors("date", "any", meta="article:published_time, og:published_time"),
    *_selectors("date", "any", meta="datePublished, pubdate, date", time="@datePublished"),
    *_selectors("date", "Kompas", text=".read__time, .msmall"),
    *_selectors("date", "Detik", text=".detail__date, .detail-date, .date-detail"),
    *_selectors("date", "Liputan6", time=".read-page--header__datetime"),
    *_selectors("date", "Republika", text=".date-item__headline, .date-pic, .date_detail"),
    *_selectors("date", "Okezone", text=".tgl, .namerep"),
    *_selectors("date", "Antara", text=".list-inline-item, .article-date"),
    *_selectors("date", "any", script="publish_date, published_date, publishedAt"),
    *_selectors("date", "any", time=".entry-date, .published, .post-date, time"),
    *_selectors("date", "any", text=".entry-date, .post-date, .published, time, .date, .tanggal"),
    *_selectors("authors", "schema.org", json_ld="author, creator"),
    *_selectors("authors", "Kompas", meta="content_author", script="content_author"),
    *_selectors("authors", "Detik", meta="dtk:author"),
    *_selectors("authors", "JPNN", meta="jpnncom_news_author"),
    *_selectors("authors", "any", meta="article:author, author", text="@author"),
    *_selectors("authors", "Kompas", text=".read__author, .credit-title-name, .kcm-read-copy"),
    *_selectors("authors", "Detik", text=".detail__author"),
    *_selectors("authors", "Okezone", text=".nmreporter div, .reporter"),
    *_selectors("authors", "any", script="author, penulis", text=".reader-credits"),
    *_selectors("editors", "schema.org", json_ld="editor"),
    *_selectors("editors", "Kompas", meta="content_editor", script="content_editor"),
    *_selectors("editors", "Detik", meta="dtk:editor"),
    *_selectors("editors", "JPNN", meta="jpnncom_news_editor"),
    *_selectors("editors", "Kompas", text=".read__author, .kcm-read-copy"),
    *_selectors("editors", "any", meta="editor", text="@editor, .editor, .redaktur"),
    *_selectors("editors", "Tribun", script="editor"),
    *_selectors("tags", "schema.org", json_ld="keywords"),
    *_selectors("tags", "Tribun", text=".tagcloud3 a"),
    *_selectors("tags", "Kompas", meta="content_tags, content_tag"),
    *_selectors("tags", "Kompas", script="content_tags, content_tag"),
    *_selectors("tags", "Detik", meta="dtk:keywords"),
    *_selectors("tags", "JPNN", meta="jpnncom_news_tag"),
    *_selectors("tags", "any", meta="article:tag, news_keywords", text="@keywords"),
    *_selectors("tags", "Kompas", text=".tag__article__link"),
    *_selectors("tags", "Detik", text=".detail__body-tag a"),
    *_selectors("tags", "Liputan6", text=".tags--snippet a, .read-page--tags a"),
    *_selectors("tags", "Okezone", text=".detail-tag a"),
    *_selectors("tags", "any", text="^tag, .post-tags a, .tags a, .tagging a, .tag-article a"),
    *_selectors("tags", "any", meta="keywords"),
    *_selectors("category", "schema.org", json_ld="articleSection"),
    *_selectors("category", "Kompas", meta="content_category", script="content_category"),
    *_selectors("category", "Detik", meta="dtk:kanal, dtk:namakanal", text=".detail__category"),
    *_selectors("category", "any", meta="article:section, articleSection", text="@articleSection"),
    *_selectors("category", "Kompas", text=".kcm-breadcrumb a"),
    *_selectors("category", "any", text=".breadcrumb a, .breadcrumbs a, .bc a, ^category, @genre"),
    *_selectors("source", "any", meta="og:site_name"),
    *_selectors("source", "schema.org", json_ld="publisher"),
    *_selectors("source", "any", meta="application-name"),
    *_selectors("url", "any", link="^canonical", meta="og:url"),
    *_selectors("url", "schema.org", json_ld="url, mainEntityOfPage"),
    *_selectors("url", "any", link="@url, .reader-domain"),
    *_selectors("caption", "Kompas", text=".photo__caption, .photo"),
    *_selectors("caption", "Detik", text=".detail__media-caption"),
    *_selectors("caption", "Antara", text="#caption_news, .wp-caption-text"),
    *_selectors("caption", "Okezone", text=".caption-img-ab"),
    *_selectors("caption", "any", text="figcaption"),
    *_selectors("credit", "Kompas", text=".photo .author"),
    *_selectors("credit", "any", text=".photo-credit, @copyrightNotice"),
    *_selectors("body", "Kompas", text=".read__content, .kcm-read-text"),
    *_selectors("body", "Detik", text=".detail__body-text, .detail-text, .detail_text"),
    *_selectors("body", "Tempo", text=".detail-konten, .detail-in, #isi"),
    *_selectors("body", "Liputan6", text=".article-content-body__item-content"),
    *_selectors("body", "Republika", text=".article-content, .teaser-pic, .detail-left .teaser"),
    *_selectors("body", "Antara", text="#content_news"),
    *_selectors("body", "Okezone", text="#contentx, .read"),
    *_selectors("body", "any", text="@articleBody, .entry-content, .post-content"),
)
"""All selectors, those of one field in the order of trust."""


@cache
def selectors_for(field: FieldName) -> tuple[Selector, ...]:
    """Return the selectors of one field, in the order of trust."""
    return tuple(selector for selector in SELECTORS if selector.field == field)


def describe(selector: Selector) -> str:
    """Return where a selector looks, in words."""
    names = {"json_ld": "JSON-LD", "meta": "meta", "script": "a script's", "time": "the time of"}
    return f"{names.get(selector.kind, 'what is seen at')} {selector.key}"
