"""Parts of bodies that tests name."""

from typing import Any


def term(field: str, text: str, boost: float) -> dict[str, Any]:
    """Return the clause of a term with its weight."""
    return {"term": {field: {"value": text, "boost": boost}}}
