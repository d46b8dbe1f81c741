"""Lines of a plain-text page: the article, the labels, and the lists around it, told apart.

Labels and list headings are tables. A label counts only at the start of a line and before a colon;
a list heading only as a whole line; "Baca Juga:" may share it with the one headline it announces.
A list of other articles never reaches the article, neither at the foot nor in its midst.
"""

import re
from collections import deque
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from index.document import CutLine
from index.ingest.fields import is_credit, split_people, split_tags

LabelKind = Literal["authors", "editors", "tags", "date"]

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
"""What stands before the colon, in lower case, and what the line then holds."""

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
"""What stands above a list of other articles, in lower case."""

LABEL_VALUE_CHARS_MOST = 200
"""A longer text after a people's or date's label is a sentence, and the label part of it."""
TAG_CHARS_MOST = 60
"""A longer line below the label of the tags is no tag."""
HEADLINE_CHARS_MOST = 200
"""A longer line below a list heading is no headline."""

_LABEL = re.compile(r"([A-Za-z]{1,20}(?: [A-Za-z]{1,20})?) ?: ?(.*)")
_BESIDE = re.compile(r" ?\| ?(?=[A-Za-z]+ ?:)")
_ITEM = re.compile(r"[-–•*·»▪] ?\S|\d{1,2}[.)] ")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"”'’)\]]*$")


class Label(NamedTuple):
    """What a labelled line says."""

    kind: LabelKind
    value: str


@dataclass(slots=True)
class PageParts:
    """The parts of a page, in the order of its lines.

    Attributes:
        article: title, caption, credit, paragraphs and subheads.
        authors: from labels; editors, tags and dates (as text) likewise.
        left_out: paragraphs below the lists at the foot, which belong to the site.
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
"""Four small words or more and a full stop: "Oleh: Kepala desa menyatakan ..." names nobody."""


def sort_lines(lines: list[str]) -> PageParts:
    """Sort the lines of a page, which have single spaces and are not blank."""
    parts = PageParts()
    queue = deque(part for line in lines for part in _split_labels(line))
    below_article = ended = False
    while queue:
        line = queue.popleft()
        label = _label_of(line)
        if label is not None:
            _add_label(parts, label, queue)
            below_article = below_article or _has_body(parts.article)
        elif _is_list_heading(line):
            parts.cut_lines += [CutLine("list", cut) for cut in _drop_list(line, queue)]
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


def _split_labels(line: str) -> list[str]:
    """Split "Penulis: A | Editor: B" into its two labelled lines."""
    parts = _BESIDE.split(line)
    return parts if len(parts) > 1 and all(map(_label_of, parts)) else [line]


def _label_of(line: str) -> Label | None:
    if LABELS.get(line.lower()) == "tags":  # a heading of its own, without the colon
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
    """Take the tags that stand on lines of their own, up to the next known line or a sentence."""
    tags: list[str] = []
    while queue and not _is_known(queue[0]) and _is_tag(queue[0]):
        tags += split_tags(queue.popleft())
    return tags


def _is_tag(line: str) -> bool:
    return len(line) <= TAG_CHARS_MOST and not is_paragraph(line)


def _is_known(line: str) -> bool:
    return _is_list_heading(line) or is_credit(line) or _label_of(line) is not None


def _is_list_heading(line: str) -> bool:
    heading, _, headline = line.partition(":")
    name = heading.strip(" []()*").lower()
    announces = name.endswith("juga") and len(headline) <= HEADLINE_CHARS_MOST
    return name in LIST_HEADINGS and (announces or not headline.strip())


def _drop_list(heading: str, queue: deque[str]) -> list[str]:
    """Drop the headlines below a heading; "Baca Juga: ..." on one line has none below.

    Returns:
        The lines of the list, with its heading.
    """
    dropped = [heading]
    if heading.partition(":")[2].strip() or not queue:
        return dropped
    belongs = is_item if is_item(queue[0]) else _is_headline
    while queue and not _is_known(queue[0]) and belongs(queue[0]):
        dropped.append(queue.popleft())
    return dropped


def _is_headline(line: str) -> bool:
    return not is_paragraph(line)


def _has_body(article: list[str]) -> bool:
    """Tell whether more than a title and a caption was read."""
    return len(article) > 2 or any(map(is_credit, article))  # noqa: PLR2004  # the two just named
