"""Reads in an author's files what they call things: usual names, options, losses, arguments, loops of a script."""
