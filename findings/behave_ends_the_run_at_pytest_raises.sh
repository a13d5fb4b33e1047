#!/usr/bin/env bash
# A `with pytest.raises(...)` that meets no exception ends the whole run of behave: no summary, no report, no hook afterwards.
#
# versions: behave 1.3.3, pytest 9.2.0, Python 3.11
# behaviour: pytest.raises, pytest.fail and pytest.skip raise exceptions of their own, which derive from BaseException
#   so that no `except Exception` of a program takes them. behave catches Exception around a step, and takes these for
#   an interruption of the run: the scenarios that follow never run, after_scenario and after_all are not called, and
#   neither JUnit nor JSON nor a list of failures is written. A step with a plain assert fails as it should, and the
#   rest runs. The status is 1 in both. Bitten is who tests in behave that a network refuses a wrong label, as one does
#   in pytest; and an old report that lies in the folder stays there.
# output:
#   plain: status 1, 1 scenario passed, 1 failed, 0 skipped
#     after_scenario: refused failed;after_scenario: last passed;after_all; reports: 1
#   raises: status 1, no summary
#      reports: 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check behave==1.3.3 pytest==9.2.0
mkdir -p features/steps
cat > features/plain.feature <<'FEATURE'
Feature: F
  Scenario: refused
    Then a wrong label raises, by an assert
  Scenario: last
    Then it passes
FEATURE
cat > features/raises.feature <<'FEATURE'
Feature: F
  Scenario: refused
    Then a wrong label raises, by pytest.raises
  Scenario: last
    Then it passes
FEATURE
cat > features/environment.py <<'PYTHON'
def after_scenario(context, scenario):
    print("after_scenario:", scenario.name, scenario.status.name)


def after_all(context):
    print("after_all")
PYTHON
cat > features/steps/steps.py <<'PYTHON'
import pytest
from behave import then


def one_hot(label):
    return [0] * 10


@then("a wrong label raises, by an assert")
def by_assert(context):
    try:
        one_hot(10)
    except ValueError:
        return
    assert False, "did not raise"


@then("a wrong label raises, by pytest.raises")
def by_pytest(context):
    with pytest.raises(ValueError):
        one_hot(10)


@then("it passes")
def passes(context):
    pass
PYTHON
{
    for way in plain raises; do
        code=0
        environment/bin/behave --no-color --no-capture --no-capture-hooks --junit --junit-directory "$way" -f progress "features/$way.feature" > run.txt 2>&1 || code=$?
        echo "$way: status $code, $(grep -oE '^[0-9]+ scenarios? passed.*' run.txt || echo 'no summary')"
        echo "  $(grep -oE 'after_(scenario: .*|all)' run.txt | tr '\n' ';' || true) reports: $(find "$way" -name '*.xml' 2> find.txt | wc -l)"
        grep -oE 'Failed: DID.*' run.txt || true
    done
} | tee said.txt
diff said.txt - <<'EXPECTED'
plain: status 1, 1 scenario passed, 1 failed, 0 skipped
  after_scenario: refused failed;after_scenario: last passed;after_all; reports: 1
raises: status 1, no summary
   reports: 0
EXPECTED
