#!/usr/bin/env bash
# netCDF4 reads the white pixels of an image as missing: of 0, 1, 2 and 255 in uint8 the mean is 1.0, not 64.5.
#
# versions: netCDF4 1.7.5.1.post1, numpy 2.4.6, xarray 2026.9.0, Python 3.11
# behaviour: each type of netCDF has a number by default for "never written", in uint8 255 and in uint16 65535. netCDF4
#   masks this number on reading, though the variable was written whole and names no fill value. All of NumPy's means,
#   maxima and sums then leave the brightest pixels out, without a warning. int8 loses none. xarray, which reads the
#   same file by netCDF4, gives all pixels, and so do set_auto_mask(False) in the reader and fill_value=False in the
#   writer's createVariable. The masking is documented; that a uint8 has no number to spare is not.
# output:
#   netCDF4: uint8 [0, 1, 2, None], mean 1.0; uint16 [0, 1, 2, None], mean 1.0; int8 [0, 1, 2, 127], mean 32.5
#   set_auto_mask(False): uint8 [0, 1, 2, 255], mean 64.5
#   xarray: uint8 [0, 1, 2, 255], mean 64.5
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check netCDF4==1.7.5.1.post1 numpy==2.4.6 xarray==2026.9.0
cat > white.py <<'PYTHON'
import netCDF4
import numpy as np
import xarray

with netCDF4.Dataset("images.nc", "w") as file:
    file.createDimension("pixel", 4)
    for type_ in ("uint8", "uint16", "int8"):
        file.createVariable(type_, type_, ("pixel",))[:] = np.array([0, 1, 2, np.iinfo(type_).max], dtype=type_)
with netCDF4.Dataset("images.nc") as file:
    read = {type_: variable[:] for type_, variable in file.variables.items()}
    print("netCDF4:", "; ".join(f"{type_} {pixels.tolist()}, mean {pixels.mean()}" for type_, pixels in read.items()))
    file.set_auto_mask(False)
    pixels = file["uint8"][:]
    print(f"set_auto_mask(False): uint8 {pixels.tolist()}, mean {pixels.mean()}")
pixels = xarray.open_dataset("images.nc", engine="netcdf4").uint8.values
print(f"xarray: uint8 {pixels.tolist()}, mean {pixels.mean()}")
PYTHON
environment/bin/python white.py | tee said.txt
diff said.txt - <<'EXPECTED'
netCDF4: uint8 [0, 1, 2, None], mean 1.0; uint16 [0, 1, 2, None], mean 1.0; int8 [0, 1, 2, 127], mean 32.5
set_auto_mask(False): uint8 [0, 1, 2, 255], mean 64.5
xarray: uint8 [0, 1, 2, 255], mean 64.5
EXPECTED
