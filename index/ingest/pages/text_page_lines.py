"""Lines of a plain-text page: the article, the labels, and the lists around it, sorted.

A label counts only at the start of a line and before a colon. A list heading must be a whole line,
except that "Baca Juga:" may have one headline behind it. A list of other articles is cut wherever
it stands, at the foot of the page or inside the article.

>>> parts = sort_lines(["Harga Turun", "Harga beras turun.", "Penulis: Ani", "Terkini", "Banjir"])
>>> parts.article, parts.authors, [line.text for line in parts.cut_lines]
(['Harga Turun', 'Harga beras turun.'], ['Ani'], ['Terkini', 'Banjir'])
"""

import re
from collections import deque
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from index.document import CutLine
from index.ingest.fields import is_credit, split_people, split_tags

LabelKind = Literal["authors", "editors", "tags", "date"]
"""What a labelled line holds."""

LABELS: dict[str, LabelKind] = {
    "redaktur": "editors",
    "editor": "editors",
    "penyunting": "editors",
    "penulis": "authors",
    "reporter": "authors",
    "pewarta": "authors",
    "wartawan": "authors",
    "kontributor": "authors",
    "oleh": "authors",
    "tag terkait": "tags",
    "tags": "tags",
    "tag": "tags",
    "topik": "tags",
    "topik terkait": "tags",
    "kata kunci": "tags",
    "diterbitkan": "date",
    "dipublikasikan": "date",
    "tanggal": "date",
    "tanggal terbit": "date",
    "tayang": "date",
}
"""The labels, in lower case, and what a line behind each holds."""

LIST_HEADINGS = frozenset(
    {
        *("berita trending", "berita terkini", "berita terkait", "berita terbaru"),
        *("berita populer", "berita terpopuler", "berita lainnya", "berita lain"),
        *("artikel terkait", "artikel lainnya", "video terkait", "foto terkait"),
        *("baca juga", "baca juga berita lainnya", "lihat juga", "simak juga", "tonton juga"),
        *("terpopuler", "terkini", "terbaru", "trending", "populer"),
        *("pilihan editor", "pilihan redaksi", "rekomendasi untuk anda", "berita rekomendasi"),
    }
)
"""The headings of lists of other articles, in lower case."""

LABEL_VALUE_CHARS_MOST = 200
"""A longer text behind a label of people or a date is a sentence, and the label is part of it."""
TAG_CHARS_MOST = 60
"""A longer line below the label of tags is no tag."""
HEADLINE_CHARS_MOST = 200
"""A longer line below a list heading is no headline."""

_LABEL = re.compile(r"([A-Za-z]{1,20}(?: [A-Za-z]{1,20})?) ?: ?(.*)")
_BESIDE = re.compile(r" ?\| ?(?=[A-Za-z]+ ?:)")
_ITEM = re.compile(r"[-–•*·»▪] ?\S|\d{1,2}[.)] ")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"”'’)\]]*$")


class Label(NamedTuple):
    """A labelled line: what it holds, and the text behind the label."""

    kind: LabelKind
    value: str


@dataclass(slots=True)
class PageParts:
    """The parts of a page, in the order of its lines.

    Attributes:
        article: the lines of title, caption, credit, paragraphs and subheads.
        authors: the people behind labels of authors.
        editors: the people behind labels of editors.
        tags: the tags behind labels of tags.
        dates: the texts behind labels of dates.
        left_out: how many paragraphs below the lists at the foot were cut, which are the site's.
        cut_lines: those paragraphs, and the lists of other articles with their headings.
    """

    article: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    left_out: int = 0
    cut_lines: list[CutLine] = field(default_factory=list)


_READS_AS_SENTENCE = re.compile(r"(?:\b[a-z]{2,}\b[^,/&|]*){4}\.$")
"""Four words in small letters and a full stop: "Oleh: Kepala desa menyatakan ..." names nobody."""


def sort_lines(lines: list[str]) -> PageParts:
    """Sort the lines of a page. They have single spaces, and none is blank."""
    parts = PageParts()
    queue = deque(part for line in lines for part in _split_labels(line))
    below_article = ended = False
    while queue:
        line = queue.popleft()
        label = _label_of(line)
        if label is not None:
            _add_label(parts, label, queue)
            below_article = below_article or _has_body(parts.article)
        elif is_list_heading(line):
            parts.cut_lines += [CutLine("list", cut) for cut in _take_list(line, queue)]
            ended = ended or below_article
        elif ended:
            parts.left_out += is_paragraph(line)
            parts.cut_lines.append(CutLine("below", line))
        else:
            parts.article.append(line)
    return parts


def is_paragraph(line: str) -> bool:
    """Tell whether a line ends as a sentence ends, or is too long to be a headline."""
    return len(line) > HEADLINE_CHARS_MOST or _SENTENCE_END.search(line) is not None


def is_item(line: str) -> bool:
    """Tell whether a line begins as the item of a list."""
    return _ITEM.match(line) is not None


def is_labelled(line: str) -> bool:
    """Tell whether a line begins with the label of a byline, of tags or of a date."""
    return _label_of(line) is not None


def _split_labels(line: str) -> list[str]:
    """Split "Penulis: A | Editor: B" into its two labelled lines."""
    parts = _BESIDE.split(line)
    return parts if len(parts) > 1 and all(map(_label_of, parts)) else [line]


def _label_of(line: str) -> Label | None:
    if LABELS.get(line.lower()) == "tags":  # a heading above a list of tags needs no colon
        return Label("tags", "")
    match = _LABEL.fullmatch(line)
    kind = LABELS.get(match[1].lower()) if match else None
    if match is None or kind is None:
        return None
    is_name = kind in {"authors", "editors"}
    is_sentence = (kind != "tags" and len(match[2]) > LABEL_VALUE_CHARS_MOST) or (
        is_name and _READS_AS_SENTENCE.search(match[2]) is not None
    )
    return None if is_sentence else Label(kind, match[2])


def _add_label(parts: PageParts, label: Label, queue: deque[str]) -> None:
    if label.kind == "authors":
        parts.authors += split_people(label.value)
    elif label.kind == "editors":
        parts.editors += split_people(label.value)
    elif label.kind == "date":
        parts.dates.append(label.value)
    else:
        parts.tags += split_tags(label.value) or _take_tags(queue)


def _take_tags(queue: deque[str]) -> list[str]:
    """Take the tags on lines of their own, up to the next label, heading, credit or sentence."""
    tags: list[str] = []
    while queue and not _is_known(queue[0]) and _is_tag(queue[0]):
        tags += split_tags(queue.popleft())
    return tags


def _is_tag(line: str) -> bool:
    return len(line) <= TAG_CHARS_MOST and not is_paragraph(line)


def _is_known(line: str) -> bool:
    return is_list_heading(line) or is_credit(line) or _label_of(line) is not None


def is_list_heading(line: str) -> bool:
    """Tell whether a line stands above a list of other articles, or links to one."""
    heading, _, headline = line.partition(":")
    name = heading.strip(" []()*").lower()
    announces = name.endswith("juga") and len(headline) <= HEADLINE_CHARS_MOST
    return name in LIST_HEADINGS and (announces or not headline.strip())


def _take_list(heading: str, queue: deque[str]) -> list[str]:
    """Take the headlines of a list out of the queue, and return them with its heading.

    "Baca Juga: ..." with a headline on the same line has none below it.
    """
    taken = [heading]
    if heading.partition(":")[2].strip() or not queue:
        return taken
    is_in_list = is_item if is_item(queue[0]) else _is_headline
    while queue and not _is_known(queue[0]) and is_in_list(queue[0]):
        taken.append(queue.popleft())
    return taken


def _is_headline(line: str) -> bool:
    return not is_paragraph(line)


def _has_body(article: list[str]) -> bool:
    """Tell whether an article has more lines than a title and a caption."""
    return len(article) > 2 or any(map(is_credit, article))  # noqa: PLR2004  # the two just named
