"""Match a query's marks in texts: find where each stands, over the tokens of all texts at once.

An answer shows ten titles and ten bodies with some thousand words. So only words that match become
objects: stems are compared as numbers (see `index.analysis.stem_matching`), exact words by their
hashes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis import TokenBatch, TokenStems, find_stems, hash_words, tokenize_batch
from search.kernels.near import mark_near

TEXT_LENGTH_MOST = 5_000_000
"""Characters that are searched for marks; no file or row that is read has more."""

FINDS_MOST = 50_000
"""Finds of a text that are marked: more than any page can show."""

FIND_LENGTH_MOST = 10_000
"""Characters of a find; one that begins further before a passage is not sought in it."""

BATCH_LENGTH = 500_000
"""Characters of texts that are searched together; a longer text is searched by itself."""

_TEXT_BITS = 33
"""Positions are of 32 bits; this many keep those of two texts apart."""

_WORD_LENGTH_MOST = 1024
"""Characters read beyond those, so that a word that begins before the limit is whole. No longer
word is ever searched for."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word, phrase or prefix to mark in texts.

    Attributes:
        kind: "stem" marks tokens with these stems, "exact" these tokens, "near" these tokens where
            all of them stand near each other, "prefix" any token that begins so.
        tokens: what to find, side by side, in order.
        field: the only field in which it is marked; None for every field.
        reach: other tokens that may stand among near ones.
    """

    kind: Literal["stem", "exact", "near", "prefix"]
    tokens: tuple[str, ...]
    field: str | None = None
    reach: int = 0

    @property
    def length(self) -> int:
        """How many tokens one find has: near tokens are found one by one."""
        return 1 if self.kind == "near" else len(self.tokens)


Marks = tuple[Mark, ...]
"""Everything that a query marks, each thing once, in the reader's order."""

Check = Callable[[], None]
"""Called between the steps of long work; what it raises ends the work."""


def no_limit() -> None:
    """Let the work go on."""


class Finds(NamedTuple):
    """Where marks stand in some texts, in order.

    Attributes:
        starts, stops: code points of the text.
        numbers: which mark it is.
        bounds: where the finds of each text begin, and last where those of the last text end.
    """

    starts: NDArray[np.int32]
    stops: NDArray[np.int32]
    numbers: NDArray[np.int32]
    bounds: NDArray[np.int64]

    def spans(self, text: int, start: int = 0, stop: int = 2**31 - 1) -> list[tuple[int, int]]:
        """Return the marked spans of a text that reach into a part of it; none touches another.

        Of very many finds, the first ones are marked.
        """
        spans: list[tuple[int, int]] = []
        begin, end = int(self.bounds[text]), int(self.bounds[text + 1])
        begin += int(np.searchsorted(self.starts[begin:end], start - FIND_LENGTH_MOST))
        own = slice(begin, min(end, begin + FINDS_MOST))
        for first, last in zip(self.starts[own].tolist(), self.stops[own].tolist(), strict=True):
            if spans and first < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
            elif first >= stop:
                break
            elif last > start:
                spans.append((first, last))
        return spans


def find_marks(
    texts: Sequence[str],
    marks: Marks,
    field: str,
    check: Check = no_limit,
    length: int = TEXT_LENGTH_MOST,
) -> Finds:
    """Return where the marks stand in each of a field's texts, up to a length."""
    field_marks = {n: mark for n, mark in enumerate(marks) if mark.field in {None, field}}
    if not field_marks:
        nothing = np.empty(0, np.int32)
        return Finds(nothing, nothing, nothing, np.zeros(len(texts) + 1, np.int64))
    cut = [text[: length + _WORD_LENGTH_MOST] for text in texts]
    found = [_find_in_batch(part, field_marks, check, length) for part in _batches(cut)]
    return found[0] if len(found) == 1 else _joined(found)


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the texts, some together; one batch where there are none."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > BATCH_LENGTH:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    yield batch


def _joined(parts: Sequence[Finds]) -> Finds:
    """Return the finds of some batches as those of one."""
    starts, stops, numbers, _ = map(np.concatenate, zip(*parts, strict=True))
    shifts = np.cumsum([0, *(len(part.starts) for part in parts)])
    bounds = [part.bounds[1:] + shift for part, shift in zip(parts, shifts[:-1], strict=True)]
    return Finds(starts, stops, numbers, np.concatenate(([0], *bounds)))


def _find_in_batch(
    texts: Sequence[str], field_marks: Mapping[int, Mark], check: Check, length: int
) -> Finds:
    check()
    batch = tokenize_batch(texts, with_offsets=True)
    ends = np.cumsum(batch.counts, dtype=np.int64)
    firsts, lasts, numbers = _find(batch, ends, field_marks, check)
    check()
    is_whole = batch.stops[lasts] <= length
    firsts, lasts, numbers = firsts[is_whole], lasts[is_whole], numbers[is_whole]
    check()
    bounds = np.searchsorted(firsts, np.concatenate(([0], ends)))
    return Finds(batch.starts[firsts], batch.stops[lasts], numbers, bounds)


def _find(
    batch: TokenBatch, ends: NDArray[np.int64], field_marks: Mapping[int, Mark], check: Check
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Return the first token, the last token and the number of the mark wherever one stands."""
    stems = _stems(batch, field_marks.values(), check)
    found = []
    for mark in field_marks.values():
        check()
        found.append(_first_tokens(mark, batch, ends, stems, check))
    check()
    firsts = np.concatenate(found)
    counts = [len(tokens) for tokens in found]
    lasts = firsts + np.repeat([mark.length - 1 for mark in field_marks.values()], counts)
    numbers = np.repeat(np.array(list(field_marks), np.int32), counts)
    if len(found) == 1:
        return firsts, lasts, numbers
    check()
    order = np.argsort(firsts, kind="stable")
    return firsts[order], lasts[order], numbers[order]


def _first_tokens(
    mark: Mark, batch: TokenBatch, ends: NDArray[np.int64], stems: TokenStems | None, check: Check
) -> NDArray[np.int64]:
    """Return the tokens at which a mark begins."""
    if mark.kind == "prefix":
        return _beginning(batch, mark.tokens[0].encode("utf-8", "surrogatepass"))
    if mark.kind == "near":
        return _near(mark, batch, ends)
    if stems and mark.kind == "stem":
        numbers = [stems.number_of(token) for token in mark.tokens]
        return _side_by_side(stems.numbers, numbers, batch, ends, check)
    return _side_by_side(batch.hashes, list(hash_words(mark.tokens)), batch, ends, check)


def _stems(batch: TokenBatch, marks: Iterable[Mark], check: Check) -> TokenStems | None:
    """Return which tokens have the stems that marks ask for, where any does."""
    stems = [token for mark in marks if mark.kind == "stem" for token in mark.tokens]
    return find_stems(batch, stems, check) if stems else None


def _beginning(batch: TokenBatch, prefix: bytes) -> NDArray[np.int64]:
    """Return the tokens that begin with a prefix."""
    starts = np.concatenate((np.zeros(1, np.int64), batch.ends))[:-1]
    tokens = np.flatnonzero(batch.ends - starts >= len(prefix))
    for distance, byte in enumerate(prefix):
        tokens = tokens[batch.text[starts[tokens] + distance] == byte]
    return tokens


def _near(mark: Mark, batch: TokenBatch, ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the tokens of a NEAR mark wherever all of them stand near each other."""
    hashes = hash_words(mark.tokens)
    known, needs = np.unique(hashes, return_counts=True)
    tokens = np.flatnonzero(np.isin(batch.hashes, known))
    # What stands in another text is far away.
    texts = np.searchsorted(ends, tokens, "right")
    positions = batch.positions[tokens].astype(np.int64) + (texts << _TEXT_BITS)
    words = np.searchsorted(known, batch.hashes[tokens])
    marked = np.zeros(len(tokens), np.bool_)
    width = mark.reach + len(mark.tokens)
    mark_near(positions, words, needs, width, np.zeros(len(known), np.int64), marked)
    found: NDArray[np.int64] = tokens[marked]
    return found


def _side_by_side(
    keys: NDArray[Any],
    phrase: Sequence[Any],
    batch: TokenBatch,
    ends: NDArray[np.int64],
    check: Check,
) -> NDArray[np.int64]:
    """Return the tokens at which a phrase begins, in one line of one text.

    Args:
        keys: of each token, its hash or the number of its stem.
        phrase: the keys of the phrase's words.
        batch: the tokens.
        ends: where the tokens of each text end.
        check: called for each word of the phrase, and between the steps after.
    """
    distance = len(phrase) - 1
    count = max(0, len(keys) - distance)
    found = keys[:count] == phrase[0]
    for step in range(1, len(phrase)):
        check()
        found &= keys[step : count + step] == phrase[step]
    tokens = np.flatnonzero(found)
    if not distance:
        return tokens
    check()
    # A later text's positions begin anew, so a pair over two texts may look like neighbours.
    is_one_text = np.searchsorted(ends, tokens, "right") == np.searchsorted(
        ends, tokens + distance, "right"
    )
    check()
    positions = batch.positions.astype(np.int64)
    is_one_line = positions[tokens + distance] - positions[tokens] == distance
    kept: NDArray[np.int64] = tokens[is_one_text & is_one_line]
    return kept
