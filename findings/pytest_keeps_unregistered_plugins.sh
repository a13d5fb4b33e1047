#!/usr/bin/env bash
# A plugin that pytest has unregistered stays in memory until the process ends, with everything that it holds.
#
# versions: pytest 9.1.1, pluggy 1.6.0
# behaviour: a process that runs many submissions registers a plugin per run, which collects the results, and unregisters
#   it afterwards. `unregister` removes its hooks, and `get_plugins` no longer lists it. But `register` also calls the
#   historic hook `pytest_plugin_registered`, and pluggy remembers the arguments of each call of a historic hook, to
#   repeat it for plugins that come later. The plugin is one of these arguments, and `unregister` leaves it there: the
#   arrays of each run stay, and a plugin that comes later is told of one that is gone. A plugin manager of pluggy alone
#   lets the same plugin go.
# output:
#   pluggy alone: listed False, alive False
#   pytest: listed False, alive True
#   pytest, later plugins are told of it: True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check pytest==9.1.1 pluggy==1.6.0
cat > keeps.py <<'EOF'
import gc
import weakref

import pluggy
import pytest


class Results:
    """A plugin with an array of 10 MB."""

    def __init__(self):
        self.array = bytearray(10_000_000)

    def pytest_runtest_logreport(self, report):
        pass


def unregistered(manager):
    plugin = Results()
    manager.register(plugin)
    manager.unregister(plugin)
    listed, alive = any(plugin is each for each in manager.get_plugins()), weakref.ref(plugin)
    del plugin
    gc.collect()
    return listed, alive


class Look:
    def pytest_cmdline_main(self, config):
        listed, alive = unregistered(pluggy.PluginManager("other"))
        print(f"pluggy alone: listed {listed}, alive {alive() is not None}")
        listed, alive = unregistered(config.pluginmanager)
        print(f"pytest: listed {listed}, alive {alive() is not None}")
        told = []

        class Later:
            def pytest_plugin_registered(self, plugin):
                told.append(plugin is alive())

        config.pluginmanager.register(Later())
        print(f"pytest, later plugins are told of it: {any(told)}")
        return 0


raise SystemExit(pytest.main(["-p", "no:cacheprovider"], plugins=[Look()]))
EOF
env/bin/python keeps.py > said.txt
cat said.txt
diff said.txt - <<'EOF'
pluggy alone: listed False, alive False
pytest: listed False, alive True
pytest, later plugins are told of it: True
EOF
