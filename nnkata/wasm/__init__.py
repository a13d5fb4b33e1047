"""Python and NumPy as one WebAssembly program (the extra `wasm`): compiled once, then run, one process each.

What lives here: what needs `wasmtime`. It is of the trusted side, and each worker runs it, so it does without NumPy.
"""
