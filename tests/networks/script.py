# A foreign script without any function: its loop is the step; squared error of a sigmoid output, right.
import numpy as np
from keras.datasets import mnist

(x_train, y_train), _ = mnist.load_data()
images = x_train.reshape(-1, 784) / 255
labels = np.eye(10)[y_train]
lr = 0.1
w1 = np.random.randn(784, 14) * 0.05
w2 = np.random.randn(14, 10) * 0.05
for epoch in range(10):
    for i in range(0, len(images), 32):
        x = images[i : i + 32]
        y = labels[i : i + 32]
        a1 = 1 / (1 + np.exp(-x.dot(w1)))
        a2 = 1 / (1 + np.exp(-a1.dot(w2)))
        d2 = (a2 - y) * a2 * (1 - a2)
        d1 = d2.dot(w2.T) * a1 * (1 - a1)
        w2 -= lr * a1.T.dot(d2)
        w1 -= lr * x.T.dot(d1)
    print(epoch)
