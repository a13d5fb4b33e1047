"""Packages with which a platform judges submissions: an archive or a folder each, made from the installed kit.

One module per platform; `bundle` is the common part, `judge` the program that runs there. `files/` holds the scripts as
they are written out. Not here: the forms of a verdict (`nnkata.reports`).
"""
