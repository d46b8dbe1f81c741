"""Count the steps of a regular expression, so that a test can bound its work without a clock.

`re` does not say how often it backtracks. `StepCounter` matches the same patterns by the same
method (backtracking, greedy first), and counts each attempt to match one part of a pattern at one
position. It is slow, and serves texts of a few thousand characters. `test_pattern_steps` compares
it with `re`.
"""

import re
from collections.abc import Callable
from re import _constants as codes
from re import _parser as parser
from typing import Any

End = int | None
"""Where a match ends; None for no match."""
Continuation = Callable[[int], End]
Matcher = Callable[[int, Continuation], End]
"""Matches one part of a pattern at a position, and then what follows it."""

_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}
_ONE_CHAR = {codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN}
_REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}


def _stop(position: int) -> End:
    return position


class StepCounter:
    """A pattern whose steps are counted.

    Attributes:
        steps: how many were taken so far.
    """

    def __init__(self, pattern: "re.Pattern[str] | re.Pattern[bytes]") -> None:
        self.steps = 0
        self._text = ""
        self._end = 0
        self._groups: dict[int, str] = {}
        source = pattern.pattern
        text = source if isinstance(source, str) else source.decode("latin-1")
        self._flags = pattern.flags
        flags = pattern.flags if isinstance(source, str) else pattern.flags | re.ASCII
        self._root = self._sequence(parser.parse(text, flags & ~re.DEBUG))

    def attempt(self, text: str, start: int, end: End = None, *, is_whole: bool = False) -> End:
        """Match at one position; return where the match ends, None without one."""
        self._text, self._end, self._groups = text, len(text) if end is None else end, {}
        return self._root(start, self._at_end if is_whole else _stop)

    def _at_end(self, position: int) -> End:
        return position if position == self._end else None

    def _sequence(self, items: Any) -> Matcher:
        parts = [self._part(code, value) for code, value in items]

        def match(position: int, then: Continuation, index: int = 0) -> End:
            if index == len(parts):
                return then(position)
            self.steps += 1
            return parts[index](position, lambda stop: match(stop, then, index + 1))

        return match

    def _part(self, code: Any, value: Any) -> Matcher:
        if code in _ONE_CHAR:
            return self._char(self._predicate(code, value))
        if code in _REPEATS:
            return self._repeat(code, *value)
        made: dict[Any, Callable[[], Matcher]] = {
            codes.AT: lambda: self._at(value),
            codes.BRANCH: lambda: self._branch([self._sequence(each) for each in value[1]]),
            codes.SUBPATTERN: lambda: self._group(value[0], self._sequence(value[3])),
            codes.ATOMIC_GROUP: lambda: self._atomic(self._sequence(value)),
            codes.ASSERT: lambda: self._look(value, is_wanted=True),
            codes.ASSERT_NOT: lambda: self._look(value, is_wanted=False),
            codes.GROUPREF: lambda: self._reference(value),
        }
        return made[code]()

    def _predicate(self, code: Any, value: Any) -> Callable[[str], bool]:
        """Return what tells whether a character matches, each looked up once."""
        known: dict[str, bool] = {}
        cases = (str.lower, str.upper) if self._flags & re.IGNORECASE else (str,)

        def fits(char: str) -> bool:
            if char not in known:
                known[char] = any(self._fits(code, value, case(char)[:1]) for case in cases)
            return known[char]

        return fits

    def _fits(self, code: Any, value: Any, char: str) -> bool:
        if code is codes.ANY:
            return char != "\n" or bool(self._flags & re.DOTALL)
        if code is codes.LITERAL:
            return ord(char) == value
        if code is codes.NOT_LITERAL:
            return ord(char) != value
        if code is codes.RANGE:
            return value[0] <= ord(char) <= value[1]
        if code is codes.CATEGORY:
            return re.match(_CATEGORIES[value], char, self._flags & re.ASCII) is not None
        is_negated = value[0][0] is codes.NEGATE
        return is_negated != any(self._fits(*each, char) for each in value[is_negated:])

    def _char(self, fits: Callable[[str], bool]) -> Matcher:
        def match(position: int, then: Continuation) -> End:
            is_match = position < self._end and fits(self._text[position])
            return then(position + 1) if is_match else None

        match.fits = fits  # type: ignore[attr-defined]
        return match

    def _repeat(self, code: Any, least: int, most: int, items: Any) -> Matcher:
        is_char = len(items) == 1 and items[0][0] in _ONE_CHAR
        if is_char and code is not codes.MIN_REPEAT:
            fits = self._predicate(*items[0])
            return self._repeat_char(
                fits, least, most, is_possessive=code is codes.POSSESSIVE_REPEAT
            )
        inner = self._sequence(items)
        if code is codes.POSSESSIVE_REPEAT:
            return self._atomic(self._repeat_any(inner, least, most, is_greedy=True))
        return self._repeat_any(inner, least, most, is_greedy=code is codes.MAX_REPEAT)

    def _repeat_char(
        self, fits: Callable[[str], bool], least: int, most: int, *, is_possessive: bool
    ) -> Matcher:
        def match(position: int, then: Continuation) -> End:
            stop = position
            while stop < self._end and stop - position < most and fits(self._text[stop]):
                stop += 1
            self.steps += stop - position
            first = stop if is_possessive else position + least
            for end in range(stop, max(first, position + least) - 1, -1):
                self.steps += 1
                found = then(end)
                if found is not None:
                    return found
            return None

        return match

    def _repeat_any(self, inner: Matcher, least: int, most: int, *, is_greedy: bool) -> Matcher:
        def match(position: int, then: Continuation, count: int = 0) -> End:
            def again(stop: int) -> End:
                is_idle = stop == position and count >= least
                return None if is_idle else match(stop, then, count + 1)

            self.steps += 1
            ways = [lambda: inner(position, again)] if count < most else []
            if count >= least:
                ways.insert(len(ways) if is_greedy else 0, lambda: then(position))
            return next((found for way in ways if (found := way()) is not None), None)

        return match

    def _branch(self, ways: list[Matcher]) -> Matcher:
        def match(position: int, then: Continuation) -> End:
            for way in ways:
                found = way(position, then)
                if found is not None:
                    return found
            return None

        return match

    def _group(self, number: int | None, inner: Matcher) -> Matcher:
        def match(position: int, then: Continuation) -> End:
            def keep(stop: int) -> End:
                if number is not None:
                    self._groups[number] = self._text[position:stop]
                return then(stop)

            return inner(position, keep)

        return match

    def _atomic(self, inner: Matcher) -> Matcher:
        def match(position: int, then: Continuation) -> End:
            stop = inner(position, _stop)
            return None if stop is None else then(stop)

        return match

    def _look(self, value: Any, *, is_wanted: bool) -> Matcher:
        direction, items = value
        inner = self._sequence(items)
        width = items.getwidth()[0] if direction < 0 else 0

        def match(position: int, then: Continuation) -> End:
            start = position - width
            is_found = start >= 0 and inner(start, _stop) is not None
            return then(position) if is_found == is_wanted else None

        return match

    def _reference(self, number: int) -> Matcher:
        def match(position: int, then: Continuation) -> End:
            known = self._groups.get(number)
            if known is None or not self._text.startswith(known, position):
                return None
            return then(position + len(known))

        return match

    def _at(self, code: Any) -> Matcher:
        def match(position: int, then: Continuation) -> End:
            return then(position) if self._is_at(code, position) else None

        return match

    def _is_at(self, code: Any, position: int) -> bool:
        if code in {codes.AT_BEGINNING, codes.AT_BEGINNING_STRING}:
            return position == 0
        if code is codes.AT_END:
            return self._text[position : self._end] in {"", "\n"}
        if code is codes.AT_END_STRING:
            return position == self._end
        around = self._text[max(0, position - 1) : position], self._text[position : position + 1]
        if position >= self._end:
            around = around[0], ""
        words = [re.match(r"\w", char, self._flags & re.ASCII) is not None for char in around]
        return (words[0] != words[1]) == (code is codes.AT_BOUNDARY)
