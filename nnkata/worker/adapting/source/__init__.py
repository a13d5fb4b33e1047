"""Reads the names in an author's files: of functions, options, losses, arguments, and in the loops of a script."""
