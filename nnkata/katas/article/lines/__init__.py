"""Which line of a submission made the wrong value: from its worker's trace of one small sample, after a failure.

Nothing here decides whether a clause passes, or which mistake was made. The worker tells what each line assigned
(`nnkata.worker.trace`); here these values are compared with those of a right network, and the first that
is none of them is where the mistake is. `locate` asks for the calls, `seen` reads what came, a module for each part
says what is right there.
"""
