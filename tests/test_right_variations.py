"""Ways of writing a right network that are unlike the variants in `solutions/correct`: none of them fails a clause."""

from pathlib import Path

import pytest

from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings

PLAIN = (Path(__file__).parents[1] / "solutions" / "correct" / "plain.py").read_text()
BEHAVIOUR = frozenset(clause.tag for clause in known_clauses() if clause.stage not in ("mnist", "typing"))
SINGLE = {
    f"np.sqrt(1 / {layer})": f"np.float32(np.sqrt(1 / {layer}))" for layer in ("hidden_1", "hidden_2", "output_layer")
}
DRAWS = {
    f"np.random.randn({a}, {b})": f"np.random.randn({a}, {b}).astype(np.float32)"
    for a, b in (("hidden_1", "input_layer"), ("hidden_2", "hidden_1"), ("output_layer", "hidden_2"))
}
UNIFORM = {old: old.replace("np.random.randn(", "np.random.uniform(-(3**0.5), 3**0.5, size=(") + ")" for old in DRAWS}

#: What is written instead of what.
VARIATIONS: dict[str, dict[str, str]] = {
    "float32 weights, float64 arithmetic, updated in place": {**SINGLE, **DRAWS},
    "float32 weights, float64 arithmetic, replaced": {
        **SINGLE,
        **DRAWS,
        "self.params[key] -= self.l_rate * value": (
            "self.params[key] = (self.params[key] - self.l_rate * value).astype(np.float32)"
        ),
    },
    "float32 arithmetic, softmax in float64": {
        **SINGLE,
        **DRAWS,
        "np.array(x_train, dtype=np.float64)": "np.array(x_train, dtype=np.float32)",
        "x = np.asarray(x, dtype=np.float64)\n        small": "x = np.asarray(x, dtype=np.float32)\n        small",
    },
    "float64 weights, float32 output": {'return params["A3"]': 'return params["A3"].astype(np.float32)'},
    "float64 weights, float32 input": {"np.array(x_train, dtype=np.float64)": "np.array(x_train, dtype=np.float32)"},
    "uniform weights of the same deviation": UNIFORM,
    "a guard in the denominator": {"exps / np.sum(exps)": "exps / (np.sum(exps) + 1e-9)"},
    "the sigmoid through tanh": {
        "np.asarray(np.where(x < 0, small, 1.0) / (1 + small))": "np.asarray(0.5 * (1 + np.tanh(x / 2)))"
    },
    "the sigmoid of clipped numbers": {
        "np.asarray(np.where(x < 0, small, 1.0) / (1 + small))": "np.asarray(1 / (1 + np.exp(-np.clip(x, -500, 500))))"
    },
    "the derivative from the activation": {
        'self.sigmoid(params["Z2"], derivative=True)': '(params["A2"] * (1 - params["A2"]))'
    },
    "samples in a new order each epoch": {
        "for x, y in zip(x_train, y_train, strict=True):": (
            "for i in np.random.permutation(len(x_train)):\n                x, y = x_train[i], y_train[i]"
        )
    },
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_a_right_network_written_otherwise_fails_nothing(name: str, tmp_path: Path) -> None:
    text = PLAIN
    for old, new in VARIATIONS[name].items():
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "network.py"
    path.write_text(text)
    for seed in range(5):
        verdict = judge(Settings(str(path), seed=seed, only=BEHAVIOUR))
        assert [(failure.clause, failure.message) for failure in verdict.failures] == []
