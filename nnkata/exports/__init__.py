"""Packages with which a platform judges by itself: an archive or a folder each, made from the installed kit.

One module per platform; `bundle` is the common part, `judge` the program that runs there. `files/` holds the scripts as
they are written out. What must not live here: how a verdict looks (`nnkata.reports`).
"""
