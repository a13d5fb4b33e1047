"""Course folders with ground truth: one module per kind of folder; `making` has the registry and the parts."""
