"""Compile the search kernels for this machine, or find that they are; `make setup` calls this."""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import BUILDING_MB, start

    start("compile_kernels", BUILDING_MB)


from indexing.start import run

from search import warm_up_kernels


def main() -> int:
    """Compile what is not compiled yet."""
    warm_up_kernels()
    return 0


if __name__ == "__main__":
    run("compile_kernels", main)
