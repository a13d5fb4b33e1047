"""The forms in which a text gives a class a method after its definition, and those that are something else."""

import pytest

from nnkata.runner.typecheck.late_methods import Attached, attached

START = "class Net: pass\ndef train(self): pass\ndef other(self): pass\n"
FORMS = {
    "Net.train = train": {("train", "train")},
    "Net.fit = other": {("other", "fit")},
    "setattr(Net, 'fit', train)": {("train", "fit")},
    "for f in (train, other):\n    setattr(Net, f.__name__, f)": {("train", "train"), ("other", "other")},
    "for n, f in {'fit': train}.items():\n    Net.__dict__": {("train", "fit")},
    "Other = type('Other', (Net,), dict(fit=train))": {("train", "fit")},
    "@add(Net)\ndef later(self): pass": {("later", "later")},
    "from elsewhere import fit as train_all\nNet.train = train_all": {("train_all", "train")},
    "@add(3)\ndef later(self): pass": set(),
    "Net.rate = 3": set(),
    "thing.train = train": set(),
    "Net.train = absent": set(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_function_that_becomes_a_method_is_found_with_its_name_there(form: str) -> None:
    wanted = {Attached("net.py", function, member) for function, member in FORMS[form]}
    assert set(attached({"net.py": f"{START}{form}\n"})) == wanted


def test_a_text_that_is_not_python_has_none() -> None:
    assert attached({"net.py": "def (", "other.py": START}) == []
