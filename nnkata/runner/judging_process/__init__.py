"""The separate process that judges: forked with everything imported, and prepared before a submission is saved."""
