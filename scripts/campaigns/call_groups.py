"""Groups of calls to the system: those of one kind at one place to files of one name.

A command makes some hundred calls, and each may end with several errors, once or from there on: too
many to try them all. Calls of a group come from the same code, so its first and its last are tried:
the first has nothing done yet, and the last has most to undo. Numbers in names count as one name,
and so do the random parts of temporary ones.
"""

import errno
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple

from campaigns.commands import Fault
from campaigns.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Call:
    """A kind of call to the system.

    Attributes:
        name: what it is called in the outcome.
        errors: the errors that it may end with.
    """

    name: str
    errors: tuple[int, ...]


_DISK = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT)
_FULL = (errno.ENOSPC, errno.EIO, errno.EDQUOT)
_OPEN = (errno.EMFILE, errno.EIO, errno.EACCES, errno.ENOMEM)

CALLS = (
    Call("open", _OPEN),
    Call("create", (*_DISK, errno.EMFILE, errno.ENOMEM)),
    Call("write", _FULL),
    Call("sync", _FULL),
    Call("rename", _DISK),
    Call("link", (*_DISK, errno.EMLINK)),
    Call("unlink", (errno.EIO, errno.EROFS, errno.EACCES)),
    Call("mkdir", _DISK),
    Call("rmdir", (errno.EIO, errno.EROFS, errno.EACCES)),
    Call("resize", _FULL),
    Call("map", (errno.ENOMEM,)),
    Call("read", (errno.EIO,)),
    Call("list", _OPEN),
    Call("stat", (errno.EIO, errno.EACCES, errno.ENOMEM)),
)
"""In the order of faults.c."""


def kinds_with(error: int) -> int:
    """Return the kinds of calls that may end with an error, a bit each.

    >>> bin(kinds_with(errno.EMLINK))
    '0b100000'
    """
    return sum(1 << kind for kind, call in enumerate(CALLS) if error in call.errors)


class Place(NamedTuple):
    """Where calls of a group are made: the line that faults.c writes for them.

    Attributes:
        line: the kind of the call, the address of the code that calls, and the file's path.
    """

    line: str

    @property
    def call(self) -> Call:
        """The kind of the call."""
        return CALLS[ord(self.line[0]) - ord("a")]

    @property
    def path(self) -> str:
        """The file's path, with numbers as `#`; empty without a file."""
        return self.line.split(" ", 2)[2]

    def __str__(self) -> str:
        return f"{self.call.name} {self.path}".rstrip()


class Refusal(NamedTuple):
    """A call that is let fail.

    Attributes:
        place: where it is made.
        number: its number among the calls at that place.
        error: the system's number of the error.
        stays: whether all calls that may end so fail from there on.
    """

    place: Place
    number: int
    error: int
    stays: bool

    def fault(self, log: Path) -> Fault:
        """Return what faults.c is told."""
        kinds = kinds_with(self.error) if self.stays else 0
        return Fault(log, self.place.line, self.number, self.error, kinds)

    def __str__(self) -> str:
        stays = "from there on" if self.stays else "once"
        return f"{errno.errorcode[self.error]} {stays} at {self.place} ({self.number})"


def read_places(log: Path) -> list[Place]:
    """Return the places of the calls in a log of faults.c, which has a line for each."""
    text = log.read_bytes().decode(errors="surrogateescape")
    return [Place(line) for line in text.split("\n") if line]


class Plan:
    """What is tried of the calls of one command.

    Attributes:
        groups: how many calls there are at each place.
        refusals: all that may be tried: of each group the first and the last call, with each error,
            once and from there on. One of each group comes first, drawn, then another one of each;
            so a campaign that is cut short has tried every group.
    """

    def __init__(self, places: Iterable[Place], random: Random) -> None:
        self.groups = Counter(places)
        ranked: list[tuple[int, Refusal]] = []
        for place, count in self.groups.items():
            refusals = list(_refusals(place, count))
            random.shuffle(refusals)
            ranked += enumerate(refusals)
        random.shuffle(ranked)
        ranked.sort(key=lambda pair: pair[0])
        self.refusals = [refusal for _, refusal in ranked]

    def count_in(self, outcome: Outcome) -> None:
        """Count what there is to be tried."""
        outcome.count("calls", self.groups.total())
        outcome.count("groups of calls", len(self.groups))
        outcome.count("pairs of a call and an error, once and to stay", len(self.refusals))


def _refusals(place: Place, count: int) -> Iterator[Refusal]:
    for number, error, stays in product({1, count}, place.call.errors, (False, True)):
        yield Refusal(place, number, error, stays)
