"""Fuzz a target with atheris, until its options say that it is enough or an input fails.

python -m campaigns.atheris_run NAME CORPUS [options of libFuzzer]
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).parents[2]
FOLLOWED = ("index.ingest", "index.segments", "search.query")
"""Packages whose branches are followed; compiled loops cannot be."""


def main(name: str, options: list[str]) -> None:
    """Fuzz; atheris ends the process."""
    import atheris  # noqa: PLC0415 - of a dependency group that few need

    others = [n for n in _modules() if not n.startswith(FOLLOWED) or "kernels" in n]
    with atheris.instrument_imports(include=list(FOLLOWED), exclude=others):
        from campaigns.fuzz_targets import TARGETS  # noqa: PLC0415 - followed from here on

    target = next(each for each in TARGETS if each.name == name)
    with TemporaryDirectory() as folder:
        atheris.Setup([sys.argv[0], *options], lambda data: target.try_bytes(data, Path(folder)))
        atheris.Fuzz()


def _modules() -> Iterator[str]:
    for package in ("index", "search"):
        for path in (PROJECT / package).rglob("*.py"):
            parts = path.relative_to(PROJECT).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__init__")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
