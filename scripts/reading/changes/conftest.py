"""Let pytest import these modules to run their examples, as `bench/conftest.py` does."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
