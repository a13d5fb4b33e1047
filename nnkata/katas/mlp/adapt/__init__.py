"""From a foreign file to the module for the kata: the choice of files, the search behind a wall, the text.

Here: the trusted side. Not here: anything that runs a foreign line; `nnkata/worker/adapting/` does that in the sandbox.
"""
