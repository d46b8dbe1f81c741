"""Name lists: places that open articles, agencies that end photo credits, and outlets.

Each list is a text file beside this module, whose first lines name its source. Add what your
archive needs, in any order.

>>> "PADANG" in read_names("places.txt"), "ANTARA" in read_names("agencies.txt")
(True, True)
"""

from functools import cache
from typing import Literal

from index.installed import read_packaged


@cache
def read_names(file_name: Literal["places.txt", "agencies.txt", "outlets.txt"]) -> frozenset[str]:
    """Return the names of a list: they are separated by commas or line ends."""
    text = read_packaged("index.ingest.fields", file_name)
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(name.strip() for line in lines for name in line.split(",") if name.strip())
