"""The article's network as it was first printed. It runs, and cannot learn: accuracy stays near 10 %.

Where it errs:

- `backward_pass` takes `np.dot` of two vectors of the *same* layer, which is one number for a whole matrix. A
  gradient is `np.outer` of the layer's error with the activations of the *previous* layer: A2 for W3, A1 for W2,
  the input A0 for W1.
- `compute_accuracy` compares the predicted digit with the whole one-hot vector, element by element, and divides by
  100 whatever the number of images: with 10,500 of them, a network that says 0 to everything scores 94.5.
- `sigmoid` overflows where x is very negative (its derivative is nan); an update row by row only fits a single number.

Untyped, like the print. `preprocess` stands for the lines that the article has outside the class.
"""

import time

import numpy as np


def preprocess(images, labels):
    x = (np.asarray(images).reshape(-1, 784) / 255).astype('float32')
    y = np.eye(10, dtype='float32')[np.asarray(labels).astype(int)]
    return x, y


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes = sizes
        self.epochs = epochs
        self.l_rate = l_rate
        self.params = self.initialization()

    def sigmoid(self, x, derivative=False):
        if derivative:
            return np.exp(-x) / (np.exp(-x) + 1)**2
        return 1 / (1 + np.exp(-x))

    def softmax(self, x):
        exps = np.exp(x - x.max())
        return exps / np.sum(exps, axis=0)

    def initialization(self):
        n_input, n_hidden1, n_hidden2, n_output = self.sizes
        return {
            'W1': np.random.randn(n_hidden1, n_input) * np.sqrt(1 / n_hidden1),
            'W2': np.random.randn(n_hidden2, n_hidden1) * np.sqrt(1 / n_hidden2),
            'W3': np.random.randn(n_output, n_hidden2) * np.sqrt(1 / n_output),
        }

    def forward_pass(self, x_train):
        p = self.params
        p['A0'] = x_train
        p['Z1'] = np.dot(p['W1'], p['A0'])
        p['A1'] = self.sigmoid(p['Z1'])
        p['Z2'] = np.dot(p['W2'], p['A1'])
        p['A2'] = self.sigmoid(p['Z2'])
        p['Z3'] = np.dot(p['W3'], p['A2'])
        p['A3'] = self.softmax(p['Z3'])
        return p['A3']

    def backward_pass(self, y_train, output):
        p = self.params
        changes = {}
        error = output - y_train
        changes['W3'] = np.dot(error, p['A3'])
        error = np.dot(p['W3'].T, error) * self.sigmoid(p['Z2'], derivative=True)
        changes['W2'] = np.dot(error, p['A2'])
        error = np.dot(p['W2'].T, error) * self.sigmoid(p['Z1'], derivative=True)
        changes['W1'] = np.dot(error, p['A1'])
        return changes

    def update_network_parameters(self, changes_to_w):
        for key in changes_to_w:
            for w in self.params[key]:
                w -= self.l_rate * changes_to_w[key]

    def compute_accuracy(self, x_val, y_val):
        hits = []
        for x, y in zip(x_val, y_val):
            prediction = np.argmax(self.forward_pass(x))
            hits.append(prediction == y)
        return np.average(sum(hits) / 100.0)

    def train(self, x_train, y_train, x_val, y_val):
        start = time.time()
        for epoch in range(self.epochs):
            for x, y in zip(x_train, y_train):
                output = self.forward_pass(x)
                self.update_network_parameters(self.backward_pass(y, output))
            accuracy = self.compute_accuracy(x_val, y_val)
            print('Epoch: {0}, Time Spent: {1:.2f}s, Accuracy: {2}'.format(epoch + 1, time.time() - start, accuracy))
