"""A limit for what may hang: a process that never ends, a socket that is never answered."""

HANG_SECONDS = 600
"""After so long a test gives up, so that a hanging program cannot hang a whole run of the tests.
Nothing is measured by it: it is far longer than anything takes on a busy machine."""
