"""For pytest, which runs the examples of these modules: where to find them, and what to pass over.

A script finds the packages beside it because it is run; pytest has to be told. A peer's module is
imported only where its engine is installed.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

collect_ignore = [] if find_spec("tantivy") else ["tantivy.py"]
