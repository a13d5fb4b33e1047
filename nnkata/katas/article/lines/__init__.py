"""The line of a submission that made the wrong value, from its worker's trace of one small sample after a failure.

Nothing here decides whether a clause passes, or names a mistake. The worker reports the assignments of each line
(`nnkata.worker.trace`), `nnkata.traces` reads them, and this part compares these values with those of a right network:
the mistake is at the first one that differs.

`locate` finds the line of each failed clause. `pieces` are the parts of a network on which clauses rest: it makes the
calls of `calls` and finds their lines in `setup`, `passes` and `training`. `sources` reads the statements, and `edits`
tries small edits where several lines are possible.
"""
