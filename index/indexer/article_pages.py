"""Pages of articles: the pages of one long article are put together to one text.

Only what is certain is joined: pages whose addresses differ in the number of the page alone, with
the same outlet and headline, other texts, and numbers that follow each other from the first page.
All others stay articles of their own. A page that shows the whole article stands for its pages, if
its text is long enough to hold them. Of several articles at the address of the first page the
longest counts as that page, and no text is put in twice.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import xxhash

from index.document import Document
from index.indexer.staging import DIGEST_BYTES, FilePosition, StagingRows
from index.ingest import WHOLE

WHOLE_SHARE = 0.9
"""Characters that the whole article has at least, as a share of those of its pages: each page may
repeat a line."""


@dataclass(frozen=True, slots=True)
class ArticlePages:
    """Which of the articles that were read are pages of others.

    Attributes:
        first_by_page: by the number of a page, that of the article it belongs to.
        pages_by_first: by the number of an article, those of its further pages, in order; empty for
            one that is whole by itself.
    """

    first_by_page: Mapping[int, int] = field(default_factory=dict)
    pages_by_first: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def digest(self, staging: StagingRows, number: int) -> bytes:
        """Return the digest of an article with its pages."""
        pages = self.pages_by_first.get(number)
        if not pages:
            return staging.digest(number)
        digests = b"".join(staging.digest(page) for page in (number, *pages))
        return xxhash.xxh3_128_digest(digests)

    def without(self, firsts: Container[int]) -> "ArticlePages":
        """Return the same without the pages of some articles."""
        pages, by_first = self.first_by_page.items(), self.pages_by_first.items()
        return ArticlePages(
            {page: first for page, first in pages if first not in firsts},
            {first: pages for first, pages in by_first if first not in firsts},
        )

    def is_joined(self, number: int) -> bool:
        """Return whether a page is put together with others."""
        return bool(self.pages_by_first.get(self.first_by_page.get(number, -1)))

    def join(self, documents: Iterable[tuple[int, Document]]) -> Iterator[tuple[int, Document]]:
        """Yield documents with their numbers, each once all of its pages have come."""
        waiting: dict[int, dict[int, Document]] = {}
        for number, document in documents:
            first = self.first_by_page.get(number, number)
            pages = self.pages_by_first.get(first)
            if not pages:
                yield number, document
                continue
            found = waiting.setdefault(first, {})
            found[number] = document
            if len(found) == 1 + len(pages):
                yield first, _join([found[page] for page in (first, *pages)])
                del waiting[first]


def name_pages(documents: Iterable[Document]) -> dict[str, list[str]]:
    """Return the ids of pages by the id of their article, as a build of these alone finds them."""
    staging = StagingRows()
    for document in documents:
        staging.append(document, bytes(DIGEST_BYTES), 0, FilePosition("", 0))
    named: dict[str, list[str]] = {}
    for page, first in find_pages(staging, bytes(len(staging))).first_by_page.items():
        named.setdefault(staging.doc_ids[first], []).append(staging.doc_ids[page])
    return named


def find_pages(staging: StagingRows, is_down: Sequence[int]) -> ArticlePages:
    """Return which articles are pages of others.

    Args:
        staging: the articles that were read.
        is_down: for each whether it was taken down. Further pages of one that was go with it.
    """
    groups: dict[tuple[int, int], dict[int, int]] = {
        (page.base, staging.headlines[number]): {} for number, page in staging.pages.items()
    }
    bases = {base for base, _ in groups}
    for number, base in enumerate(staging.addresses if groups else ()):
        group = groups.get((base, staging.headlines[number])) if base in bases else None
        if group is not None:
            first = group.setdefault(1, number)
            if staging.sizes[number] > staging.sizes[first]:
                group[1] = number  # the whole article, at the address that it states
    for number, page in staging.pages.items():
        if page.number == 1 or not is_down[number]:
            groups[page.base, staging.headlines[number]].setdefault(page.number, number)
    found = dict(filter(None, (_order(staging, group) for group in groups.values())))
    first_by_page = {page: first for first, (pages, _) in found.items() for page in pages}
    joined = {first: pages if joins else () for first, (pages, joins) in found.items()}
    return ArticlePages(first_by_page, joined)


def _order(
    staging: StagingRows, group: Mapping[int, int]
) -> tuple[int, tuple[Sequence[int], bool]] | None:
    """Return an article, its other pages, and whether they are to be joined; None if it has none.

    Args:
        staging: the articles that were read.
        group: their numbers by the number of the page.
    """
    run: list[int] = []
    while (number := group.get(len(run) + 1)) is not None:
        if staging.texts[number] in [staging.texts[page] for page in run]:
            break  # some sites show the first page again where there is no further one
        run.append(number)
    whole = group.get(WHOLE)
    size = WHOLE_SHARE * sum(staging.sizes[number] for number in run)
    if run and whole is not None and staging.sizes[whole] >= size:
        return whole, (run, False)
    return (run[0], (run[1:], True)) if len(run) > 1 else None


def _join(documents: Sequence[Document]) -> Document:
    """Return one document for the pages of an article."""
    first, parts = documents[0], _without_repeats(documents)
    note = f"The text was put together from {len(documents)} pages."
    return replace(
        first,
        body="\n".join(document.body for document in parts),
        subheads=tuple(line for document in parts for line in document.subheads),
        authors=next((each.authors for each in documents if each.authors), ()),
        editors=next((each.editors for each in documents if each.editors), ()),
        tags=tuple(dict.fromkeys(tag for document in documents for tag in document.tags)),
        notes=(*first.notes, note),
    )


def _without_repeats(documents: Sequence[Document]) -> list[Document]:
    """Return the pages without those whose text those before them hold.

    A whole article is often saved under the address that it states, which is that of its first
    page. Then it stands for the first page, and holds all others.
    """
    parts: list[Document] = []
    known: set[str] = set()
    for document in documents:
        lines = document.body.split("\n")
        held = sum(len(line) for line in lines if line in known)
        if held < WHOLE_SHARE * sum(map(len, lines)):
            parts.append(document)
            known.update(lines)
    return parts
