"""The untrusted side: the code beside a submission, in a process of its own. Standard library and NumPy only.

`host` carries out requests on the submission, `wire` turns requests and replies into bytes, `__main__` is the
process. Nothing of the oracle, the steps or the verdict lives here, and nothing here decides anything.
"""
