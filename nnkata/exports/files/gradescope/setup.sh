#!/bin/sh
# Gradescope runs this once, as root and with the network, when the autograder is built.
set -eu

# The newest Python that can make environments; $1 comes first, for which the versions in requirements.txt are known.
python() {
    for version in "$@" 3.14 3.13 3.12 3.11; do
        if "python$version" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "python$version"
            return
        fi
    done
}

found=$(python @PYTHON@)
if [ -z "$found" ]; then
    apt-get update -qq
    for version in @PYTHON@ 3.12 3.11; do # Ubuntu 24.04 brings 3.12, and 22.04 3.11 beside its own 3.10
        if apt-get install -qq -y "python$version" "python$version-venv"; then
            break
        fi
    done
    found=$(python @PYTHON@)
fi
if [ -z "$found" ]; then
    echo "nnkata needs Python 3.11 or later, which this image does not have: choose Ubuntu 22.04 or later" >&2
    exit 1
fi
sh /autograder/source/install.sh "$found" /autograder/nnkata
