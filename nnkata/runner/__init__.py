"""Implementation name and options to verdict: settings, pytest with our own bindings, source, diagnosis.

What lives here: everything between a name and a `Verdict`. What must not: how a verdict looks.
"""
