"""Roles: what each document of a cluster is told of the others."""

from pathlib import Path

from index.corpus import hash_text
from index.generations import Catalog, CatalogWriter, Copy
from index.opensearch import Role, make_roles


def test_roles_are_those_of_the_catalogue_and_the_groups(tmp_path: Path) -> None:
    """Former ids and ids of copies lead to an article; one without any of it has no role."""
    with CatalogWriter.opened(tmp_path) as writer:
        writer.add_former_ids([(hash_text("dulu"), "a"), (hash_text("lama"), "c")])
        writer.add_copies([Copy(1, "salinan", "a", is_page=False)])
    with Catalog.opened(tmp_path) as catalog:
        roles = make_roles({"b": "a", "d": "a"}, catalog)
    former = tuple(sorted(map(hash_text, ("dulu", "salinan"))))
    assert roles == {
        "a": Role("a", 2, is_copy=False, former_ids=former),
        "b": Role("a", 0, is_copy=True),
        "c": Role("", 0, is_copy=False, former_ids=(hash_text("lama"),)),
        "d": Role("a", 0, is_copy=True),
    }
