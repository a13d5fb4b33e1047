"""A worker's process: Python in WebAssembly with its streams and these folders, and nothing else of the machine.

    python -I -m nnkata.wasm.run MODULE MEMORY_MB CPU_SECONDS OPEN_FILES DISK_MB READ… -- WRITTEN…

READ and WRITTEN are `FOLDER=PATH`: the folder of this machine, and its path inside.
"""

import sys
from collections.abc import Sequence
from typing import Any

from nnkata.worker.system import end_with_parent, limit

START = "import sys; sys.path.insert(0, '/kit'); from nnkata.worker.wasm_worker import main; main()"
ENVIRONMENT = {"HOME": "/tmp", "TMPDIR": "/tmp", "PYTHONTZPATH": ""}
#: Bytes of WebAssembly's own stack; wasmtime takes no more without a stack of its own for asynchronous calls.
STACK = (2 << 20) - (64 << 10)
#: The address space of 32 bits.
MOST_MB = 4095


def engine() -> Any:
    """The engine that compiles and runs the module."""
    import wasmtime  # an extra: pip install 'nnkata[wasm]'

    config = wasmtime.Config()
    config.max_wasm_stack = STACK
    return wasmtime.Engine(config)


def run(module: str, memory_mb: int, read: Sequence[str], written: Sequence[str]) -> int:
    """Run it to its end; its exit status, 134 if it aborted."""
    import wasmtime

    runs = engine()
    store = wasmtime.Store(runs)
    store.set_limits(memory_size=min(memory_mb, MOST_MB) << 20)
    wasi = wasmtime.WasiConfig()
    wasi.argv = ["python", "-c", START]
    wasi.env = list(ENVIRONMENT.items())
    wasi.inherit_stdin()
    wasi.inherit_stdout()
    for folder, path in (word.rsplit("=", 1) for word in read):
        wasi.preopen_dir(folder, path, False)
    for folder, path in (word.rsplit("=", 1) for word in written):
        wasi.preopen_dir(folder, path, True)
    store.set_wasi(wasi)
    linker = wasmtime.Linker(runs)
    linker.define_wasi()
    number = wasmtime.ValType.i32()
    door = wasmtime.FuncType([number] * 4, [number])
    linker.define_func("host", "call", door, lambda *_given: -1)  # calls of host functions, of which there are none
    try:
        exports = linker.instantiate(store, wasmtime.Module.deserialize_file(runs, module)).exports(store)
        return int(exports["run"](store))
    except wasmtime.ExitTrap as ended:
        return int(ended.code)
    except (wasmtime.Trap, wasmtime.WasmtimeError):
        return 134


def main(arguments: Sequence[str]) -> int:
    """Set the limits of the process, and run."""
    module, memory_mb, cpu_seconds, open_files, disk_mb, *folders = arguments
    end_with_parent()
    limit(0, int(cpu_seconds), 0, int(open_files), int(disk_mb))
    middle = folders.index("--")
    return run(module, int(memory_mb), folders[:middle], folders[middle + 1 :])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
