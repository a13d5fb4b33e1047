"""Traces on the trusted side: the record of a submission's executed lines, checked, and the line of a wrong value.

The worker makes them (`nnkata.worker.trace`). A trace helps to find a line and proves nothing.
"""
