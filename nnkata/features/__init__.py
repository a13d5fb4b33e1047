"""Feature files: read, checked, and matched with the functions of their steps, with advice about faults.

Not here: the run of a clause.
"""
