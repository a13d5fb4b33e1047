import pathlib

pathlib.Path('/tmp/nnkata-was-here').touch()


def plugin(version):
    raise SystemExit(0)
