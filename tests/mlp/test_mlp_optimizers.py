"""A step by an optimizer other than the plain one is no multiple of the gradient, and no mistake."""

from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.mlp.moved_weights.optimizers import decaying
from tests.mlp.test_mlp_empty import clauses

GRADIENTS = "[x.T @ (d @ net.w[1].T * (1 - a * a)), a.T @ d]\n"
STEP = (
    "def step(net, x, y):\n    state = net.__dict__.setdefault('state', {})\n"
    "    for i, (w, g) in enumerate(zip(net.w, gradients(net, x, y))):\n        "
)
MOMENTUM = "v = state[i] = SHARE * state.get(i, 0) + g\n        w -= 0.1 * v"
ADAM = (
    "m, s, t = state.get(i, (0, 0, 0))\n"
    "        m, s, t = state[i] = (0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g * g, t + 1)\n"
    "        w -= 0.001 * m / (1 - 0.9 ** t) / (np.sqrt(s / (1 - 0.999 ** t)) + 1e-8)"
)
FALLING = "state[i] = state.get(i, 0.2) / 2\n        w -= state[i] * g"


def judged(folder: Path, step: str) -> dict[str, dict[str, str]]:
    return clauses(folder, stage="step", GRADIENTS=GRADIENTS + STEP + step)


@pytest.mark.parametrize(
    ("step", "second", "third", "said"),
    [
        ("w -= 0.1 * g", "passed", "passed", ""),
        (MOMENTUM.replace("SHARE", "0.9"), "passed", "skipped", "momentum"),
        (MOMENTUM.replace("SHARE", "0.1"), "passed", "skipped", "momentum"),
        (FALLING, "passed", "skipped", "its rate changes"),
        (ADAM, "skipped", "skipped", "Adam"),
        ("w -= 0.1 * g / (np.sqrt(0.1 * g * g) + 1e-8)", "skipped", "skipped", "RMSprop"),
        ("w -= 0.1 * (g + 0.01 * w)", "skipped", "skipped", "decay"),
        ("w -= 0.5 * g + 2e-5 * w", "skipped", "skipped", "decay"),
    ],
)
def test_an_optimizer_is_recognised_and_its_clauses_skipped(
    step: str, second: str, third: str, said: str, tmp_path: Path
) -> None:
    found = judged(tmp_path, step)
    assert (found["step-1"]["status"], found["step-2"]["status"], found["step-3"]["status"]) == (
        "passed",
        second,
        third,
    )
    assert said in found["step-2"]["message"] + found["step-3"]["message"]


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        (MOMENTUM.replace("SHARE", "1"), "step-3"),  # gradients pile up
        ("state[i] = state.get(i, g)\n        w -= 0.1 * state[i]", "step-3"),  # those of the first batch
        ("w -= 0.1 * g * (1 + i)", "step-2"),
        ("w += 0.1 * np.sign(g)", "step-2"),
        ("w -= 0.1 * g * g", "step-2"),
        ("w -= 0.1 * (g - 0.01 * w)", "step-2"),
        ("w -= 0.1 * (g + 0.01 * np.random.randn(*g.shape))", "step-2"),
    ],
)
def test_a_wrong_step_is_no_optimizer(step: str, wrong: str, tmp_path: Path) -> None:
    assert judged(tmp_path, step)[wrong]["status"] == "failed"


def test_the_bias_of_a_single_output_does_not_hide_that_weights_decay() -> None:
    rng = np.random.default_rng(1)
    parameters, gradients = ([rng.normal(size=shape) for shape in ((5, 4), (4, 1), (1,))] for _ in range(2))
    shares = (0.01, 0.01, 0.0)
    moves = [-0.1 * g - share * p for p, g, share in zip(parameters, gradients, shares, strict=True)]
    assert decaying(moves, gradients, parameters, 1e-4)
    assert not decaying([-0.1 * g for g in gradients], gradients, parameters, 1e-4)
    assert not decaying([moves[0], 2 * moves[1], moves[2]], gradients, parameters, 1e-4)


#: A tenth of the hidden units is off at random while the gradients are taken.
DROPPED = GRADIENTS.replace("a.T @ d", "(a * KEPT).T @ d").replace("[x.T", "(KEPT := MASK) is None or [x.T")
MASK = "(np.random.random(a.shape) > 0.1) / 0.9"
#: Sums in another order each time, as of a shuffled batch, differ by rounding.
ROUNDED = "1 + 1e-15 * np.random.randn(*a.shape)"


@pytest.mark.parametrize(("mask", "status"), [(MASK, "skipped"), ("np.ones(a.shape)", "passed"), (ROUNDED, "passed")])
def test_gradients_with_dropout_are_not_judged_and_told_why(mask: str, status: str, tmp_path: Path) -> None:
    found = clauses(tmp_path, GRADIENTS=DROPPED.replace("MASK", mask))
    assert {found[f"gradients-{n}"]["status"] for n in (2, 3, 5, 9)} == {status}
    assert ("dropout" in found["gradients-2"]["message"]) == (status == "skipped")
    assert {found[f"gradients-{n}"]["status"] for n in (1, 11, 12, 13)} == {"passed"}
