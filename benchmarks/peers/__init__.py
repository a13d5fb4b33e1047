"""The contract's behaviour in the hands of other tools, for comparison of cost alone.

`test_layers.py` and `test_training.py` hold all clauses up to mnist as plain pytest functions that call the submission
in their own process: the stages preprocessing, activations, initialization, forward, backward, update, training and
mnist (but mnist-4, which needs all of MNIST). Not there: typing, which is mypy, and from-scratch, which looks at the
source. The functions also serve as the tests of an otter-grader assignment and of an nbgrader one. They name no
mistake, keep no time limit, and trust the submission.
"""
