#!/usr/bin/env bash
# A deep copy of a network whose matrices are views of one vector learns nothing: its vector changes, and its matrices stay; so it is after pickle, and joblib also parts two names of one array.
#
# versions: NumPy 2.4.6, cloudpickle 3.1.2, joblib 1.6.0, jsonpickle 4.1.4, Python 3.11
# behaviour: all weights in one vector, and each layer's matrix a view of a part of it: one subtraction is the step
#   of all. Two names of one array stay one array in copy.deepcopy, and any two objects stay connected, which is what
#   its memo is for; two arrays of one memory get a memory each. The copy has the right numbers at first, and its
#   output is right until it is trained: then the loss does not move, and no error tells why. Pickle keeps what is one
#   object, but joblib.dump gives also two names of one array two arrays. jsonpickle keeps the views. Pickle 5 with
#   buffers out of band keeps the views, since it hands over the memory itself. Reported for pickle in xarray's issue
#   1058, where it is called intended (one would otherwise send a large array for a small slice), and for deepcopy by
#   users of sncosmo (154).
# output:
#   itself: vector 21, same 21, W 10, b 11
#   copy.deepcopy: vector 21, same 21, W 0, b 0
#   pickle: vector 21, same 21, W 0, b 0
#   pickle out of band: vector 21, same 21, W 10, b 11
#   cloudpickle: vector 21, same 21, W 0, b 0
#   joblib: vector 21, same 0, W 0, b 0
#   jsonpickle: vector 21, same 21, W 10, b 11
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check numpy==2.4.6 cloudpickle==3.1.2 \
  joblib==1.6.0 jsonpickle==4.1.4
cat > run.py <<'PYTHON'
import copy
import io
import pickle

import cloudpickle
import joblib
import jsonpickle
import jsonpickle.ext.numpy
import numpy as np

jsonpickle.ext.numpy.register_handlers()


class Network:
    def __init__(self):
        self.vector = np.zeros(6)
        self.same = self.vector
        self.W = self.vector[:4].reshape(2, 2)
        self.b = self.vector[4:]


def by_joblib(network):
    file = io.BytesIO()
    joblib.dump(network, file)
    file.seek(0)
    return joblib.load(file)


def out_of_band(network):
    buffers = []
    return pickle.loads(pickle.dumps(network, 5, buffer_callback=buffers.append), buffers=buffers)


ways = {
    "itself": lambda network: network,
    "copy.deepcopy": copy.deepcopy,
    "pickle": lambda network: pickle.loads(pickle.dumps(network)),
    "pickle out of band": out_of_band,
    "cloudpickle": lambda network: cloudpickle.loads(cloudpickle.dumps(network)),
    "joblib": by_joblib,
    "jsonpickle": lambda network: jsonpickle.decode(jsonpickle.encode(network, keys=True), keys=True),
}
for name, way in ways.items():
    network = way(Network())
    network.vector += [1, 2, 3, 4, 5, 6]
    print(f"{name}: vector {network.vector.sum():g}, same {network.same.sum():g}, W {network.W.sum():g}, b {network.b.sum():g}")
PYTHON
environment/bin/python run.py | tee said.txt
diff said.txt - <<'EXPECTED'
itself: vector 21, same 21, W 10, b 11
copy.deepcopy: vector 21, same 21, W 0, b 0
pickle: vector 21, same 21, W 0, b 0
pickle out of band: vector 21, same 21, W 10, b 11
cloudpickle: vector 21, same 21, W 0, b 0
joblib: vector 21, same 0, W 0, b 0
jsonpickle: vector 21, same 21, W 10, b 11
EXPECTED
