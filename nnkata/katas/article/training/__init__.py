"""Training with pictures: an implementation learns MNIST, its progress is drawn, its weights recognise drawings.

Here: epochs and measurements, weights as files, pictures, drawings in MNIST's form. Not here: anything that judges an
implementation.
"""
