"""How an article's id is read from an address."""

from werkzeug.routing import PathConverter


class DocIdConverter(PathConverter):
    """All that follows, slashes at its start included: a newsroom's id may be a path of its own."""

    part_isolating = False
    regex = ".+?"
