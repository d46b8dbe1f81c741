"""Random articles: every field is made of a few words, so that queries find several of them."""

import datetime as dt
import random

from index.document import Document

WORDS = (
    "beras berasnya harga hargai dagang perdagangan berdagang dagangan emas pasar pasaran "
    "negosiasi negosiator gula teh"
).split()
"""Words of which some share a stem, and some a beginning."""

FIRST_DAY = dt.date(2024, 1, 1)


def random_document(rng: random.Random, number: int) -> Document:
    """Make a document whose every field holds some of the words, bodies of 1 to 300 of them."""

    def words(least: int, most: int) -> str:
        return " ".join(rng.choices(WORDS, k=rng.randint(least, most)))

    return Document(
        doc_id=f"{rng.randrange(1000):03}-{number}",
        title=words(1, 6),
        body="\n".join(words(1, rng.choice((3, 30, 100))) for _ in range(rng.randint(1, 3))),
        caption=words(0, 4),
        place=words(0, 1),
        tags=tuple(words(1, 2) for _ in range(rng.randint(0, 3))),
        authors=tuple(words(2, 2) for _ in range(rng.randint(0, 2))),
        editors=tuple(words(2, 2) for _ in range(rng.randint(0, 1))),
        category=rng.choice(("", "pasar", "emas gula")),
        source=rng.choice(("", "teh")),
        date=FIRST_DAY + dt.timedelta(days=rng.randrange(9)) if rng.random() < 0.8 else None,
    )
