"""Many submissions: find them, judge them in parallel, keep the verdicts, go on where it stopped.

What lives here: everything between a folder of strangers' files and a gradebook. What must not: how one submission is
judged (`nnkata.runner`), and what is shown of it (`nnkata.reports`, `nnkata.cli`).
"""
