"""mypy on a submission: its processes, the copies of the source that it reads, and the findings that count.

Here: everything between a submission's source and the results of the stage typing. Not here: the clauses of that stage.
"""
