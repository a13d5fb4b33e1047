"""What the moved weights show: the optimizer, the samples that an epoch used, their labels, the order of the update."""
