#!/bin/sh
# Installs the wheels that lie beside this script, the kit and a kata of another package, into the folder $2, with the
# Python $1, and judges the skeleton to see that it works. Needs the network; judging does not.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=$1
home=$2

"$python" -m venv "$home"
"$home/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir \
    --requirement "$here/requirements.txt" "$here"/*.whl

# A submission runs as a user of its own, if root judges. Of what is installed it needs NumPy and the worker; it does
# not get to read the oracle, nor anything that is used to judge.
if [ "$(id -u)" = 0 ]; then
    packages=$("$home/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    find "$packages" -mindepth 1 -maxdepth 1 ! -name 'numpy*' ! -name nnkata -exec chmod -R o= {} +
    find "$packages/nnkata" -mindepth 1 -maxdepth 1 ! -name __init__.py ! -name worker -exec chmod -R o= {} +
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$home/bin/nnkata" init "$work/submission/"@ENTRY@ --kata @KATA@ >"$work/log"
if ! "$home/bin/python" -I -m nnkata.exports.judge "$here/nnkata.json" "$work/submission" "$work/results.json"; then
    cat "$work/results.json" >&2
    echo "nnkata is installed in $home, but cannot judge here; the reason stands above" >&2
    exit 1
fi
echo "nnkata is installed in $home, and judges"
