"""Finds the functions of an adapter for a foreign network by trying, in the sandbox, on its definitions.

Every finding is a Python expression, tried in the form that it will have in the adapter. The modules here use the
standard library and NumPy only. The other side trusts none of it and checks the text.
"""
