"""Let pytest import these modules to run their examples.

A script finds the packages beside it because Python puts its folder on the path; pytest does not. A
peer's module is left out if its engine is not installed.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

collect_ignore = [] if find_spec("tantivy") else ["tantivy.py"]
