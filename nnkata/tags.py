"""Properties of clauses: tags in the features, the same in every language, known to the linter."""

#: A choice of the text that a kata comes from, which mathematics does not ask for.
CHOICE = "article-choice"
#: Reads the source of a Python file, and does not run it.
SOURCE = "source"
#: Asks the type checker, which is started beside the other clauses.
TYPES = "types"
#: It measures something that depends on random weights, or takes too long to repeat for each known mistake.
BY_CHANCE = "by-chance"
#: Looks at the floating-point warnings that NumPy gives, which it does not give everywhere.
WARNINGS = "warnings"
#: Takes seconds: `watch` judges it when the rest has passed.
SLOW = "slow"
#: Its measured figure and its seconds stand on a leaderboard.
LEADERBOARD = "leaderboard"

TAGS = frozenset([CHOICE, SOURCE, TYPES, BY_CHANCE, SLOW, LEADERBOARD, WARNINGS])
