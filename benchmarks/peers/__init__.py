"""The contract's behaviour in other tools, only to compare the cost.

`test_functions.py`, `test_passes.py` and `test_training.py` hold all clauses up to mnist as plain pytest functions that
call the submission in their own process: the stages preprocessing, activations, initialization, forward, backward,
update, training and mnist (but mnist-4, which needs all of MNIST). They leave out typing, which runs mypy, and
from-scratch, which reads the source. The functions also serve as the tests of an otter-grader assignment and of an
nbgrader one. They name no mistake, keep no time limit, and trust the submission.
"""
