"""Find the engines that can run here: each is a module, imported only when it is chosen."""

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.peer import CannotRunError, Peer

PEER_CLASSES = {
    "kliping": "KlipingPeer",
    "tantivy": "TantivyPeer",
    "lucene": "LucenePeer",
    "sqlite": "SqlitePeer",
    "whoosh": "WhooshPeer",
}
"""The peer class of each engine's module, in the order of the tables."""

OURS = "kliping"


@dataclass(frozen=True, slots=True)
class Entrants:
    """The engines of a run.

    Attributes:
        peers: engines that can run.
        absent: by name of the others, why they cannot.
    """

    peers: tuple[Peer, ...]
    absent: dict[str, str]


def find_peers(names: Iterable[str], work: Path) -> Entrants:
    """Return the peers of these names, and why the others cannot run."""
    peers: list[Peer] = []
    absent: dict[str, str] = {}
    for name in names:
        try:
            peers.append(find_peer(name, work))
        except CannotRunError as error:
            absent[name] = str(error)
    return Entrants(tuple(peers), absent)


def find_peer(name: str, work: Path) -> Peer:
    """Return one peer.

    Raises:
        CannotRunError: when it cannot run here.
    """
    try:
        made: Any = getattr(importlib.import_module(f"bench.{name}"), PEER_CLASSES[name])
    except ModuleNotFoundError as error:
        raise CannotRunError(
            f"The Python package {error.name} is not installed; make dev installs it."
        ) from error
    peer: Peer = made(work)
    return peer
