// The network of the article in JavaScript: 784-128-64-10, two sigmoid layers, a softmax output, cross-entropy, SGD.
//
//     nnkata check 'cmd:node solutions/javascript/network.js'
//
// Nothing but the language itself. Vectors are typed arrays, matrices are NdArrays with their numbers row by row.
"use strict";

const { NdArray, serve } = require("./worker.js");

const CLASSES = 10;
const PIXELS = 784;
const WHITE = 255;

/** Images (n, 28, 28) or (n, 784) and labels (n,), numbers or texts, to x (n, 784) in [0, 1] and one-hot y (n, 10). */
function preprocess(images, labels) {
  const n = images.shape[0];
  const x = Float32Array.from(images.data, (grey) => grey / WHITE);
  const y = new Float32Array(n * CLASSES);
  labels.data.forEach((label, i) => {
    y[i * CLASSES + Number(label)] = 1;
  });
  return [new NdArray([n, PIXELS], x), new NdArray([n, CLASSES], y)];
}

class DeepNeuralNetwork {
  constructor(sizes, { epochs = 10, l_rate = 0.001 } = {}) {
    this.sizes = sizes;
    this.epochs = epochs;
    this.l_rate = l_rate;
    this.params = this.initialization();
  }

  /** Fresh W1, W2, W3 of (units, inputs): normal, mean 0, standard deviation sqrt(1 / units). */
  initialization() {
    const layer = (units, inputs) => {
      const scale = Math.sqrt(1 / units);
      return new NdArray([units, inputs], Float64Array.from({ length: units * inputs }, () => scale * normal()));
    };
    const [n0, n1, n2, n3] = this.sizes;
    return { W1: layer(n1, n0), W2: layer(n2, n1), W3: layer(n3, n2) };
  }

  /** 1 / (1 + e^-x) for each element, or its derivative; written in e^-|x|, so that nothing overflows. */
  sigmoid(x, derivative = false) {
    return x.map((z) => {
      const small = Math.exp(-Math.abs(z));
      if (derivative) return small / (1 + small) ** 2;
      return (z >= 0 ? 1 : small) / (1 + small);
    });
  }

  /** e^x / Σ e^x, shifted by the largest x, which changes nothing but overflow. */
  softmax(x) {
    const largest = Math.max(...x.data);
    const powers = x.map((z) => Math.exp(z - largest));
    const sum = powers.data.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  }

  /** One sample (784,) to the probabilities (10,); what entered each layer is kept for the way back. */
  forward_pass(x) {
    const { W1, W2, W3 } = this.params;
    this.x = x;
    this.A1 = this.sigmoid(times(W1, x));
    this.A2 = this.sigmoid(times(W2, this.A1));
    return this.softmax(times(W3, this.A2));
  }

  /** The gradient of the cross-entropy by each matrix, for the latest forward pass. */
  backward_pass(y, output) {
    const { W2, W3 } = this.params;
    const slope = (error, A) => error.map((e, i) => e * A.data[i] * (1 - A.data[i]));
    const D3 = output.map((p, i) => p - y.data[i]);
    const D2 = slope(transposedTimes(W3, D3), this.A2);
    const D1 = slope(transposedTimes(W2, D2), this.A1);
    return { W1: outer(D1, this.x), W2: outer(D2, this.A1), W3: outer(D3, this.A2) };
  }

  /** W - l_rate * change, for every matrix. */
  update_network_parameters(changes) {
    for (const key of Object.keys(changes)) {
      const [W, change] = [this.params[key].data, changes[key].data];
      for (let i = 0; i < W.length; i++) W[i] -= this.l_rate * change[i];
    }
  }

  /** The fraction of samples (n, 784) whose likeliest class is that of the one-hot rows (n, 10). */
  compute_accuracy(x, y) {
    const n = x.shape[0];
    let right = 0;
    for (let i = 0; i < n; i++) right += largest(this.forward_pass(x.row(i))) === largest(y.row(i));
    return right / n;
  }

  /** `epochs` times over the samples in a new order, a step a sample. The validation set is not learnt from. */
  train(x, y, xVal, yVal) {
    const order = Array.from({ length: x.shape[0] }, (_, i) => i);
    for (let epoch = 0; epoch < this.epochs; epoch++) {
      for (const i of shuffled(order)) {
        const output = this.forward_pass(x.row(i));
        this.update_network_parameters(this.backward_pass(y.row(i), output));
      }
    }
  }
}

/** W @ v. */
function times(W, v) {
  const [rows, columns] = W.shape;
  const result = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0, at = i * columns; j < columns; j++, at++) sum += W.data[at] * v.data[j];
    result[i] = sum;
  }
  return new NdArray([rows], result);
}

/** W.T @ v. */
function transposedTimes(W, v) {
  const [rows, columns] = W.shape;
  const result = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0, at = i * columns; j < columns; j++, at++) result[j] += W.data[at] * v.data[i];
  }
  return new NdArray([columns], result);
}

/** Every element of a times every element of b. */
function outer(a, b) {
  const [rows, columns] = [a.data.length, b.data.length];
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0, at = i * columns; j < columns; j++, at++) result[at] = a.data[i] * b.data[j];
  }
  return new NdArray([rows, columns], result);
}

/** The number of the largest element. */
function largest(v) {
  let best = 0;
  for (let i = 1; i < v.data.length; i++) if (v.data[i] > v.data[best]) best = i;
  return best;
}

/** A normally distributed number (Box and Muller). */
function normal() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

/** The same numbers in a random order (Fisher and Yates). */
function shuffled(numbers) {
  const result = numbers.slice();
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}

if (require.main === module) serve({ DeepNeuralNetwork, preprocess });
module.exports = { DeepNeuralNetwork, preprocess };
