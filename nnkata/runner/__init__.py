"""Implementation name and options to verdict: settings, pytest with our own bindings, source, diagnosis.

Here: everything between a name and a `Verdict`. Not here: the forms of a verdict.
"""
