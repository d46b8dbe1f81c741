"""Write the expected figures anew, by `.venv/bin/python -m tests.expected`."""

from tests.expected.measuring import write_figures

write_figures()
