#!/usr/bin/env bash
# In Allure's results of behave a scenario whose after_scenario raised is passed, and one whose before_scenario raised is skipped; behave ends with 1.
#
# versions: allure-behave 2.16.2, behave 1.3.3, Python 3.11
# behaviour: a hook of environment.py that raises fails its scenario in behave: "1 hook_error", and the run ends
#   with 1. Allure's formatter takes the status of a scenario from its steps alone. After a failed before_scenario
#   these did not run, and the scenario is skipped, as one that somebody left out on purpose; after a failed
#   after_scenario they have passed, and so has the scenario. The hook's message is nowhere. After a failed
#   before_feature there are no results at all (reported upstream in February 2026 and closed; for the two others no
#   issue was found). A failed after_step is shown, as broken. For the hooks of one scenario behave's own JUnit report
#   is right; its gaps are those of a whole feature.
# output:
#   none raises: behave ended with 0: 2 scenarios passed, 0 failed, 0 skipped
#     Allure: Backward pass passed, Forward pass passed
#   before_scenario raises: behave ended with 1: 1 scenario passed, 0 failed, 1 hook_error, 0 skipped
#     Allure: Backward pass skipped, Forward pass passed
#   after_scenario raises: behave ended with 1: 1 scenario passed, 0 failed, 1 hook_error, 0 skipped
#     Allure: Backward pass passed, Forward pass passed
#   before_feature raises: behave ended with 1: 0 scenarios passed, 0 failed, 0 skipped, 2 untested
#     Allure: nothing
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check allure-behave==2.16.2 behave==1.3.3
cat > network.feature <<'TEXT'
Feature: Network
  Scenario: Forward pass
    Given it works

  @hook
  Scenario: Backward pass
    Given it works
TEXT
cat > environment.py <<'PYTHON'
import os


def hook(name):
    if os.environ["HOOK"] == name:
        raise ValueError("no data")


def before_feature(context, feature):
    hook("before_feature")


def before_scenario(context, scenario):
    if "hook" in scenario.tags:
        hook("before_scenario")


def after_scenario(context, scenario):
    if "hook" in scenario.tags:
        hook("after_scenario")
PYTHON
cat > results.py <<'PYTHON'
import glob
import json

results = [json.load(open(name)) for name in glob.glob("results/*-result.json")]
print("  Allure:", ", ".join(sorted(f"{result['name']} {result['status']}" for result in results)) or "nothing")
PYTHON
{
    mkdir steps
    printf 'from behave import given\n\n\n@given("it works")\ndef works(context):\n    pass\n' > steps/works.py
    for hook in none before_scenario after_scenario before_feature; do
        rm -rf results
        status=0
        HOOK=$hook environment/bin/python -m behave -f allure_behave.formatter:AllureFormatter -o results network.feature > behave.txt 2>&1 || status=$?
        echo "$hook raises: behave ended with $status: $(grep scenario.*passed behave.txt)"
        environment/bin/python results.py
    done
} | tee said.txt
diff said.txt - <<'EXPECTED'
none raises: behave ended with 0: 2 scenarios passed, 0 failed, 0 skipped
  Allure: Backward pass passed, Forward pass passed
before_scenario raises: behave ended with 1: 1 scenario passed, 0 failed, 1 hook_error, 0 skipped
  Allure: Backward pass skipped, Forward pass passed
after_scenario raises: behave ended with 1: 1 scenario passed, 0 failed, 1 hook_error, 0 skipped
  Allure: Backward pass passed, Forward pass passed
before_feature raises: behave ended with 1: 0 scenarios passed, 0 failed, 0 skipped, 2 untested
  Allure: nothing
EXPECTED
