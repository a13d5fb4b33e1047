"""train and compute_accuracy, from small trainings and from sets with known outputs."""
