"""A disk that may lose power: what was synced is safe, anything else is there, lost or torn.

It is stricter than file systems are. The bytes of a file are safe once that file is synced, a name
once its folder is. Of all other changes any may have reached the disk, in whatever order; a rename
within a folder is one change.

>>> disk = Disk(Path("/d"), inode=1)
>>> changes = (
...     Change(Kind.CREATE, 2, 0, b"/d/new", b""),
...     Change(Kind.WRITE, 2, 0, b"7", b""),
...     Change(Kind.RENAME, 0, 0, b"/d/new", b"/d/current"),
...     Change(Kind.SYNC, 1, 0, b"", b""),
... )
>>> all(disk.apply(change) for change in changes)
True
>>> disk.after_cut(LOST), disk.live()
({'current': b''}, {'current': b'7'})
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from campaigns.recording import Change, Kind, RecorderError

Tree = dict[str, bytes | None]
"""What is on a disk, by path below the root: the bytes of a file, None for a folder."""


@dataclass(slots=True, eq=False)
class _File:
    """A file: its bytes as programs see them and as they are safe, and the changes between."""

    live: bytearray = field(default_factory=bytearray)
    safe: bytes = b""
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    def change(self, at: int, data: bytes | None) -> None:
        _write(self.live, at, data)
        self.waiting.append((at, data))

    def sync(self) -> None:
        self.safe = bytes(self.live)
        self.waiting.clear()

    def after_cut(self, policy: "Policy") -> bytes:
        """Return the bytes that a power cut leaves."""
        left = bytearray(self.safe)
        for at, data in self.waiting:
            part = policy.part_of_write(len(data or b""))
            if data is None and part:
                _write(left, at, None)
            elif data and part:
                _write(left, at, data[:part])
        return bytes(left)


@dataclass(slots=True, eq=False)
class _Folder:
    """A folder: its names as programs see them and as they are safe, and the changes between."""

    live: "dict[str, _File | _Folder]" = field(default_factory=dict)
    safe: "dict[str, _File | _Folder]" = field(default_factory=dict)
    waiting: "list[dict[str, _File | _Folder | None]]" = field(default_factory=list)

    def change(self, names: "dict[str, _File | _Folder | None]") -> None:
        _rename(self.live, names)
        self.waiting.append(names)

    def sync(self) -> None:
        self.safe = dict(self.live)
        self.waiting.clear()

    def after_cut(self, policy: "Policy") -> "dict[str, _File | _Folder]":
        """Return the names that a power cut leaves."""
        left = dict(self.safe)
        for names in self.waiting:
            if policy.keeps_name():
                _rename(left, names)
        return left


@dataclass(frozen=True, slots=True)
class Policy:
    """What becomes of changes that were not synced.

    Attributes:
        keeps_name: whether a change of names is on the disk.
        part_of_write: how many bytes of a write, given their number, are on the disk; one that
            changes the size is there if this is not 0.
    """

    keeps_name: Callable[[], bool]
    part_of_write: Callable[[int], int]


LOST = Policy(lambda: False, lambda _: 0)
"""Nothing that was not synced is there."""
NAMES_ONLY = Policy(lambda: True, lambda _: 0)
"""All names are there, and no bytes: what journals of file systems often leave."""
BYTES_ONLY = Policy(lambda: False, lambda count: count or 1)
"""All bytes are there, and no names."""


def torn(random: Random) -> Policy:
    """Return a policy by which each change is there or not, and a write may be cut."""

    def part(count: int) -> int:
        return random.choice((0, random.randint(0, count), count or 1))

    return Policy(lambda: random.random() < 0.5, part)  # noqa: PLR2004 - a coin


class Disk:
    """A folder, all of whose content is safe at first, and what is done to it."""

    def __init__(self, root: Path, inode: int | None = None) -> None:
        """Read a folder; one that is not there is empty, and has the inode that is given."""
        self._root = os.fsencode(root)
        self._top = _Folder()
        self._by_inode: dict[int, _File | _Folder] = {}
        if inode is None:
            self._read(root, self._top)
        else:
            self._by_inode[inode] = self._top

    def apply(self, change: Change) -> bool:
        """Apply a change; return whether it has changed what a power cut may leave."""
        kind, inode, number, first, second = change
        node = self._by_inode.get(inode) if inode else None
        if kind in (Kind.CREATE, Kind.MKDIR):
            return self._create(first, inode, _File() if kind is Kind.CREATE else _Folder())
        if kind is Kind.UNSEEN and node:
            raise RecorderError("A file is written through a mapping, which cannot be recorded")
        if isinstance(node, _File) and kind in (Kind.WRITE, Kind.RESIZE):
            node.change(number, first if kind is Kind.WRITE else None)
        elif node and kind is Kind.SYNC:
            node.sync()
        elif kind in (Kind.RENAME, Kind.LINK):
            return self._name(first, second, keeps_old=kind is Kind.LINK)
        elif kind in (Kind.UNLINK, Kind.RMDIR):
            return self._unlink(first)
        return node is not None

    def after_cut(self, policy: Policy) -> Tree:
        """Return what is on the disk after a power cut at this moment."""
        return _tree(self._top, lambda node: node.after_cut(policy))

    def live(self) -> Tree:
        """Return what programs see at this moment."""
        return _tree(self._top, lambda node: node.live)

    def _read(self, path: Path, folder: _Folder) -> None:
        self._by_inode[path.stat().st_ino] = folder
        for each in path.iterdir():
            if each.is_dir():
                node: _File | _Folder = _Folder()
                self._read(each, node)  # type: ignore[arg-type]  # made a line above
            else:
                node = self._by_inode.setdefault(each.stat().st_ino, _File())
                if isinstance(node, _File):
                    node.live[:] = each.read_bytes()
            folder.live[each.name] = node
            node.sync()
        folder.sync()

    def _create(self, path: bytes, inode: int, node: _File | _Folder) -> bool:
        self._by_inode[inode] = node  # an unnamed file, too: its number is no other's any more
        folder, name = self._parent(path)
        if folder is None:
            self._by_inode.pop(inode)
            return False
        folder.change({name: node})
        return True

    def _name(self, path: bytes, new_path: bytes, *, keeps_old: bool) -> bool:
        folder, name = self._parent(path)
        to, new = self._parent(new_path)
        if folder is None or to is None:
            return False
        node = folder.live[name]
        if folder is to:
            folder.change({new: node} if keeps_old else {name: None, new: node})
            return True
        to.change({new: node})
        if not keeps_old:
            folder.change({name: None})
        return True

    def _unlink(self, path: bytes) -> bool:
        folder, name = self._parent(path)
        if folder is None or name not in folder.live:
            return False
        folder.change({name: None})
        return True

    def _parent(self, path: bytes) -> tuple[_Folder | None, str]:
        """Return the folder of a path, None outside of the root, and the path's last part."""
        if not path.startswith(self._root + b"/"):
            return None, ""
        *parts, name = os.fsdecode(path[len(self._root) + 1 :]).split("/")
        folder: _File | _Folder | None = self._top
        for part in parts:
            folder = folder.live.get(part) if isinstance(folder, _Folder) else None
        return (folder if isinstance(folder, _Folder) else None), name


def write_tree(tree: Tree, folder: Path) -> None:
    """Write what is on a disk into a folder that is not there yet."""
    folder.mkdir()
    for path, data in tree.items():
        if data is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(data)


def _tree(top: _Folder, content: Callable[[_File | _Folder], object]) -> Tree:
    tree: Tree = {}
    waiting: list[tuple[str, _File | _Folder]] = [("", top)]
    for prefix, node in waiting:
        inside = content(node)
        if isinstance(inside, dict):
            tree |= {prefix.removesuffix("/"): None} if prefix else {}
            waiting += [(f"{prefix}{name}/", each) for name, each in sorted(inside.items())]
        elif isinstance(inside, bytes | bytearray):
            tree[prefix.removesuffix("/")] = bytes(inside)
    return tree


def _write(data: bytearray, at: int, new: bytes | None) -> None:
    """Write bytes at an offset; with None, give the data that size."""
    if new is None:
        del data[at:]
    data.extend(bytes(max(0, at - len(data))))
    if new is not None:
        data[at : at + len(new)] = new


def _rename(names: dict[str, _File | _Folder], changed: dict[str, _File | _Folder | None]) -> None:
    for name, node in changed.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node
