"""List what is installed from other people: licences, a bill of materials, age and maintainers.

    .venv/bin/python scripts/supply.py licences
    .venv/bin/python scripts/supply.py sbom [--out FILE]
    .venv/bin/python scripts/supply.py pins [--out FILE]
    .venv/bin/python scripts/supply.py ages --dates UV_LOCK

`sbom` writes CycloneDX JSON of requirements.lock, the same for the same lock. `pins` writes a
project of exactly these versions, of which uv makes a lock with the days of their release; `ages`
reads that, and lists the packages, the oldest release first. `make audit` does all of it. Licences
and maintainers are those that the installed packages name; one that this system does not need is
not installed, and is listed without.

Exit codes: 0 done; 1 a file cannot be read or written, or a package has no licence; 2 wrong usage.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import start

    start("supply")


import argparse
import datetime as dt
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path
from typing import Any, cast

from indexing.start import run

PROJECT = Path(__file__).parent.parent
LOCK = PROJECT / "requirements.lock"
UNKNOWN = "not installed here"
SPEC_VERSION = "1.6"
"""Of CycloneDX."""

_PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>.+?))? \\\n"
    r"(?:    --hash=\S+(?: \\)?\n)+(?P<via>(?:    #.*\n)*)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Package:
    """A line of the lock.

    Attributes:
        name, version: as pip knows it.
        marker: on which systems it is installed; "" for all.
        parents: the packages that need it; "kliping" for a direct dependency.
    """

    name: str
    version: str
    marker: str
    parents: tuple[str, ...]

    @property
    def purl(self) -> str:
        """The address of the package in a bill of materials."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read_lock(text: str) -> list[Package]:
    r"""Return the packages of a lock, in its order.

    >>> lock = "flask==3.1.3 \\\n    --hash=sha256:00\n    # via kliping (pyproject.toml)\n"
    >>> read_lock(lock)
    [Package(name='flask', version='3.1.3', marker='', parents=('kliping',))]
    """
    return [
        Package(
            found["name"].lower(), found["version"], found["marker"] or "", _parents(found["via"])
        )
        for found in _PIN.finditer(text)
    ]


def _parents(via: str) -> tuple[str, ...]:
    names = re.findall(r"#\s+(?:via )?([\w.-]+)", via)
    return tuple(dict.fromkeys(name for name in names if name != "via"))


def _metadata_of(package: Package) -> Message | None:
    """Return what an installed package says of itself; None if another version is installed."""
    try:
        if version(package.name) != package.version:
            return None
        return cast("Message", metadata(package.name))
    except PackageNotFoundError:
        return None


def _licence_of(package: Package) -> str:
    found = _metadata_of(package)
    if found is None:
        return UNKNOWN
    classifiers = (str(each) for each in found.get_all("Classifier") or ())
    named = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::")]
    stated = found.get("License-Expression") or found.get("License") or ""
    first_line = str(stated).strip().partition("\n")[0]
    return first_line or ", ".join(named)


def _maintainer_of(package: Package) -> str:
    found = _metadata_of(package)
    if found is None:
        return UNKNOWN
    keys = ("Maintainer", "Author", "Maintainer-email", "Author-email")
    told = " ".join(str(next(filter(None, map(found.get, keys)), "not named")).split())
    return re.sub(r"\s*<[^>]*>", "", told) or told


def list_licences(packages: Sequence[Package]) -> Iterator[str]:
    """Yield a line for each package: name, version, licence."""
    for package in packages:
        yield f"{package.name:16} {package.version:10} {_licence_of(package)}"


def make_sbom(packages: Sequence[Package]) -> dict[str, Any]:
    """Return a bill of materials in the form of CycloneDX."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    root = f"pkg:generic/{project['name']}@{project['version']}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": SPEC_VERSION,
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [_component(package) for package in packages],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(p.purl for p in packages if name in p.parents)}
            for name, ref in ((project["name"], root), *((p.name, p.purl) for p in packages))
        ],
    }


def _component(package: Package) -> dict[str, Any]:
    licence = _licence_of(package)
    named = [] if licence in {UNKNOWN, ""} else [{"license": {"name": licence}}]
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        **({"licenses": named} if named else {}),
    }


def make_pins(packages: Sequence[Package]) -> str:
    """Return a project that needs exactly these versions, as TOML."""
    lines = (
        json.dumps(f"{package.name}=={package.version} ; {package.marker}".rstrip(" ;"))
        for package in packages
    )
    needed = ",\n  ".join(lines)
    return (
        '[project]\nname = "pins"\nversion = "0"\nrequires-python = ">=3.11"\n'
        f"dependencies = [\n  {needed},\n]\n"
    )


def list_ages(packages: Sequence[Package], uv_lock: str, today: dt.date) -> Iterator[str]:
    """Yield a line for each package, the oldest release first: day, days since, who keeps it."""
    days = dict(_release_days(tomllib.loads(uv_lock)))
    dated = [(days.get((package.name, package.version)), package) for package in packages]
    for day, package in sorted(dated, key=lambda row: (row[0] or dt.date.min, row[1].name)):
        age = f"{day} {(today - day).days:5} days" if day else "no day is known"
        kept = _maintainer_of(package)
        yield f"{package.name:16} {package.version:10} {age:22} {kept}"


def _release_days(uv_lock: dict[str, Any]) -> Iterator[tuple[tuple[str, str], dt.date]]:
    for row in uv_lock["package"]:
        files = [*filter(None, [row.get("sdist")]), *row.get("wheels", ())]
        times = [str(file["upload-time"]) for file in files if "upload-time" in file]
        if times:
            key = (row["name"], row["version"])
            yield key, dt.datetime.fromisoformat(min(times)).date()


def main(arguments: list[str] | None = None) -> int:
    """Print or write what the command line asks for; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        packages = read_lock(LOCK.read_text(encoding="utf-8"))
        _write(_text_of(packages, options), options.out)
    except OSError as error:
        print(f"supply: {error}. Check the path.", file=sys.stderr)
        return 1
    nameless = [each.name for each in packages if not _licence_of(each)]
    if options.what == "licences" and nameless:
        print(f"supply: no licence is named by {', '.join(nameless)}", file=sys.stderr)
        return 1
    return 0


def _text_of(packages: Sequence[Package], options: argparse.Namespace) -> str:
    if options.what == "sbom":
        return json.dumps(make_sbom(packages), indent=1, ensure_ascii=False) + "\n"
    if options.what == "pins":
        return make_pins(packages)
    if options.what == "licences":
        lines = list_licences(packages)
    else:
        today = dt.datetime.now(dt.UTC).date()
        lines = list_ages(packages, options.dates.read_text(encoding="utf-8"), today)
    return "".join(f"{line}\n" for line in lines)


def _write(text: str, path: Path | None) -> None:
    if path is None:
        print(text, end="")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="supply.py", description=summary)
    parser.add_argument("what", choices=("licences", "sbom", "pins", "ages"))
    parser.add_argument("--out", type=Path, metavar="FILE", help="write there, not to the terminal")
    dates = PROJECT / "var" / "audit" / "uv.lock"
    text = "a lock of uv with the days of release (default: that of make audit)"
    parser.add_argument("--dates", type=Path, default=dates, metavar="UV_LOCK", help=text)
    return parser


if __name__ == "__main__":
    run("supply", main)
