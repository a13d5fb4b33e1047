"""The line of a submission that made the wrong value, from its worker's trace of one small sample after a failure.

Nothing here decides whether a clause passes, or names a mistake. The worker reports the assignments of each line
(`nnkata.worker.trace`); this part compares these values with those of a right network, and the mistake is at the first
one that differs. `locate` requests the calls, `nnkata.traces` reads the traces, and a module per part has the
right values.
"""
