"""Compile the search kernels for this machine, or find that they are; `make setup` calls this."""

import sys

from search import warm_up_kernels


def main() -> int:
    """Compile what is not compiled yet."""
    warm_up_kernels()
    return 0


if __name__ == "__main__":
    sys.exit(main())
