#!/usr/bin/env bash
# In SimpleITK half of a white uint8 pixel, x * 0.5, is 0, and white is not below 300: the number is cut to the type of the pixels first.
#
# versions: simpleitk 2.5.7, numpy 2.4.6, Python 3.11
# behaviour: an operator between an image and a number turns the number into the type of the pixels before it
#   computes: 300 is 44, 0.5 is 0 and 1.5 is 1 in uint8. NumPy, whose operators these look like, compares with the
#   number itself, gives float for 0.5 and raises for image + 300. Division alone gives float, so that image / 2 and
#   image * 0.5 are different images, and so are image / 255 and image * (1 / 255), which is black. Nothing warns.
#   Upstream has an open pull request of September 2026 for some of these operators. sitk.Cast(image,
#   sitk.sitkFloat32) beforehand mends it.
# output:
#   x < 300: SimpleITK [1, 0, 0], NumPy [1, 1, 1]
#   x > 99.9: SimpleITK [0, 1, 1], NumPy [0, 1, 1]
#   x * 0.5: SimpleITK [0, 0, 0], NumPy [0.0, 50.0, 127.5]
#   x / 2: SimpleITK [0.0, 50.0, 127.5], NumPy [0.0, 50.0, 127.5]
#   x * 1.5: SimpleITK [0, 100, 255], NumPy [0.0, 150.0, 382.5]
#   x * (1 / 255): SimpleITK [0, 0, 0], NumPy [0.0, 0.392, 1.0]
#   x + 0.7: SimpleITK [0, 100, 255], NumPy [0.7, 100.7, 255.7]
#   x + 300: SimpleITK [44, 144, 43], NumPy OverflowError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check simpleitk==2.5.7 numpy==2.4.6
cat > operators.py <<'PYTHON'
import numpy as np
import SimpleITK

pixels = np.array([[0, 100, 255]], np.uint8)
image = SimpleITK.GetImageFromArray(pixels)
operations = {
    "x < 300": lambda x: x < 300,
    "x > 99.9": lambda x: x > 99.9,
    "x * 0.5": lambda x: x * 0.5,
    "x / 2": lambda x: x / 2,
    "x * 1.5": lambda x: x * 1.5,
    "x * (1 / 255)": lambda x: x * (1 / 255),
    "x + 0.7": lambda x: x + 0.7,
    "x + 300": lambda x: x + 300,
}
for name, operation in operations.items():
    made = SimpleITK.GetArrayFromImage(operation(image)).round(2).tolist()[0]
    try:
        expected = str((operation(pixels) * 1).round(3).tolist()[0])
    except OverflowError as refusal:
        expected = type(refusal).__name__
    print(f"{name}: SimpleITK {made}, NumPy {expected}")
PYTHON
environment/bin/python operators.py | tee said.txt
diff said.txt - <<'EXPECTED'
x < 300: SimpleITK [1, 0, 0], NumPy [1, 1, 1]
x > 99.9: SimpleITK [0, 1, 1], NumPy [0, 1, 1]
x * 0.5: SimpleITK [0, 0, 0], NumPy [0.0, 50.0, 127.5]
x / 2: SimpleITK [0.0, 50.0, 127.5], NumPy [0.0, 50.0, 127.5]
x * 1.5: SimpleITK [0, 100, 255], NumPy [0.0, 150.0, 382.5]
x * (1 / 255): SimpleITK [0, 0, 0], NumPy [0.0, 0.392, 1.0]
x + 0.7: SimpleITK [0, 100, 255], NumPy [0.7, 100.7, 255.7]
x + 300: SimpleITK [44, 144, 43], NumPy OverflowError
EXPECTED
