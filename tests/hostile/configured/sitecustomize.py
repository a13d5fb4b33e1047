import pathlib

pathlib.Path('/tmp/nnkata-was-here').touch()
