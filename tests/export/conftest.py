"""What the tests of the exports share: the facts are written by the helpers of the answers."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "history"))
