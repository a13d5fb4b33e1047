"""Implementations in other languages: a real network on Node, and workers that break the protocol."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.article.reading.training.replay import step
from nnkata.katas.article.wire_protocol import kept
from nnkata.subject import Isolated, Subject, locate
from nnkata.subject.command import Command
from nnkata.subject.walls.limits import Limits
from tests.support.listing import LISTS

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[2]
JAVASCRIPT = ROOT / "solutions" / "javascript"
NETWORK = f"cmd:node {shlex.quote(str(JAVASCRIPT / 'network.js'))}"
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node: apt-get install nodejs")


@needs_node
def test_the_network_in_javascript_passes_every_clause_that_does_not_read_python(nnkata: Run) -> None:
    done = nnkata("check", NETWORK, "--seed", "3", "--format", "json")
    verdict = json.loads(done.stdout)
    assert (done.returncode, verdict["passed"]) == (0, True), done.stdout
    skipped = {
        clause["clause"]: clause["message"]
        for s in verdict["stages"]
        for clause in s["clauses"]
        if clause["status"] == "skipped"
    }
    assert set(skipped) == {"typing-1", "typing-2", "typing-3", "from-scratch-1", "from-scratch-3", "mnist-4"}
    assert skipped["typing-1"] == "not applicable: it is not written in Python"


@needs_node
@pytest.mark.parametrize(
    ("right", "wrong", "mistake"),
    [
        ("outer(D1, this.x)", "outer(D1, this.x.map((p) => 1 - p))", None),
        ("grey / WHITE", "grey / 256", "pixels-divided-by256"),
        ("Math.sqrt(1 / units)", "Math.sqrt(1 / inputs)", "scaled-by-fan-in"),
        ("W[i] -= this.l_rate", "W[i] += this.l_rate", "ascent"),
    ],
)
def test_a_mistake_in_javascript_is_found_and_named(
    nnkata: Run, tmp_path: Path, right: str, wrong: str, mistake: str | None
) -> None:
    shutil.copy(JAVASCRIPT / "worker.js", tmp_path)
    text = (JAVASCRIPT / "network.js").read_text(encoding="utf-8")
    assert right in text
    (tmp_path / "network.js").write_text(text.replace(right, wrong), encoding="utf-8")
    done = nnkata("check", "cmd:node network.js", "--upto", "update", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    named = [
        clause["misconception"]
        for s in json.loads(done.stdout)["stages"]
        for clause in s["clauses"]
        if clause["status"] == "failed"
    ]
    assert named
    assert mistake is None or named[0] == mistake


#: Replacements in the JavaScript network, and the resulting line.
OTHER_NAMES = {
    "a method": (("forward_pass", "forwardPass"), "DeepNeuralNetwork lacks forward_pass (it has forwardPass)"),
    "keys": (("W1", "w1"), "DeepNeuralNetwork lacks W1 in params (it has w1)"),
    "the weights": (("this.params", "this.weights"), "DeepNeuralNetwork lacks params (it has weights)"),
    "the class": (("serve({ Deep", "serve({ Net: Deep"), "no class DeepNeuralNetwork; it was given Net, preprocess"),
}


@needs_node
@pytest.mark.parametrize("kind", OTHER_NAMES)
def test_other_names_in_javascript_are_one_line_and_status_2(nnkata: Run, tmp_path: Path, kind: str) -> None:
    shutil.copy(JAVASCRIPT / "worker.js", tmp_path)
    (old, new), said = OTHER_NAMES[kind]
    text = (JAVASCRIPT / "network.js").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "network.js").write_text(text.replace(old, new), encoding="utf-8")
    done = nnkata("check", "cmd:node network.js", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.splitlines()[0]


def test_for_a_worker_without_offers_the_keys_of_params_are_examined(nnkata: Run, tmp_path: Path) -> None:
    text = (ROOT / "tests" / "workers" / "lists.py").read_text(encoding="utf-8")
    assert "offers" not in text
    (tmp_path / "worker.py").write_text(text.replace('f"W{n}"', 'f"w{n}"'), encoding="utf-8")
    done = nnkata("check", f"cmd:{sys.executable} worker.py", cwd=tmp_path)
    assert done.returncode == 2
    line = "nnkata: worker.py: DeepNeuralNetwork lacks W1, W2, W3 in params (it has w1, w2, w3)"
    assert done.stderr.splitlines()[0] == line


@needs_node
def test_the_networks_output_is_not_mixed_with_its_answers(nnkata: Run, tmp_path: Path) -> None:
    shutil.copy(JAVASCRIPT / "worker.js", tmp_path)
    text = (JAVASCRIPT / "network.js").read_text(encoding="utf-8")
    (tmp_path / "network.js").write_text(
        text.replace("  forward_pass(x) {", "  forward_pass(x) {\n    console.log('here');")
    )
    done = nnkata("check", "cmd:node network.js", "--stage", "forward", cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def test_a_worker_that_answers_with_lists_passes_the_stages_it_has(nnkata: Run) -> None:
    done = nnkata("check", LISTS, "--upto", "forward", "--seed", "3")
    assert done.returncode == 0, done.stdout


@needs_node
def test_calls_as_one_question_are_single_ones_for_a_command() -> None:
    rng = np.random.default_rng(1)
    weights = {f"W{n}": rng.normal(size=shape) for n, shape in ((1, (6, 7)), (2, (5, 6)), (3, (4, 5)))}
    came, outputs = [], []
    for name in (NETWORK, str(ROOT / "solutions" / "correct" / "plain.py")):
        implementation = locate(name)
        transport = (Command if implementation.command else Isolated)(implementation)
        try:
            net, params = Subject(transport).started([7, 6, 5, 4], weights, l_rate=0.5)
            for key, W in weights.items():
                np.testing.assert_array_equal(params[key], W)
            came.append(net.rounds(step(np.linspace(0, 1, 7), np.eye(4)[1]), "params", 2))
            outputs.append(net.values_at([weights, net.weights()], net.weights(), "forward_pass", np.linspace(0, 1, 7)))
        finally:
            transport.close()
    assert len(came[0]) == len(came[1]) == 2
    assert not np.allclose(*outputs[0])
    np.testing.assert_allclose(np.array(outputs[0]), np.array(outputs[1]))
    for key in weights:
        assert not np.allclose(came[0][0][key], came[0][1][key])
        np.testing.assert_allclose(came[0][1][key], came[1][1][key])


@pytest.mark.parametrize("name", [pytest.param(NETWORK, marks=needs_node), LISTS], ids=["node", "lists"])
def test_a_right_worker_keeps_the_protocol(nnkata: Run, name: str) -> None:
    done = nnkata("protocol", name)
    assert (done.returncode, done.stdout.count("✓")) == (0, 9), done.stdout


#: Breaches of the protocol by a worker, and the messages about them.
BROKEN = {
    "exits": ("sys.exit(3)", "exit status 3"),
    "is killed": ("os.kill(os.getpid(), 9)", "SIGKILL"),
    "hangs": ("time.sleep(600)", "no answer within"),
    "prints garbage": ("print('hello')", "not JSON"),
    "prints without end": (
        "[sys.stdout.write('x' * 1000000) for _ in iter(int, 1)]",
        "over the size limit|no answer within",
    ),
    "answers another question": ("print(json.dumps({'id': 99, 'ok': True}))", "not asked"),
    "answers twice": ("print(json.dumps({'id': q['id'], 'ok': True}) * 1 + '\\n{}')", "more than one line"),
    "answers with a list": ("print('[]')", "not an object"),
    "answers without id": ("print('{}')", "id"),
    "answers with a wrong type": ("print(json.dumps({'id': 'x', 'ok': 5}))", "int|bool"),
    "evaluates nothing": ("print(json.dumps({'id': q['id'], 'ok': True, 'value': {'$': 'pickle'}}))", "unknown kind"),
    "answers with a huge number": ("print(json.dumps({'id': q['id'], 'ok': True, 'value': 10 ** 400}))", "64 bits"),
    "answers with a dtype that is none": (
        "print(json.dumps({'id': q['id'], 'ok': True, 'value': {'$': 'array', 'values': [1], 'dtype': []}}))",
        "dtype",
    ),
    "answers with millions of objects": (
        "print(json.dumps({'id': q['id'], 'ok': True, 'value': [{}] * 3000000}))",
        "more values",
    ),
    "reports an endless error": (
        "print(json.dumps({'id': q['id'], 'ok': False, 'error': ['Oops', 'x' * 5000000, '']}))",
        "over 10000 letters",
    ),
    "reports an error": (
        "print(json.dumps({'id': q['id'], 'ok': False, 'error': ['Oops', '\\x1b[31mred', 'a.rb, line 3']}))",
        "Oops",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_breach_of_the_protocol_is_reported_and_harmless(nnkata: Run, tmp_path: Path, kind: str) -> None:
    act, said = BROKEN[kind]
    lines_ = [
        "import json, os, sys, time",
        "for line in sys.stdin:",
        "    q = json.loads(line)",
        f"    {act}",
        "    sys.stdout.flush()",
    ]
    (tmp_path / "worker.py").write_text("\n".join(lines_))
    (tmp_path / "pyproject.toml").write_text("[tool.nnkata.limits]\ncall_seconds = 2.0\n")
    commands = ("check", "protocol") if kind in ("exits", "prints garbage") else ("check",)  # nine workers each
    for command in commands:
        done = nnkata(command, f"cmd:{sys.executable} worker.py", cwd=tmp_path)
        assert done.returncode in (1, 2), done.stdout
        assert "Traceback" not in done.stdout + done.stderr
        assert "\x1b" not in done.stdout + done.stderr
        assert re.search(said, done.stdout + done.stderr), done.stdout + done.stderr


def test_answers_of_a_wrong_kind_are_found(tmp_path: Path) -> None:
    worker = tmp_path / "worker.py"
    lists = (ROOT / "tests" / "workers" / "lists.py").read_text(encoding="utf-8")
    for right, wrong in (
        ("return len(networks) - 1", "return 'one'"),
        ("networks[args[0]].params.update(args[1])", "pass"),
        ('"loaded": []', '"loaded": 5'),
    ):
        assert right in lists
        worker.write_text(lists.replace(right, wrong), encoding="utf-8")
        checks = dict(kept(locate(f"cmd:{sys.executable} {worker}"), Limits(call_seconds=20.0)))
        assert any(problem for problem in checks.values()), right
        assert checks["It starts, and answers open"] is None
