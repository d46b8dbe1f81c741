"""Exclusion as Whoosh should do it: its own matcher lets an excluded document through.

In Whoosh 3.54, `AndNotMatcher` looks for its first document only where both sides begin with the
same one. When the excluded side begins earlier, the first match is never compared with it.
"""

from typing import Any

from whoosh.matching.binary import AndNotMatcher
from whoosh.query import AndNot


class Without(AndNot):
    """The documents of one query that another one does not match, with the first one's scores."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of what is left."""
        return _WithoutMatcher(  # type: ignore[no-untyped-call]  # Whoosh's own __init__
            self.a.matcher(searcher, context),
            self.b.matcher(searcher, searcher.boolean_context()),
        )


class _WithoutMatcher(AndNotMatcher):
    """Stands on a document that is not excluded, from the first one on."""

    def _find_first(self) -> None:
        self._find_next()

    def _find_next(self) -> None:
        wanted, excluded = self.a, self.b
        while wanted.is_active() and excluded.is_active():
            if excluded.id() < wanted.id():
                excluded.skip_to(wanted.id())
            elif excluded.id() == wanted.id():
                wanted.next()
            else:
                return
