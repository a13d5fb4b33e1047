"""Networks of Python's own numbers: neurons as objects, lists of lists, and functions that are handed such lists."""

from pathlib import Path

import pytest

from tests.adapting.adapted import recipe_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
NEURONS = """
import math, random
class Neuron:
    def __init__(self, inputs):
        self.weights = [random.gauss(0, 0.1) for _ in range(inputs)]
        self.bias = random.gauss(0, 0.1)
        self.output = 0
    def activate(self, inputs):
        self.inputs = inputs
        self.output = 1 / (1 + math.exp(-sum(w * i for w, i in zip(self.weights, inputs)) - self.bias))
        return self.output
class Layer:
    def __init__(self, inputs, size): self.neurons = [Neuron(inputs) for _ in range(size)]
    def activate(self, inputs): return [n.activate(inputs) for n in self.neurons]
class Network:
    def __init__(self, n_inputs, n_hidden, n_outputs, learning_rate=0.5):
        self.layers = [Layer(n_inputs, n_hidden), Layer(n_hidden, n_outputs)]
        self.learning_rate = learning_rate
    def feed_forward(self, inputs):
        for layer in self.layers: inputs = layer.activate(inputs)
        return inputs
    def train(self, inputs, targets):
        self.feed_forward(inputs)
        hidden, last = self.layers
        for n, t in zip(last.neurons, targets): n.delta = (n.output - t) * SLOPE
        for j, n in enumerate(hidden.neurons):
            n.delta = sum(m.delta * m.weights[j] for m in last.neurons) * n.output * (1 - n.output)
        for layer in self.layers:
            for n in layer.neurons:
                for i in range(len(n.weights)): n.weights[i] -= self.learning_rate * n.delta * n.inputs[i]
                n.bias -= self.learning_rate * n.delta
"""
#: As in a much copied tutorial: layers of neurons as dicts, the last weight of which is the bias.
DICTS = """
import math, random
def initialize_network(n_inputs, n_hidden, n_outputs):
    hidden = [{'weights': [random.gauss(0, 0.1) for i in range(n_inputs + 1)]} for i in range(n_hidden)]
    return [hidden, [{'weights': [random.gauss(0, 0.1) for i in range(n_hidden + 1)]} for i in range(n_outputs)]]
def forward_propagate(network, row):
    inputs = row
    for layer in network:
        new = []
        for neuron in layer:
            w = neuron['weights']
            total = w[-1] + sum(w[i] * inputs[i] for i in range(len(w) - 1))
            neuron['output'] = 1 / (1 + math.exp(-total))
            new.append(neuron['output'])
        inputs = new
    return inputs
def backward_propagate_error(network, expected):
    for i in reversed(range(len(network))):
        for j, neuron in enumerate(network[i]):
            if i == len(network) - 1: error = neuron['output'] - expected[j]
            else: error = sum(after['weights'][j] * after['delta'] for after in network[i + 1])
            neuron['delta'] = error * neuron['output'] * (1 - neuron['output'])
def update_weights(network, row, l_rate):
    for i in range(len(network)):
        inputs = row[:-1] if i == 0 else [neuron['output'] for neuron in network[i - 1]]
        for neuron in network[i]:
            for j in range(len(inputs)): neuron['weights'][j] -= l_rate * neuron['delta'] * inputs[j]
            neuron['weights'][-1] -= l_rate * neuron['delta']
def train_network(network, train, l_rate, n_epoch, n_outputs):
    for epoch in range(n_epoch):
        for row in train:
            forward_propagate(network, row)
            expected = [0 for i in range(n_outputs)]
            expected[row[-1]] = 1
            backward_propagate_error(network, expected)
            update_weights(network, row, l_rate)
"""
#: A list of lists, from a book: the network is written where it is trained.
LISTS = """
import math, random
def sigmoid(t): return 1 / (1 + math.exp(-t))
def feed_forward(neural_network, input_vector):
    outputs = []
    for layer in neural_network:
        with_bias = input_vector + [1]
        input_vector = [sigmoid(sum(w * v for w, v in zip(neuron, with_bias))) for neuron in layer]
        outputs.append(input_vector)
    return outputs
def sqerror_gradients(network, input_vector, target_vector):
    hidden, outputs = feed_forward(network, input_vector)
    deltas = [o * (1 - o) * (o - t) for o, t in zip(outputs, target_vector)]
    last = [[d * h for h in hidden + [1]] for d in deltas]
    back = [h * (1 - h) * sum(d * n[i] for d, n in zip(deltas, network[-1])) for i, h in enumerate(hidden)]
    return [[[d * x for x in input_vector + [1]] for d in back], last]
def main():
    network = [[[random.random() for _ in range(5 + 1)] for _ in range(6)],
               [[random.random() for _ in range(6 + 1)] for _ in range(3)]]
"""


@pytest.mark.parametrize(("slope", "alike"), [("n.output * (1 - n.output)", True), ("1", True), ("n.output", False)])
def test_neurons_as_objects(slope: str, alike: bool, tmp_path: Path) -> None:
    found = recipe_of(NEURONS.replace("SLOPE", slope), tmp_path)
    assert len(found["parameters"]) == 4
    assert "gathered(theirs.Network(784, 24, 10))" in found["new"][-1]
    assert found["alike"] is alike


def test_functions_that_are_handed_lists_of_dicts(tmp_path: Path) -> None:
    found = recipe_of(DICTS, tmp_path)
    assert "gathered(theirs.initialize_network(784, 24, 10), theirs)" in found["new"][-1]
    assert "net.train_network([[*a, b.argmax()]], 0.1, 1, 10)" in found["gradients"][-1]
    assert found["alike"] is True


def test_a_list_of_lists_where_it_is_written(tmp_path: Path) -> None:
    found = recipe_of(LISTS, tmp_path)
    assert "gathered(made(theirs, 'network'" in found["new"][-1]
    assert found["alike"] is True
    whole = LISTS.partition("def main")[0] + "xor_network = [[[20., 20, -30], [20., 20, -10]], [[-60., 60, -30]]]\n"
    assert recipe_of(whole, tmp_path)["alike"] is True  # some numbers are whole ones
    assert "new" not in recipe_of(whole.replace("20.", "20").replace("60.", "60"), tmp_path)


#: Lists that a step binds anew, a bias for each layer in a list, and one output.
BOUND = """
import math, random
class Mlp:
    def __init__(self, inputs, hidden):
        self.w = [[random.gauss(0, 0.1) for _ in range(inputs)] for _ in range(hidden)]
        self.v = [[random.gauss(0, 0.1) for _ in range(hidden)]]
        self.b = [random.gauss(0, 0.1) for _ in range(hidden)]
        self.c = [random.gauss(0, 0.1)]
    def predict(self, x):
        self.h = [math.tanh(sum(w * i for w, i in zip(ws, x)) + b) for ws, b in zip(self.w, self.b)]
        return [1 / (1 + math.exp(-sum(v * h for v, h in zip(vs, self.h)) - c)) for vs, c in zip(self.v, self.c)]
    def train(self, x, y, lr=0.1):
        (p,) = self.predict(x)
        d = p - y
        e = [d * v * (1 - h * h) for v, h in zip(self.v[0], self.h)]
        self.v = [[v - lr * d * h for v, h in zip(self.v[0], self.h)]]
        self.c = [self.c[0] - lr * d]
        self.w = [[w - lr * g * i for w, i in zip(ws, x)] for ws, g in zip(self.w, e)]
        self.b = [b - lr * g * FACTOR for b, g in zip(self.b, e)]
net = Mlp(2, 8)
"""


@pytest.mark.parametrize(("factor", "alike"), [("1", True), ("g", False)])
def test_lists_that_a_step_binds_anew(factor: str, alike: bool, tmp_path: Path) -> None:
    found = recipe_of(BOUND.replace("FACTOR", factor), tmp_path)
    assert found["parameters"] == ["net.w", "net.v", "net.b", "net.c"]
    assert found["alike"] is alike
