#!/usr/bin/env bash
# A step of synaptic's output neuron is rate * (target - output) for any activation and any cost: for tanh and ReLU that is no slope.
#
# versions: synaptic 1.1.4, Node 20
# behaviour: the cost of a Trainer, MSE by default, is only printed; an output learns from target - output alone, without the derivative
#   of its activation. For a logistic output this is the gradient of the cross-entropy, for an identity that of half the squared
#   error; for TANH and RELU it is the gradient of neither. Here the input is 2, the bias 0, the target 1 and the rate 1. A
#   ReLU that is dead gets a step all the same. Bitten is who compares a network of his own with it.
# output:
#   LOGISTIC, weight 0.3: step of the bias 0.3543, 1 - output 0.3543, (1 - output) * derivative 0.0811
#   TANH, weight 0.3: step of the bias 0.463, 1 - output 0.463, (1 - output) * derivative 0.3294
#   RELU, weight -0.3: step of the bias 1, 1 - output 1, (1 - output) * derivative 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund synaptic@1.1.4
cat > step.cjs <<'JS'
const { Layer, Network, Neuron } = require('synaptic');

const derivatives = { LOGISTIC: (a) => a * (1 - a), TANH: (a) => 1 - a * a, RELU: (a) => (a > 0 ? 1 : 0) };
const shown = (number) => Math.round(number * 1e4) / 1e4;
for (const [name, weight] of [['LOGISTIC', 0.3], ['TANH', 0.3], ['RELU', -0.3]]) {
    const input = new Layer(1);
    const output = new Layer(1);
    input.project(output);
    const [neuron] = output.list;
    neuron.squash = Neuron.squash[name];
    neuron.bias = 0;
    Object.values(neuron.connections.inputs)[0].weight = weight;
    const network = new Network({ input, output });
    network.setOptimize(false);
    const [a] = network.activate([2]);
    network.propagate(1, [1]);
    const slope = (1 - a) * derivatives[name](a);
    console.log(`${name}, weight ${weight}: step of the bias ${shown(neuron.bias)}, 1 - output ${shown(1 - a)}, (1 - output) * derivative ${shown(slope)}`);
}
JS
node step.cjs | tee said.txt
diff said.txt - <<'EXPECTED'
LOGISTIC, weight 0.3: step of the bias 0.3543, 1 - output 0.3543, (1 - output) * derivative 0.0811
TANH, weight 0.3: step of the bias 0.463, 1 - output 0.463, (1 - output) * derivative 0.3294
RELU, weight -0.3: step of the bias 1, 1 - output 1, (1 - output) * derivative 0
EXPECTED
