"""The beginning of foreign networks in tests: a softmax, and a matrix of small weights."""

COMMON = """
import numpy as np
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
def matrix(n, m):
    return np.random.randn(n, m) / np.sqrt(n)
"""
