"""Traced calls of a submission: the calls themselves, and their results, exceptions and arrays."""
