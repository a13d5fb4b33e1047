"""The result of each clause, from the end of its steps to its form in the verdict."""
