r"""Changes of a text file as a whole: its encoding, its line ends and its packing.

>>> FILE_CHANGES["CR LF"]("a.csv", "a\nb\n")
('a.csv', b'a\r\nb\r\n')
"""

import gzip
import re
from collections.abc import Callable, Mapping

FileChange = Callable[[str, str], tuple[str, bytes]]
"""Takes a file's name and its text; returns the changed name and the bytes."""


def _legacy(name: str, text: str) -> tuple[str, bytes]:
    """Write windows-1252, and say so where a page names its encoding."""
    text = re.sub(r"(charset\s*=\s*[\"']?)utf-?8", r"\1windows-1252", text, flags=re.IGNORECASE)
    is_page = name.endswith((".html", ".htm"))
    return name, text.encode("cp1252", "xmlcharrefreplace" if is_page else "replace")


def _lines(end: str, name: str, text: str) -> tuple[str, bytes]:
    return name, text.replace("\r\n", "\n").replace("\n", end).encode()


FILE_CHANGES: Mapping[str, FileChange] = {
    "UTF-8 with BOM": lambda name, text: (name, b"\xef\xbb\xbf" + text.encode()),
    "UTF-16 with BOM": lambda name, text: (name, text.encode("utf-16")),
    "windows-1252": _legacy,
    "CR LF": lambda name, text: _lines("\r\n", name, text),
    "CR": lambda name, text: _lines("\r", name, text),
    "gzipped": lambda name, text: (f"{name}.gz", gzip.compress(text.encode(), mtime=0)),
}
"""The changes of files by name."""
