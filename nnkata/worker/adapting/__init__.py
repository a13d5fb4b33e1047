"""Finds the functions with which a foreign network is judged: run in the sandbox, on definitions, by trying.

Everything that is found is an expression in Python, which is tried as it will stand in the adapter. What lives here may
use the standard library and NumPy only. Nothing of it is trusted by the other side, which checks the text it gets.
"""
