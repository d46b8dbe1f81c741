r"""Values of a row: texts out of what a file has for them: lists, objects, markup, stand-ins.

Exports write a text as a list of paragraphs, an author as an object, a date as MongoDB has it, a
list as Python prints it, and "nan" or "tidak ditemukan" for nothing.

>>> find_texts([{"name": "Ani"}, "['Budi', \"Cici\"]", "N/A", None])
['Ani', 'Budi', 'Cici']
>>> find_texts({"$date": "2024-03-05T00:00:00Z"}), is_nothing("[]"), is_nothing("Panen")
(['2024-03-05T00:00:00Z'], True, False)
"""

import ast
import json
import re
from functools import lru_cache

NAMES_OF_TEXTS = (
    *(
        "rendered",
        "$t",
        "$date",
        "$oid",
        "$numberLong",
        "$numberInt",
        "name",
        "nama",
        "displayName",
        "display_name",
        "full_name",
        "nama_lengkap",
        "username",
        "term",
        "title",
        "label",
    ),
    *("text", "content", "children", "value", "#text", "__cdata", "_", "data", "blocks", "root"),
    *("url", "href", "@id"),
)
"""Where an object that stands for a text has it, the usual name first."""
NAMES_OF_ADDRESSES = ("url", "href", "link", "@id", "rendered")
"""The same for an object that stands for an address."""

_PARTS_OF_DATE = frozenset({"year", "month", "day"})
_PARTS_OF_NAME = (
    ("first_name", "last_name"),
    ("firstName", "lastName"),
    ("firstname", "lastname"),
    ("nama_depan", "nama_belakang"),
)
"""Where an object has a person's name in two parts."""
_DEPTH_MOST = 12
"""How deep a value is searched: no exporter nests a text deeper."""
_PRINTED_CHARS_MOST = 2_000_000
"""Longest text that is read as a printed list."""
_OBJECT_CHARS_MOST = 20_000
"""Longest text that is read as a printed object, and most brackets in it."""
_BRACKETS_MOST = 500

_NOTHING = frozenset(
    (
        "nan none null n/a #n/a nat [] {} () [null] [none] [nan] '' \"\" undefined <na> nil - -- "
        "--- – — . ... … ? 404 unknown n.a. (null) (none) \\n false kosong (kosong) xxx #ref! "
        "#value! #name? #div/0! #null! #num! #error! -nan #n/d"
    ).split(" ")
) | {
    *("tidak ada", "not found", "no data", "no author", "no content", "no title", "no date"),
    *("belum ada", "tanpa judul", "tanpa nama", "tanpa penulis", "tanpa tanggal", "no name"),
}
_NOT_FOUND = re.compile(
    r"(?:\w+ ){0,3}(?:tidak|tak|belum|not|gagal) (?:di)?"
    r"(?:temukan|ditemukan|tersedia|diketahui|found|available|terbaca|dapat di\w+)\.?",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"tidak ada (?:konten|isi|judul|tanggal|penulis|data|tag|kategori)", re.IGNORECASE
)
_DENIALS = frozenset("tidak tak belum not gagal".split())
"""Words of which each of those two has one."""
_STAND_IN_CHARS_MOST = 60
"""Longest text that can be a stand-in for nothing."""

_ITEM = r"""(?:[bur]?'(?:[^'\\]|\\.)*+'|[bur]?"(?:[^"\\]|\\.)*+"|None|null|nan|NaN)"""
_PRINTED_LIST = re.compile(
    rf"\s*+[\[(]\s*+{_ITEM}(?:\s*+,?\s*+{_ITEM})*+\s*+,?\s*+[\])]\s*+", re.DOTALL
)
_PRINTED_ITEM = re.compile(_ITEM, re.DOTALL)
_BRACKETS = ("[", "(", "{")
_PRINTED_OBJECT = re.compile(r"\s*\[?\s*\{\s*['\"].*\}\s*\]?\s*", re.DOTALL)


class Number(str):
    """A number of JSON, as it is written. No person, tag or section is one."""

    __slots__ = ()


def find_texts(value: object, names: tuple[str, ...] = NAMES_OF_TEXTS, depth: int = 0) -> list[str]:
    """Return the texts that a value holds, without stand-ins for nothing.

    Args:
        value: any value of JSON, or the text of a cell.
        names: where objects have their text; of an object without any of them all texts count.
        depth: how deep the value stands.
    """
    if isinstance(value, str):
        return _of_text(value, names, depth)
    if depth > _DEPTH_MOST:
        return []
    items: list[object] = []
    if isinstance(value, list):
        items = _main_links(value) or value
    elif isinstance(value, dict):
        if whole := _join_parts(value):
            return [whole]
        given = [name for name in names if name in value]
        name = next((name for name in given if value[name] is not None), next(iter(given), None))
        items = list(value.values()) if name is None else [value[name]]
    return [text for item in items for text in find_texts(item, names, depth + 1)]


def _join_parts(value: dict[str, object]) -> str:
    """Return the date or the name that an object has in parts, "" for another object."""
    if value.keys() >= _PARTS_OF_DATE:
        return "-".join(str(value[part]) for part in ("year", "month", "day"))
    parts = next((parts for parts in _PARTS_OF_NAME if parts[0] in value), ())
    given = [value.get(part) for part in parts] if "name" not in value else []
    return " ".join(part for part in given if isinstance(part, str) and not is_nothing(part))


def _main_links(values: list[object]) -> list[object]:
    """Return the addresses of an article itself among the links that Atom has of it."""
    return [each for each in values if isinstance(each, dict) and each.get("rel") == "alternate"]


def is_nothing(value: object) -> bool:
    """Tell whether a value says that there is none."""
    return not find_texts(value)


def _of_text(text: str, names: tuple[str, ...], depth: int) -> list[str]:
    if _is_stand_in(text):
        return []
    if text.lstrip()[:1] not in _BRACKETS or isinstance(text, Number):
        return [text]
    printed = _read_printed(text)
    return [text] if printed is None else find_texts(printed, names, depth + 1)


def _is_stand_in(text: str) -> bool:
    is_long = len(text) > 4 * _STAND_IN_CHARS_MOST
    return text.isspace() if is_long else _says_nothing(text)


@lru_cache(maxsize=4096)
def _says_nothing(text: str) -> bool:
    """Tell the same of a short text; outlets, sections and tags come again and again."""
    words = text.lower().split()
    lower = " ".join(words)
    if lower in _NOTHING or not words:
        return True
    if lower == "na":  # as it stands in tables; Na is a name
        return "NA" in text
    if len(lower) > _STAND_IN_CHARS_MOST or _DENIALS.isdisjoint(words):  # as nearly every value
        return False
    plain = " ".join(text.split())
    return (_NOT_FOUND.fullmatch(plain) or _NO_THING.fullmatch(plain)) is not None


def _read_printed(text: str) -> object:
    """Return the list or object that a text is as JSON or Python print it; None for others."""
    if len(text) <= _PRINTED_CHARS_MOST and _PRINTED_LIST.fullmatch(text):
        return [_unquoted(item) for item in _PRINTED_ITEM.findall(text)]
    brackets = text.count("[") + text.count("{") + text.count("(")
    if len(text) > _OBJECT_CHARS_MOST or brackets > _BRACKETS_MOST:
        return None
    if not _PRINTED_OBJECT.fullmatch(text):
        return None
    for parse in (json.loads, ast.literal_eval):
        try:
            parsed: object = parse(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
        return parsed if isinstance(parsed, list | dict) else None
    return None


def _unquoted(item: str) -> str | None:
    """Return the text of a printed string; None for a printed nothing."""
    item = item.lstrip("bur")
    if item[:1] not in ("'", '"'):
        return None
    if "\\" not in item:
        return item[1:-1]
    try:
        parsed: object = ast.literal_eval(item.replace("\r", "").replace("\n", "\\n"))
    except (ValueError, SyntaxError):
        return item[1:-1]
    return parsed if isinstance(parsed, str) else item[1:-1]
