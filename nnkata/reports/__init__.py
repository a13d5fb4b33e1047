"""The reports of a verdict: the texts that several share, here, and each format, in `formats`.

A report uses the verdict and the features alone.
"""
