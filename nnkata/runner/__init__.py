"""Implementation name and options to verdict: settings, pytest with our own bindings, what the source says, diagnosis.

What lives here: everything between a name and a `Verdict`. What must not: how a verdict looks.
"""
