#!/usr/bin/env bash
# mypy --strict finds no mistake in network(*"784"), where each argument has to be an int; three other checkers do.
#
# versions: mypy 2.4.1, pyright 1.1.414, pyrefly 1.5.0, ty 0.0.108, Python 3.11
# behaviour: a text that is unpacked into arguments gives one text per character, and mypy takes these for anything: any
#   number of parameters of any type. Unpacked lists and tuples of texts are refused, and so is an assignment that
#   unpacks a text. Sizes of layers or a version read from the command line, network(*text) for network(*map(int, text.split(","))), pass.
# output:
#   network(*"784"): mypy passes, pyright refuses, pyrefly refuses, ty refuses
#   network(*["7", "8", "4"]): mypy refuses, pyright refuses, pyrefly refuses, ty refuses
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check mypy==2.4.1 pyright==1.1.414 pyrefly==1.5.0 ty==0.0.108
touch pyrefly.toml
run() { # run ARGUMENTS: which checkers refuse a call with them
    printf 'def network(*sizes: int, rate: float = 0.1) -> None: ...\n\n\nnetwork(%s)\n' "$1" > call.py
    local said=""
    for checker in "mypy --strict" pyright "pyrefly check" "ty check"; do
        if environment/bin/$checker call.py > checked.txt 2>&1; then verdict=passes; else verdict=refuses; fi
        said="$said, ${checker%% *} $verdict"
    done
    echo "network($1): ${said#, }"
}
{ run '*"784"'; run '*["7", "8", "4"]'; } | tee said.txt
diff said.txt - <<'EXPECTED'
network(*"784"): mypy passes, pyright refuses, pyrefly refuses, ty refuses
network(*["7", "8", "4"]): mypy refuses, pyright refuses, pyrefly refuses, ty refuses
EXPECTED
