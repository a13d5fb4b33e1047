"""`python -m nnkata` is `nnkata`, without the current folder on the path: a submission's numpy.py may be there."""

import sys

if not sys.flags.safe_path:
    sys.path.pop(0)

from nnkata.start import main

main(prog_name="nnkata")
