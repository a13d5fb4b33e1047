"""From a course's folder to its submissions: the level at which they lie, their students, the attempt to read.

The forms of names of each platform are in `platforms`; the meaning of a name is in `names`.
"""
