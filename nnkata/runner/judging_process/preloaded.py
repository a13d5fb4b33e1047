"""The imports of the process from which checks are forked, so that no check has to make them itself."""

import importlib

from nnkata import registry
from nnkata.features.gherkin import clauses
from nnkata.language import LANGUAGES
from nnkata.places import feature_files
from nnkata.runner.settings import BUNDLED

for name in ("judging_process.separate_process", "judging_process.standby", "session"):
    importlib.import_module(f"nnkata.runner.{name}")
for module in registry.current().steps:
    importlib.import_module(module)
for language in LANGUAGES:
    clauses(feature_files(None, language))
if registry.current().has_data:
    registry.current().data(BUNDLED)
