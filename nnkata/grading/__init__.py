"""Many submissions: finds them, judges them in parallel, keeps the verdicts, continues after an interruption.

Here: everything between a folder of untrusted files and a gradebook. Not here: the judging of one submission
(`nnkata.runner`), and its reports (`nnkata.reports`, `nnkata.cli`).
"""
