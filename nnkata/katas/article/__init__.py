"""The network of a well-known article: 784-128-64-10 in NumPy, sigmoid and softmax, per-sample SGD, MNIST."""
