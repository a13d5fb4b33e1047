"""`nnkata train`: any conforming network learns, and its weights are saved however training ends."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pexpect
import pytest

from nnkata.katas.article import oracle
from nnkata.katas.article.sets import divided
from nnkata.katas.article.training import table, weights
from nnkata.katas.article.training.learning import Epoch, Learner, Score, gradients, score
from nnkata.katas.article.training.progress import Listener
from nnkata.katas.mnist import load
from nnkata.language import use
from nnkata.reports.width import columns
from nnkata.subject import InProcess, Subject, locate
from tests.conftest import PLAIN, ROOT, Run, Write
from tests.support import terminals
from tests.support.late import Late
from tests.support.terminals import output_to_the_end

metrics = Late("sklearn.metrics")
SETS = divided(load("bundled").images, load("bundled").labels)
#: A line of the table: epoch, seconds, two losses with their accuracies.
ROW = re.compile(r"^ +(\d+) +([\d.]+)? +([\d.]+) +([\d.]+) % +([\d.]+) +([\d.]+) %(?: +([\d.]+) %)?$", re.MULTILINE)
QUIET = Listener(lambda text: None, lambda done: None, lambda text: None)


def network(path: Path = PLAIN) -> Subject:
    return Subject(InProcess.open(locate(str(path))))


def idx(folder: Path, count: int) -> Path:
    data = load("bundled")
    folder.mkdir()
    sizes = (2051).to_bytes(4, "big") + b"".join(n.to_bytes(4, "big") for n in (count, 28, 28))
    (folder / "train-images-idx3-ubyte").write_bytes(sizes + data.images[:count].tobytes())
    head = (2049).to_bytes(4, "big") + count.to_bytes(4, "big")
    (folder / "train-labels-idx1-ubyte").write_bytes(head + data.labels[:count].tobytes())
    return folder


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """400 images: an epoch takes a tenth of a second."""
    return idx(tmp_path_factory.mktemp("images") / "few", 400)


def recognised(output: str) -> float:
    found = re.search(r"It recognises ([\d.]+) % of the \d+ unseen images", output)
    assert found is not None
    return float(found[1]) / 100


@pytest.mark.parametrize("name", ["plain.py", "flat.py", "functional.py"])
def test_any_conforming_network_learns_and_its_saved_weights_have_the_measured_accuracy(
    nnkata: Run, tmp_path: Path, name: str
) -> None:
    # their generators take no seed; with one from NumPy's global generator, which --seed reaches, every run is alike
    path = tmp_path / name
    text = (ROOT / "solutions" / "correct" / name).read_text()
    path.write_text(text.replace("default_rng()", "default_rng(np.random.randint(2**31))"))
    done = nnkata("train", path, "--epochs", "2", "--seed", "6", "--save", tmp_path / "w.npz")
    assert (done.returncode, done.stderr) == (0, "")
    rows = ROW.findall(done.stdout)
    assert [row[0] for row in rows] == ["0", "1", "2"]
    assert float(rows[0][5]) < 30
    assert float(rows[2][5]) > 80
    assert float(rows[0][2]) > float(rows[1][2]) > float(rows[2][2])  # the loss on the training set
    assert max(columns(line) for line in done.stdout.splitlines() if str(tmp_path) not in line) <= 80

    learnt = weights.load(tmp_path / "w.npz")
    xs, ys = SETS[2]
    outputs = np.array([oracle.forward(learnt, x).output for x in xs])
    assert oracle.hits(outputs, ys) == pytest.approx(recognised(done.stdout))
    net = network(path).network([784, 128, 64, 10])
    net.assign(learnt)
    np.testing.assert_allclose(net.call("forward_pass", xs[0]).value, outputs[0], atol=1e-5)


def test_a_seed_repeats_a_network_that_draws_from_numpys_global_generator(
    nnkata: Run, few: Path, tmp_path: Path
) -> None:
    for file, seed, isolation in (("a", 7, "none"), ("b", 7, "none"), ("c", 8, "none"), ("d", 7, "process")):
        options = ("--epochs", "1", "--data", few, "--seed", str(seed), "--isolation", isolation)
        assert nnkata("train", PLAIN, *options, "--save", tmp_path / f"{file}.npz").returncode == 0
    made = {file: weights.load(tmp_path / f"{file}.npz")["W1"] for file in "abcd"}
    np.testing.assert_array_equal(made["a"], made["b"])
    np.testing.assert_array_equal(made["a"], made["d"])
    assert not np.array_equal(made["a"], made["c"])


def test_one_epoch_per_call_equals_all_epochs_in_one_call() -> None:
    subject = network()
    subject.draw(3)
    few = [(xs[:200], ys[:200]) for xs, ys in SETS]
    learner = Learner(subject, few, 0.05, gradients=False)
    learner.begin(QUIET.say)
    first = learner.weights
    learner.learn(QUIET.say)
    learner.learn(QUIET.say)
    whole = subject.network([784, 128, 64, 10], epochs=2, l_rate=0.05)
    whole.assign(first)
    whole.call("train", *few[0], *few[1])
    for key, value in whole.weights().items():
        if key in learner.weights:
            np.testing.assert_array_equal(learner.weights[key], value)
    assert learner.first is first


def test_a_network_that_does_not_learn_is_reported_with_its_low_accuracy(nnkata: Run) -> None:
    done = nnkata("train", ROOT / "solutions" / "printed.py", "--epochs", "1")
    assert done.returncode == 0
    assert recognised(done.stdout) < 0.3
    assert "That is low. Is it the network or the rate? nnkata check" in done.stdout


def started(folder: Path, *arguments: str | Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "nnkata", "train", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("isolation", ["process", "none"])
def test_ctrl_c_keeps_the_last_complete_epoch(nnkata: Run, few: Path, tmp_path: Path, isolation: str) -> None:
    options = ("--seed", "7", "--data", few, "--isolation", isolation)
    child = started(tmp_path, PLAIN, "--epochs", "500", *options, "--save", "w.npz", "--plots", "p.html")
    assert child.stdout is not None
    seen = ""
    while not re.search(r"^ +2 ", seen, re.MULTILINE):
        line = child.stdout.readline()
        assert line, child.communicate()
        seen += line
    child.send_signal(signal.SIGINT)
    rest, errors = child.communicate(timeout=100)
    assert child.returncode == 0, errors
    said = re.fullmatch(
        r"nnkata: in epoch (\d+): interrupted\nnnkata: w.npz has the weights from before that\n", errors
    )
    assert said is not None, errors
    epochs = int(said[1]) - 1
    assert epochs - (len(ROW.findall(seen + rest)) - 1) in (0, 1)  # the reference trains before the line
    assert (tmp_path / "p.html").stat().st_size > 100_000
    nnkata("train", PLAIN, "--epochs", str(epochs), *options, "--save", tmp_path / "again.npz")
    kept, again = weights.load(tmp_path / "w.npz"), weights.load(tmp_path / "again.npz")
    assert all(np.array_equal(kept[key], again[key]) for key in again)
    assert recognised(rest) > 0.3


def test_ctrl_c_before_the_first_complete_epoch_saves_nothing_and_says_so(
    few: Path, write: Write, tmp_path: Path
) -> None:
    asleep = write(**{"for iteration in range(self.epochs)": "for iteration in [time.sleep(1000) or 0]"})
    child = started(tmp_path, asleep, "--data", few, "--save", "w.npz")
    assert child.stdout is not None
    while not re.search(r"^ +0 ", child.stdout.readline()):
        pass
    child.send_signal(signal.SIGINT)
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 2
    assert errors == "nnkata: in epoch 1: interrupted\nnnkata: nothing was learnt\n"
    assert not (tmp_path / "w.npz").exists()


#: Added to a correct network: from its second call on, `train` does something else.
SECOND = """
calls = 0
right = DeepNeuralNetwork.train
def train(self, *args):
    global calls
    calls += 1
    if calls == 2:
        {act}
    right(self, *args)
DeepNeuralNetwork.train = train
"""
FAULTS = {
    "raise ValueError('no \\x1b[31m more')": "in epoch 2: ValueError: no [31m more (network.py, line ",
    "import os; os._exit(3)": "in epoch 2: the process ended (exit status 3)",
    "self.params['W2'] = self.params['W2'][:5]": "in epoch 2: ValueError: ",
    "self.params['W1'][0, 0] = np.nan": "in epoch 2: it has come to numbers that are not finite; try a smaller --rate",
    "self.sizes.clear(); self.forward_pass = lambda x: np.zeros(3)": "in epoch 2: ",
}


@pytest.mark.parametrize("act", FAULTS)
def test_a_network_that_fails_during_training_keeps_its_last_complete_weights(
    nnkata: Run, few: Path, write: Write, tmp_path: Path, act: str
) -> None:
    network = write(end=SECOND.format(act=act))
    done = nnkata("train", network, "--epochs", "3", "--data", few, "--save", tmp_path / "w.npz")
    assert done.returncode == 2
    assert FAULTS[act] in done.stderr
    assert "has the weights from before that" in done.stderr
    assert "to see the fault: nnkata check" in done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    assert len(ROW.findall(done.stdout)) == 2
    assert weights.load(tmp_path / "w.npz")["W1"].shape == (128, 784)


def test_a_skeleton_fails_before_the_first_epoch(nnkata: Run, tmp_path: Path) -> None:
    done = nnkata("train", ROOT / "solutions" / "skeleton.py", "--save", tmp_path / "w.npz")
    assert done.returncode == 2
    assert "nnkata: before the first epoch: params['W1']" in done.stderr
    assert not (tmp_path / "w.npz").exists()


UNUSABLE: dict[str, tuple[list[str], str]] = {
    "no such network": (["other.py"], "there is no file other.py"),
    "no network": ([], "no implementation is named"),
    "no rate": ([str(PLAIN), "--rate", "0"], "--rate has to be a finite number above 0"),
    "a rate that is no number": ([str(PLAIN), "--rate", "nan"], "--rate has to be a finite number above 0"),
    "an endless rate": ([str(PLAIN), "--rate", "inf"], "--rate has to be a finite number above 0"),
    "weights over a network": ([str(PLAIN), "--save", "network.py"], "network.py has to end in .npz"),
    "pictures in another form": ([str(PLAIN), "--plots", "page.pdf"], "page.pdf has to end in .html"),
    "no folder": ([str(PLAIN), "--save", "no/w.npz"], "no/w.npz: there is no folder no"),
    "no images": ([str(PLAIN), "--data", "no"], "no: does not exist"),
}


@pytest.mark.parametrize("fault", UNUSABLE)
def test_impossible_options_are_refused_before_training(nnkata: Run, tmp_path: Path, fault: str) -> None:
    arguments, message = UNUSABLE[fault]
    done = nnkata("train", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"nnkata: {message}")
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "here").iterdir()) == []


def test_weights_are_not_written_over_a_folder(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "w.npz").mkdir()
    done = nnkata("train", str(PLAIN), "--save", tmp_path / "w.npz")
    assert (done.returncode, done.stdout) == (2, "")
    assert "w.npz is a folder; name a file in it" in done.stderr


def test_weights_are_not_written_over_images(nnkata: Run, tmp_path: Path) -> None:
    np.savez(tmp_path / "mnist.npz", x_train=np.zeros(1))
    before = (tmp_path / "mnist.npz").read_bytes()
    done = nnkata("train", str(PLAIN), "--save", tmp_path / "mnist.npz")
    assert (done.returncode, done.stdout) == (2, "")
    assert "mnist.npz exists and holds no weights; give another name" in done.stderr
    assert (tmp_path / "mnist.npz").read_bytes() == before


def test_weights_that_cannot_be_written_at_the_end_are_an_error(
    nnkata: Run, few: Path, write: Write, tmp_path: Path
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    away = write(end=SECOND.format(act=f"import shutil; shutil.rmtree({str(folder)!r})"))
    done = nnkata("train", away, "--epochs", "2", "--data", few, "--save", folder / "w.npz")
    assert done.returncode == 2
    assert "w.npz cannot be written: No such file or directory" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_users_own_images_are_used_and_too_few_are_an_error(nnkata: Run, tmp_path: Path) -> None:
    done = nnkata("train", PLAIN, "--epochs", "1", "--data", idx(tmp_path / "some", 100))
    assert done.returncode == 0
    assert "85 images to learn from, 5 to validate, 10 unseen" in done.stdout.replace("\n", " ")
    done = nnkata("train", PLAIN, "--epochs", "1", "--data", idx(tmp_path / "few", 13))
    assert done.returncode == 2
    assert done.stderr == "nnkata: these are too few images to divide; there have to be 14 at least\n"
    assert nnkata("train", PLAIN, "--epochs", "1", "--data", idx(tmp_path / "enough", 14)).returncode == 0


TERMINAL = {"LANGUAGE": "en", "LANG": "C.UTF-8", "TERM": "xterm"}


def terminal(*arguments: str | Path) -> "pexpect.spawn[str]":
    return terminals.nnkata(["train", str(PLAIN), *map(str, arguments)], ROOT, {**os.environ, **TERMINAL})


def test_a_terminal_shows_a_bar_which_is_gone_at_the_end() -> None:
    child = terminal("--epochs", "2")
    child.expect("learning .*━.*0/2.* epochs")
    child.expect("1/2.* epochs")
    last = output_to_the_end(child).rpartition("\x1b[2K")[2]  # after the last cleared line
    assert "unseen images." in last
    assert " epochs" not in last


def test_lines_of_the_table_stand_above_the_bar_and_not_beside_it(few: Path) -> None:
    child = terminal("--epochs", "2", "--data", few, "--isolation", "none")
    shown = output_to_the_end(child)
    lines = [re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", re.split(r"\r|\x1b\[2K", line)[-1]) for line in shown.split("\r\n")]
    assert [row[0] for line in lines for row in ROW.findall(line)] == ["0", "1", "2"]
    assert sum(line.startswith("Epoch: 1, ") for line in lines) == 2  # the network's own output


def test_plain_shows_no_bar(few: Path) -> None:
    child = terminal("--epochs", "1", "--data", few, "--plain")
    shown = output_to_the_end(child)
    assert "unseen images." in shown
    assert "\x1b" not in shown
    assert "1/1" not in shown


def hidden(name: str) -> list[str]:
    return ["-c", f"import sys; sys.modules['{name}'] = None; from nnkata.cli import main; main()", "train", str(PLAIN)]


def test_without_rich_training_works_and_the_extra_is_named(few: Path) -> None:
    command = [*hidden("rich"), "--epochs", "1", "--data", str(few)]
    environment = {**os.environ, **TERMINAL}
    child = pexpect.spawn(sys.executable, command, env=environment, encoding="utf-8", timeout=100)
    child.expect_exact("(for a progress bar: pip install 'nnkata[train]')")
    child.expect("unseen images.")
    output_to_the_end(child)
    assert child.exitstatus == 0


@pytest.mark.parametrize("name", ["matplotlib", "jinja2"])
def test_without_the_packages_for_pictures_the_extra_is_named_before_training(tmp_path: Path, name: str) -> None:
    command = [sys.executable, *hidden(name), "--plots", str(tmp_path / "p.html"), "--language", "en"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "nnkata: --plots needs the extra `plots`: pip install 'nnkata[plots]'\n"


def test_the_score_is_that_of_scikit_learn() -> None:
    rng = np.random.default_rng(1)
    outputs = rng.dirichlet(np.ones(10), 200)
    labels = rng.integers(0, 10, 200)
    came = score(outputs, oracle.one_hot(labels))
    assert came.loss == pytest.approx(metrics.log_loss(labels, outputs, labels=range(10)))
    assert came.accuracy == np.mean(outputs.argmax(axis=1) == labels)


def test_a_confident_mistake_has_a_large_but_finite_loss() -> None:
    assert score(np.eye(10)[:1], oracle.one_hot([3])).loss == pytest.approx(27.63, abs=0.01)


def test_the_sizes_of_gradients_are_those_of_the_oracle() -> None:
    net = network().network([784, 128, 64, 10])
    xs, ys = SETS[0][0][:20], SETS[0][1][:20]
    params = {key: net.weights()[key] for key in ("W1", "W2", "W3")}
    each = [oracle.gradients(params, x, y) for x, y in zip(xs, ys, strict=True)]
    for key, size in gradients(net, xs, ys).items():
        assert size == pytest.approx(float(np.sqrt(np.mean([change[key] ** 2 for change in each]))))


def history(*accuracies: float) -> list[Epoch]:
    sizes = {"W1": 0.01, "W2": 0.1, "W3": 0.2}
    return [Epoch(Score(1 - a, a), Score(1 - a, a), sizes, 1.0) for a in accuracies]


def test_the_table_keeps_its_columns_in_chinese() -> None:
    try:
        use("zh-CN")
        lines = [*table.head(True), table.row(10, history(0.5)[0], history(0.6)[0])]
    finally:
        use("en")
    assert columns(lines[0]) == columns(lines[2]) <= 80  # the names above, and the figures below
