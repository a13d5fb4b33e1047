"""Training to look at: an implementation that learns MNIST, pictures of that, and a drawing read with its weights.

What lives here: epochs and measurements, weights as files, pictures, drawings as MNIST has them.
What must not: anything that judges an implementation.
"""
