#!/usr/bin/env bash
# A failing step passes if it is `async def` in pytest-bdd, or a generator in behave and cucumber-js: its body never runs.
#
# versions: pytest-bdd 9.0.1, pytest 9.2.0, behave 1.3.3 (Python 3.11), @cucumber/cucumber 12.9.0 (Node 20)
# behaviour: pytest-bdd calls an `async def` step and drops the coroutine: the scenario passes, with a RuntimeWarning
#   about a coroutine that was never awaited, while pytest itself fails an async test that no plugin runs. behave and
#   cucumber-js await the step, but silently drop the generator that a step with `yield` returns (`function*` in
#   JavaScript); pytest-bdd runs it, as pytest does for fixtures.
# output:
#   pytest-bdd: async passed, generator failed
#   behave: async failed, generator passed
#   cucumber-js: async failed, generator passed
#   pytest, an async test: failed
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.2.0 pytest-bdd==9.0.1 behave==1.3.3
npm install --silent --no-audit --no-fund @cucumber/cucumber@12.9.0
mkdir -p features/steps
for kind in async generator; do printf 'Feature: F\n  Scenario: S\n    Then it fails in %s\n' "$kind" > "features/$kind.feature"; done
steps() {
    cat <<PYTHON
from $1 import then


@then("it fails in async")
async def in_async($2):
    assert False


@then("it fails in generator")
def in_generator($2):
    assert False
    yield
PYTHON
}
steps behave context > features/steps/steps.py
for kind in async generator; do
    { steps pytest_bdd ""; printf '\n\nfrom pytest_bdd import scenarios\n\nscenarios("features/%s.feature")\n' "$kind"; } > "test_$kind.py"
done
printf 'async def test_it():\n    assert False\n' > test_plain.py
cat > steps.js <<'JS'
const { Then } = require('@cucumber/cucumber');
Then('it fails in async', async () => { throw new Error('no'); });
Then('it fails in generator', function* () { throw new Error('no'); });
JS
told() { local code=0; "$@" > said.txt 2>&1 || code=$?; case $code in 0) echo passed ;; 1) echo failed ;; *) cat said.txt >&2; echo "status $code" ;; esac; }
pytest=(environment/bin/python -m pytest -q -p no:cacheprovider)
bdd="async $(told "${pytest[@]}" test_async.py), generator $(told "${pytest[@]}" test_generator.py)"
behave="async $(told environment/bin/behave features/async.feature), generator $(told environment/bin/behave features/generator.feature)"
cucumber=(node_modules/.bin/cucumber-js --require steps.js)
js="async $(told "${cucumber[@]}" features/async.feature), generator $(told "${cucumber[@]}" features/generator.feature)"
plain=$(told "${pytest[@]}" test_plain.py)
printf 'pytest-bdd: %s\nbehave: %s\ncucumber-js: %s\npytest, an async test: %s\n' "$bdd" "$behave" "$js" "$plain"
[ "$bdd" = "async passed, generator failed" ] && [ "$plain" = failed ]
[ "$behave" = "async failed, generator passed" ] && [ "$js" = "async failed, generator passed" ]
