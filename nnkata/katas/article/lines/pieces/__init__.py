"""The pieces of a network on which clauses rest, each with its line at fault."""
