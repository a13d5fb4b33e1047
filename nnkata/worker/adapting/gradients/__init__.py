"""Finds the gradients of a network: the calls that give them, their place, and whether they are right."""
