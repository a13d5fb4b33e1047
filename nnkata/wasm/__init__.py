"""Python and NumPy as one WebAssembly program (the extra `wasm`): compiled once, then run, one process each.

Here: the code that needs `wasmtime`. It is on the trusted side, and each worker runs it, so it does without NumPy.
"""
