"""A loss that is none of the usual ones is the module's own to say; its gradients are then the slopes of that."""

from pathlib import Path

import pytest

from tests.mlp.test_mlp_empty import clauses

#: Cross-entropy with labels of 0.9 and 0.01, as a loss and as gradients; without the loss, nothing says so.
SMOOTH = "    d = (out - 0.9 * y - 0.01) / len(x)"
LOSS = "\ndef loss(net, x, y): return -np.sum(np.log(both(net, x)[1]) * (0.9 * y + 0.01)) / len(x)"
RIGHT = "[x.T @ (d @ net.w[1].T * (1 - a * a)), a.T @ d]"
OF_GRADIENTS = ("gradients-2", "gradients-3", "gradients-5", "gradients-13")


def judged(folder: Path, gradients: str = RIGHT, loss: str = LOSS, error: str = SMOOTH) -> dict[str, dict[str, str]]:
    changes = {"    d = (out - y) / len(x)": error, "GRADIENTS": gradients + loss}
    return clauses(folder, **changes)


def test_the_slopes_of_an_unusual_loss_are_right(tmp_path: Path) -> None:
    found = judged(tmp_path)
    assert {found[tag]["status"] for tag in OF_GRADIENTS} == {"passed"}
    assert not {tag for tag, clause in found.items() if clause["status"] not in ("passed", "skipped")}


@pytest.mark.parametrize(
    ("gradients", "wrong", "right", "name"),
    [
        (RIGHT.replace("(1 - a * a)", "1"), "gradients-5", "gradients-3", "hidden-slope-missing"),
        (RIGHT.replace("a.T @ d", "a.T @ d + 0.01 * net.w[1]"), "gradients-3", "gradients-5", None),
        (RIGHT.replace("x.T @", "0.9 * x.T @"), "gradients-5", "gradients-3", None),
    ],
)
def test_a_wrong_one_fails_in_its_layer_alone(
    gradients: str, wrong: str, right: str, name: str | None, tmp_path: Path
) -> None:
    found = judged(tmp_path, gradients)
    assert (found["gradients-2"]["status"], found[wrong]["status"]) == ("failed", "failed")
    assert found[right]["status"] == "passed"
    assert found[wrong]["misconception"] == name


def test_the_gradients_of_another_loss_than_the_own_one_fail(tmp_path: Path) -> None:
    found = judged(tmp_path, error="    d = (out - y) / len(x)")  # those of the plain cross-entropy
    assert found["gradients-2"]["status"] == "failed"


def test_without_the_loss_the_message_asks_for_it(tmp_path: Path) -> None:
    found = judged(tmp_path, loss="", error="    d = (out - 0.8 * y - 0.01) / len(x)")
    assert found["gradients-2"]["status"] == "failed"
    assert "loss(net, x, y)" in found["gradients-2"]["message"]


def test_the_factor_of_the_own_loss_is_its_choice(tmp_path: Path) -> None:
    seven = LOSS.replace("(0.9 * y + 0.01)", "7 * y")
    assert judged(tmp_path, loss=seven, error="    d = 7 * (out - y) / len(x)")["gradients-8"]["status"] == "passed"
    (tmp_path / "net.py").unlink()
    assert judged(tmp_path, loss="", error="    d = 7 * (out - y) / len(x)")["gradients-8"]["status"] == "failed"
