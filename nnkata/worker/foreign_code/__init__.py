"""Loads files written for other interfaces: definitions without the rest of a script, older Python, absent modules."""
