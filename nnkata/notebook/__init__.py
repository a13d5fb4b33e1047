"""`nnkata.check` in a notebook, at a prompt or in a script: a class of this process to a verdict that displays itself.

Here: the way from a class to its source and to a worker, the call, the magic, the displays. Not here: anything that
judges. A fork of this process judges the class, so that helpers and globals of other cells count; the stages `typing`
and `from-scratch` read the statements that it rests on, gathered from the cells (`excerpt`). Everything is imported on
first use (`nnkata/__init__.py`).
"""
