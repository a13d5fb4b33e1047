"""The worker of tests/workers that answers with nested lists, as the name of an implementation."""

import shlex
import sys
from pathlib import Path

LISTS = f"cmd:{shlex.quote(sys.executable)} {shlex.quote(str(Path(__file__).parents[1] / 'workers' / 'lists.py'))}"
