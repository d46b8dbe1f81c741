"""Run by `test_warm_up` in a process of its own: which kernels do requests still compile?

    python ask_after_warm_up.py ARTICLES INDEX

Prints the names of the kernels that got a new signature after warming up, as JSON.
"""

import json
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

from index.indexer.build import build_index
from search.columnar_engine import ColumnarEngine
from search.request import FacetChoice, SearchRequest, Sort
from search.warm_up import warm_up_kernels

KERNEL_PACKAGES = ("index.analysis.kernels", "index.segments.kernels", "search.kernels")

QUERY_TEXTS = (
    *("", "beras", "harga beras", "harga ATAU beras ATAU gula", '"harga beras"', "har*", "-gula"),
    *("beras -gula", "tempat:jakarta", "judul:beras isi:harga", "tanggal:2024", "har* ATAU beras"),
    *('"harga beras" -gula', "*", "zzqx", "zzqx beras", "berass"),
    '"harga beras"~5',
)
TAG = ("tag", FacetChoice(include=("inflasi",)))
WITHOUT_AUTHOR = ("author", FacetChoice(without=True))
NOT_TAG = ("tag", FacetChoice(exclude=("inflasi",)))
CHOICES = ((), (TAG,), (WITHOUT_AUTHOR,), (NOT_TAG,), (TAG, WITHOUT_AUTHOR))
SORTS: tuple[Sort, ...] = ("relevance", "newest")


def signature_counts() -> dict[str, int]:
    """Return for how many kinds of arguments each kernel is compiled."""
    modules = [
        import_module(f"{package}.{found.name}")
        for package in KERNEL_PACKAGES
        for found in pkgutil.iter_modules(import_module(package).__path__)
    ]
    kernels = {
        f"{module.__name__}.{name}": kernel
        for module in modules
        for name, kernel in vars(module).items()
        if hasattr(kernel, "signatures")
    }
    return {name: len(kernel.signatures) for name, kernel in kernels.items()}


def main(articles: str, index_path: str) -> None:
    """Warm up, build, and ask."""
    warm_up_kernels()
    build_index([Path(articles)], Path(index_path))
    before = signature_counts()
    engine = ColumnarEngine(Path(index_path), 60)
    for query_text in QUERY_TEXTS:
        for choices in CHOICES:
            for sort in SORTS:
                engine.search(SearchRequest(query_text=query_text, choices=choices, sort=sort))
    engine.close()
    new = [name for name, count in signature_counts().items() if count > before[name]]
    sys.stdout.write(json.dumps(new) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
