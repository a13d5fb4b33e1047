# A foreign network as people write them: columns, ReLU, trains and plots at the top level, modules that are absent.
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

data = pd.read_csv("train.csv")
X_train = data.values[:, 1:].T / 255.0
Y_train = data.values[:, 0]
m = X_train.shape[1]


def init_params():
    W1 = np.random.rand(12, 784) - 0.5
    b1 = np.random.rand(12, 1) - 0.5
    W2 = np.random.rand(10, 12) - 0.5
    b2 = np.random.rand(10, 1) - 0.5
    return W1, b1, W2, b2


def softmax(Z):
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0)


def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2 @ A1 + b2
    return Z1, A1, Z2, softmax(Z2)


def back_prop(Z1, A1, Z2, A2, W2, X, Y):
    target = np.eye(10)[Y].T
    dZ2 = A2 - target
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2) / m
    dZ1 = W2.T @ dZ2 * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1) / m
    return dW1, db1, dW2, db2


W1, b1, W2, b2 = init_params()
for i in range(500):
    Z1, A1, Z2, A2 = forward_prop(W1, b1, W2, b2, X_train)
plt.show()
