# A foreign class whose way back updates the weights by itself; right.
import numpy as np
from tqdm import tqdm


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.05):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.a1 = np.tanh(X @ self.W1 + self.b1)
        z = self.a1 @ self.W2 + self.b2
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.a2 = e / e.sum(axis=1, keepdims=True)
        return self.a2

    def backward(self, X, y):
        d2 = (self.a2 - y) / len(X)
        d1 = d2 @ self.W2.T * (1 - self.a1**2)
        self.W2 -= self.learning_rate * self.a1.T @ d2
        self.b2 -= self.learning_rate * d2.sum(axis=0, keepdims=True)
        self.W1 -= self.learning_rate * X.T @ d1
        self.b1 -= self.learning_rate * d1.sum(axis=0, keepdims=True)

    def train(self, X, y, epochs=5, batch_size=16):
        for _ in tqdm(range(epochs)):
            for i in range(0, len(X), batch_size):
                self.forward(X[i : i + batch_size])
                self.backward(X[i : i + batch_size], y[i : i + batch_size])

    def predict(self, X):
        return np.argmax(self.forward(X), axis=1)


if __name__ == "__main__":
    nn = NeuralNetwork(784, 20, 10)
    nn.train(*open("data.txt"))
