"""A run without pytest: the clauses as calls of their steps, in this process and in a second one."""
