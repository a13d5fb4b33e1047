"""The untrusted side: the code beside a submission, in a process of its own. Standard library and NumPy only.

`host` carries out requests on the submission, `wire` turns requests and replies into bytes, `__main__` is the process.
`imports` loads the submission, `adapting` searches an adapter for a foreign one, `foreign_code` runs parts of that,
`mending` tries small edits of a line.
Not here: oracle, steps, verdict, and any decision.
"""
