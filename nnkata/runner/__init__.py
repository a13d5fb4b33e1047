"""Implementation name and options to verdict.

Here: `settings` and `prepared` before a run, `session` and `run` for it, `diagnosis` of its failures; `submission`
reads the source, `typecheck` has mypy's findings, `direct_run` and `pytest_run` run the clauses, `results` has what
they give, `judging_process` is a process for all of this. Not here: the forms of a verdict.
"""
