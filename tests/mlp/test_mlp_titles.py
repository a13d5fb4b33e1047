"""The names that messages give to parameters that are a plain list."""

import pytest

from nnkata.katas.mlp.parameter_names import titled

PLACES = ["[0]", "[1]"]


@pytest.mark.parametrize(
    ("returned", "names"),
    [
        ("[net.W1, net.b1]", ["W1", "b1"]),
        ("[net.layers[0].W, net[1].bias]", ["layers[0].W", "net[1].bias"]),
        ("[net['W1'], net['all'][0]]", ["W1", "all[0]"]),
        ("(theirs.W1, theirs.b1)", ["W1", "b1"]),
        ("[net.W, net.W]", PLACES),
        ("[net.W1]", PLACES),
        ("list(net)", PLACES),
        ("[net.W1, net." + "b" * 99 + "]", PLACES),
        ("[net['\\x1b'], net.b1]", [r"net['\x1b']", "b1"]),
        ("[", PLACES),
    ],
)
def test_a_list_has_the_names_of_its_own_line(returned: str, names: list[str]) -> None:
    assert titled(PLACES, {"a.py": f"def parameters(net): return {returned}\n"}) == names


def test_names_of_a_dict_stay() -> None:
    assert titled(["W1", "b1"], {"a.py": "def parameters(net): return [net.a, net.c]\n"}) == ["W1", "b1"]
