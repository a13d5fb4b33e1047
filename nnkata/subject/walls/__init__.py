"""The isolation of a worker: how each wall starts its process, its limits, and the choice of the strongest one."""
