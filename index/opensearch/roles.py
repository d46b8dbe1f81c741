"""The roles of documents on a cluster: near duplicates, and the ids that lead to an article.

On disk they stand beside the segments. A cluster has them in each document, so one whose role has
changed is sent anew.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from index.corpus import hash_text
from index.generations import Catalog
from index.opensearch.encoding import Role

NO_ROLE = Role()


def make_roles(representatives: Mapping[str, str], catalog: Catalog) -> dict[str, Role]:
    """Return the role of each document that has one.

    Args:
        representatives: of each near duplicate, by id.
        catalog: of the generation.
    """
    counts = Counter(representatives.values())
    hashes: defaultdict[str, set[int]] = defaultdict(set)
    for number, doc_id in catalog.former_ids():
        hashes[doc_id].add(number)
    for doc_id, original in catalog.copies():
        hashes[original].add(hash_text(doc_id))
    ids = {*representatives, *counts, *hashes}
    return {
        doc_id: Role(
            representatives.get(doc_id) or (doc_id if doc_id in counts else ""),
            counts[doc_id],
            doc_id in representatives,
            tuple(sorted(hashes.get(doc_id, ()))),
        )
        for doc_id in ids
    }
