"""Packages with which a platform judges by itself: an archive or a folder each, made from the installed kit.

A module a platform; `bundle` is what all of them carry along, `judge` is what runs there. `files/` holds the scripts as
they are written out. What must not live here: how a verdict looks (`nnkata.reports`).
"""
