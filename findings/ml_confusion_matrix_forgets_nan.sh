#!/usr/bin/env bash
# To npm's ml-confusion-matrix a network that says NaN for two of four images has the accuracy 1: the two are in no cell, and not in the total.
#
# versions: ml-confusion-matrix 2.0.0, Node 20, scikit-learn 1.9.1, numpy 2.4.6, Python 3.11
# behaviour: the labels are collected in a Set, which knows NaN, so that the matrix has a row and a column for it.
#   The cell of a pair is looked up by indexOf, which finds no NaN, and a pair without a cell is left out. So the
#   matrix has one column too many, of zeros, and two images too few, and accuracy, total and the rates are those of
#   the images with a class: a network that broke after its first images has a perfect score. Other labels that never
#   occur, and null, are counted. The guard is there for the option labels, which says what to count. scikit-learn
#   refuses NaN in labels.
# output:
#   said [0, 1, NaN, NaN]: accuracy 1, images 2, classes 3
#   said [0, 1, null, null]: accuracy 0.5, images 4, classes 3
#   said [0, 1, 7, 7]: accuracy 0.5, images 4, classes 3
#   said [0, 1, 1, 0]: accuracy 0.5, images 4, classes 2
#   scikit-learn: ValueError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund ml-confusion-matrix@2.0.0
cat > score.mjs <<'JAVASCRIPT'
import { ConfusionMatrix } from 'ml-confusion-matrix';

const right = [0, 1, 0, 1];
for (const said of [[0, 1, NaN, NaN], [0, 1, null, null], [0, 1, 7, 7], [0, 1, 1, 0]]) {
  const matrix = ConfusionMatrix.fromLabels(right, said);
  const total = matrix.getTotalCount();
  console.log(`said [${said.map(String).join(', ')}]: accuracy ${matrix.getAccuracy()}, images ${total}, classes ${matrix.getLabels().length}`);
}
JAVASCRIPT
cat > score.py <<'PYTHON'
from sklearn.metrics import accuracy_score

try:
    print("scikit-learn:", accuracy_score([0, 1, 0, 1], [0, 1, float("nan"), float("nan")]))
except ValueError as refusal:
    print("scikit-learn:", type(refusal).__name__)
PYTHON
{
    node score.mjs
    environment/bin/python -W ignore score.py
} | tee said.txt
diff said.txt - <<'EXPECTED'
said [0, 1, NaN, NaN]: accuracy 1, images 2, classes 3
said [0, 1, null, null]: accuracy 0.5, images 4, classes 3
said [0, 1, 7, 7]: accuracy 0.5, images 4, classes 3
said [0, 1, 1, 0]: accuracy 0.5, images 4, classes 2
scikit-learn: ValueError
EXPECTED
