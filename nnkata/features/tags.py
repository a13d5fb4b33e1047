"""Properties of clauses: tags in the features, the same in every language, known to the linter."""

#: A choice of the kata's source text that mathematics does not require.
CHOICE = "article-choice"
#: Reads the source of a Python file and does not run it.
SOURCE = "source"
#: Asks the type checker, which runs beside the other clauses.
TYPES = "types"
#: It measures something that depends on random weights, or takes too long to repeat for each known mistake.
BY_CHANCE = "by-chance"
#: Checks NumPy's floating-point warnings, which it does not give everywhere.
WARNINGS = "warnings"
#: Takes seconds: `watch` judges it after the rest has passed.
SLOW = "slow"
#: Its measured figure and its seconds go to a leaderboard.
LEADERBOARD = "leaderboard"

TAGS = frozenset([CHOICE, SOURCE, TYPES, BY_CHANCE, SLOW, LEADERBOARD, WARNINGS])
