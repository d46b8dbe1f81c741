"""Let pytest import these modules to run their examples; see scripts/bench/conftest.py."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
