"""`nnkata.check` in a notebook, a prompt or a script: on a class that is at hand, with a verdict that shows itself.

What lives here: the way from a class to its source and to a worker, the call, the magic, the displays. What must not:
anything that judges. The class is judged as it is, in a fork of this process, so that helpers and globals of other
cells count as they stand; the stages `typing` and `from-scratch` read the statements that it rests on, gathered from
the cells (`excerpt`). Nothing is imported before it is asked for (`nnkata/__init__.py`).
"""
