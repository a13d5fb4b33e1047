#!/usr/bin/env bash
# scikit-learn's img_to_graph gives the edge from a black to a white pixel the weight 1 in uint8, and 255 from white to black or in floats.
#
# versions: scikit-learn 1.9.1, scipy 1.17.1, numpy 2.4.6, Python 3.11
# behaviour: the weight of an edge of the graph is the absolute difference of its two pixels. It is taken in the
#   dtype of the image: in uint8 0 - 255 is 1, and the absolute value of an unsigned number is itself. So the weight
#   depends on which of the two lies further right or further down, a mirrored image has another graph, and spectral
#   clustering, for which the graph is made, sees the left rim of a stroke as flat and the right one as sharp.
#   dtype=float converts the weights, after the difference. The matrix stays symmetric, since both of its halves get
#   the same number. An image in floats, as in the examples of the documentation, shows nothing.
# output:
#   stroke 0, 255, 255, 0: [1, 0, 255] in floats [255, 0, 255]
#   ramp 0, 100, 255: [156, 101] mirrored [155, 100]
#   stroke with dtype=float: [1, 0, 255]
#   greys 200, 100, 200, 100: [100, 156, 100] in floats [100, 100, 100]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check scikit-learn==1.9.1 scipy==1.17.1 \
  numpy==2.4.6
cat > edges.py <<'PYTHON'
import numpy as np
from sklearn.feature_extraction.image import img_to_graph

stroke = np.array([[0, 255, 255, 0]], np.uint8)
ramp = np.array([[0, 100, 255]], np.uint8)
grey = np.array([[200, 100, 200, 100]], np.uint8)


def edges(image, **options):
    graph = img_to_graph(image, **options).toarray()
    return [int(graph[column, column + 1]) for column in range(image.shape[1] - 1)]


print("stroke 0, 255, 255, 0:", edges(stroke), "in floats", edges(stroke.astype(float)))
print("ramp 0, 100, 255:", edges(ramp), "mirrored", edges(ramp[:, ::-1]))
print("stroke with dtype=float:", edges(stroke, dtype=float))
print("greys 200, 100, 200, 100:", edges(grey), "in floats", edges(grey.astype(float)))
PYTHON
environment/bin/python edges.py | tee said.txt
diff said.txt - <<'EXPECTED'
stroke 0, 255, 255, 0: [1, 0, 255] in floats [255, 0, 255]
ramp 0, 100, 255: [156, 101] mirrored [155, 100]
stroke with dtype=float: [1, 0, 255]
greys 200, 100, 200, 100: [100, 156, 100] in floats [100, 100, 100]
EXPECTED
