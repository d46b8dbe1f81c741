r"""Hyphen repair: hyphens that line ends and lost mark-up left inside words.

A hyphen with a space after it is mostly a dash that was typed carelessly ("JAKARTA- Polisi ..."),
so only what is surely one word is joined:

>>> join_broken_words("peraturan perundang- undangan Tiongkok- AS, pra- dan pasca-")
'peraturan perundang-undangan Tiongkok-AS, pra- dan pasca-'
>>> join_broken_lines(["Menurut pemerin-", "tah pusat", "anak-", "anak itu"])
['Menurut pemerintah pusat', 'anak-anak itu']
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, partial

_PAIR = re.compile(r"(?<![\w-])(?P<left>[^\W\d_]{1,40})- (?P<right>[^\W_]{1,40})(?!\w)")
_BEHIND_WORD = re.compile(r"-(?<=\w-)[ \n]")
"""A quick test before `_PAIR`. It begins with a literal, so a search takes a twentieth of the
time."""
_AT_END = re.compile(r"(?<![\w-])(?P<left>[^\W\d_]{1,40})-$")
_AT_START = re.compile(r"(?P<right>[^\W\d_]{1,40})(?!\w)")
_WHOLE_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")
_END_CHARS = 42
"""How far before a line's end a word with a hyphen may begin."""
_STEM_CHARS_LEAST = 4
"""Fewest letters that both halves of a doubled word share, unless the second begins with the whole
first half."""
_LIKE_SHARE = 0.5
"""In two halves that rhyme (sayur-mayur), more than this share of the letters is the same."""

_LINKS = frozenset(
    "dan atau maupun serta hingga sampai kata ujar tutur kepada yang ini itu".split()
)
"""Before these words a hyphen ends a word on purpose: "pra- dan pasca-"."""
_VERB_PREFIXES = frozenset("di me mem men meng meny nge ter ber".split())
"""Prefixes that keep their hyphen before a foreign word: "di-push"."""
_NAME_PREFIXES = frozenset("se ke non anti pro pra pasca".split())
"""Prefixes that keep their hyphen before a name or a number as well: "se-Indonesia", "ke-3"."""
_STATES = frozenset(
    "as asean australia china cina filipina india indonesia inggris irak iran israel jepang jerman "
    "korea korsel korut lebanon malaysia pakistan palestina prancis ri rusia singapura suriah "
    "taiwan thailand tiongkok turki ue ukraina vietnam".split()
)

_FindWords = Callable[[], frozenset[str]]
"""Returns the whole words of a text, in lower case."""


def join_broken_words(line: str, find_words: _FindWords = frozenset) -> str:
    """Return the line with its broken words joined.

    Args:
        line: a line with single spaces.
        find_words: returns the whole words of the same text, in lower case. A first half that is
            no such word is a fragment.
    """
    if "- " not in line:
        return line
    return _PAIR.sub(lambda pair: _joined(pair, find_words), line)


def join_broken_lines(lines: list[str]) -> list[str]:
    """Return the lines of a text with broken words joined, across line ends and within lines."""
    if not _BEHIND_WORD.search("\n".join(lines)):
        return lines
    # Finding the words takes longer than reading the text, and few texts need them.
    find_words = cache(partial(_whole_words, lines))
    parts: list[list[str]] = []
    for line in lines:
        above = _above_of(parts[-1][-1], line, find_words) if parts else None
        if above is None:
            parts.append([line])
        else:
            parts[-1][-1:] = [above, line]
    return [join_broken_words("".join(each), find_words) for each in parts]


def _whole_words(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(
        word for line in lines for word in _WHOLE_WORD.findall(line.casefold()) if len(word) > 1
    )


def _above_of(above: str, below: str, find_words: _FindWords) -> str | None:
    """Return the line above, ready to be joined with the line below; None if they stay apart."""
    head, tail = _AT_END.search(above, max(0, len(above) - _END_CHARS)), _AT_START.match(below)
    if head is None or tail is None or not below[0].islower() or tail["right"] in _LINKS:
        return None
    left, right = head["left"], tail["right"]
    if len(left) == 1 or left.isupper() or _is_doubled(left, right):
        return above
    words = find_words()
    is_fragment = left.islower() and left not in words
    return above[:-1] if is_fragment or (left + right).casefold() in words else None


def _joined(pair: re.Match[str], find_words: _FindWords) -> str:
    left, right = pair["left"], pair["right"]
    small = left.casefold()
    if right in _LINKS:
        return pair.group()
    if _keeps_hyphen(pair):
        return f"{left}-{right}"
    if not right.islower():
        return pair.group()
    words = find_words()
    return left + right if small not in words and small + right in words else pair.group()


def _keeps_hyphen(pair: re.Match[str]) -> bool:
    left, right = pair["left"], pair["right"]
    if left in _NAME_PREFIXES:
        return True
    if right[0].islower():
        return right == "nya" or left in _VERB_PREFIXES or _repeats(left, right)
    return _is_pair_of_states(pair)


def _is_pair_of_states(pair: re.Match[str]) -> bool:
    """Tell whether a pair names two states, as in "Indonesia-Malaysia".

    In "Media Indonesia- China menolak" it does not: an outlet stands before its article.
    """
    left, right = pair["left"], pair["right"]
    if not (left.casefold() in _STATES and right.casefold() in _STATES and left[0].isupper()):
        return False
    before = pair.string[max(0, pair.start() - _END_CHARS) : pair.start()].split()
    is_prose = bool(before) and before[-1].islower() and before[-1].isalpha()
    is_headline = bool(before) and before[-1].isalpha() and not before[-1].isupper()
    return is_prose or (is_headline and left != "Indonesia")


def _repeats(left: str, right: str) -> bool:
    """Tell whether the second half begins with the end of the first: perundang-undangan."""
    left, right = left.casefold(), right.casefold()
    if len(left) >= _STEM_CHARS_LEAST - 1 and right.startswith(left):
        return True
    lengths = range(_STEM_CHARS_LEAST, min(len(left), len(right)) + 1)
    return any(left.endswith(right[:length]) for length in lengths)


def _is_doubled(left: str, right: str) -> bool:
    """Tell whether two halves are one doubled word: anak-anak, tarik-menarik, sayur-mayur."""
    # A prefix may replace the first letter: tarik-menarik, pukul-memukul.
    if _repeats(left, right) or (len(left) >= _STEM_CHARS_LEAST and right.endswith(left[1:])):
        return True
    same = sum(one == other for one, other in zip(left, right, strict=False))
    return len(left) == len(right) and same > _LIKE_SHARE * len(left)
