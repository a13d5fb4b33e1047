"""From somebody else's file to the module that the kata needs: which files, the search behind a wall, the text.

What lives here: the trusted side. What must not: anything that runs a foreign line, which `nnkata/worker/adapting/`
does in the sandbox.
"""
