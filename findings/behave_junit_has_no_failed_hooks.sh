#!/usr/bin/env bash
# behave's JUnit report has errors="0" failures="0" for a run that ended with 1, as before_feature or after_all raised.
#
# versions: behave 1.3.3, Python 3.11
# behaviour: a hook of a scenario or a step that raises is an error in the report. A hook of a feature or of the whole run
#   is in no report: if before_all or before_feature raises, the scenarios never run, and JUnit has them as skipped; after
#   after_feature or after_all they are passed. The exit status is 1 in all of them. A server that reads the report, and
#   not the status, shows a run as green in which the network could not even be loaded. An issue (behave 688) on
#   before_all ended as meant so: the scenarios are untested.
# output:
#   before_all: status 1, tests 1, errors 0, failures 0, skipped 1
#   before_feature: status 1, tests 1, errors 0, failures 0, skipped 1
#   before_scenario: status 1, tests 1, errors 1, failures 0, skipped 0
#   after_feature: status 1, tests 1, errors 0, failures 0, skipped 0
#   after_all: status 1, tests 1, errors 0, failures 0, skipped 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check behave==1.3.3
mkdir -p features/steps
cat > features/forward.feature <<'GHERKIN'
Feature: Forward pass
  Scenario: The output sums to one
    Given a network
GHERKIN
cat > features/steps/steps.py <<'PYTHON'
from behave import given


@given("a network")
def a_network(context):
    pass
PYTHON
for hook in before_all before_feature before_scenario after_feature after_all; do
    printf 'def %s(*arguments):\n    raise OSError("no network to load")\n' "$hook" > features/environment.py
    rm -rf reports
    status=0
    environment/bin/behave --junit --junit-directory reports > run.txt 2>&1 || status=$?
    echo "$hook: status $status$(grep -ohE ' (tests|errors|failures|skipped)="[0-9]+"' reports/*.xml | tr -d '"' | tr '=' ' ' | sed 's/^/,/' | tr -d '\n')"
done | tee said.txt
diff said.txt - <<'EXPECTED'
before_all: status 1, tests 1, errors 0, failures 0, skipped 1
before_feature: status 1, tests 1, errors 0, failures 0, skipped 1
before_scenario: status 1, tests 1, errors 1, failures 0, skipped 0
after_feature: status 1, tests 1, errors 0, failures 0, skipped 0
after_all: status 1, tests 1, errors 0, failures 0, skipped 0
EXPECTED
