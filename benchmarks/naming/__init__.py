"""The shares of mistakes read rightly, wrongly or not at all: sets of submissions with their ground truth, and a judge.

`styles` writes the network in several ways, `pieces` are the right formulas, `mistakes` and `known` the wrong ones,
`templates` has their texts, `edits` changes one token by rule, `sets` puts them together with a seed, `formula` and
`described` make the network of a reading, `truth` decides what is right, `run` judges.
"""
