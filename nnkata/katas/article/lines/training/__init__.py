"""The lines of the update, of train and of compute_accuracy."""
