"""Slow requests take turns: one runs at a time, quick ones beside it, and none waits for ever."""

import math
from threading import Thread

from search.execution.turns import Turn, Turns

AT_ONCE = -math.inf
"""A request that is slow from its first step on."""
NOW = math.inf
"""A moment at which every turn is over."""


def test_one_slow_request_runs_at_a_time() -> None:
    """Another one may go on when the first is done."""
    turns = Turns()
    first, second = Turn(turns, AT_ONCE), Turn(turns, AT_ONCE)
    assert first.take(NOW, seconds=0)
    assert not second.take(NOW, seconds=0)
    first.end()
    assert second.take(NOW, seconds=0)


def test_a_quick_request_needs_no_turn() -> None:
    """It neither waits nor makes another one wait."""
    turns = Turns()
    slow, quick, other = Turn(turns, AT_ONCE), Turn(turns), Turn(turns, AT_ONCE)
    assert slow.take(NOW, seconds=0)
    assert quick.take(NOW, seconds=0)
    slow.end()
    assert other.take(NOW, seconds=0)
    quick.end()


def test_a_request_goes_on_until_its_turn_is_over() -> None:
    """And on again, where nobody waits."""
    turn = Turn(Turns(), AT_ONCE)
    assert turn.take(NOW, seconds=0)
    assert turn.take(0, seconds=0)
    assert turn.take(NOW, seconds=0)
    turn.end()
    turn.end()


def test_many_slow_requests_are_all_done() -> None:
    """Each gives way after each step, and each has its turn again."""
    turns, done = Turns(), []

    def work() -> None:
        turn = Turn(turns, AT_ONCE)
        done.append(all(turn.take(NOW, seconds=60) for _ in range(100)))
        turn.end()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [True] * 8
