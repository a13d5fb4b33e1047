"""Implementations in other languages: the protocol's lines, a real network on Node, and workers that break it."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.katas.article.reading.replay import step
from nnkata.katas.article.wire_protocol import kept
from nnkata.subject import Isolated, NotFound, Subject, lines, locate
from nnkata.subject.command import Command
from nnkata.subject.limits import Limits
from nnkata.worker.wire import Opaque, WireError

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[1]
JAVASCRIPT = ROOT / "solutions" / "javascript"
NETWORK = f"cmd:node {shlex.quote(str(JAVASCRIPT / 'network.js'))}"
LISTS = f"cmd:{shlex.quote(sys.executable)} {shlex.quote(str(ROOT / 'tests' / 'workers' / 'lists.py'))}"
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node: apt-get install nodejs")

VALUES: list[Any] = [
    None,
    True,
    7,
    0.5,
    "τέξτ\n",
    [1, [2.5, "x"]],
    {"W1": np.arange(6, dtype=np.float32).reshape(2, 3), "epochs": 3},
    {"$": "a dict with that key"},
    np.array([np.nan, np.inf, -0.0]),
    np.zeros((0, 3)),
    np.array(["3", "7"]),
    np.array(5, dtype=np.int64),
    float("inf"),
    [np.arange(3.0), np.zeros(3)],
    [np.zeros((2, 0)), np.zeros((2, 0))],
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_survives_a_round_trip_through_a_line(value: Any) -> None:
    line = lines.pack({"id": 1, "value": value})
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    json.loads(line, parse_constant=pytest.fail)  # NaN and Infinity are no JSON
    np.testing.assert_equal(lines.unpack(line), {"id": 1, "value": value})


def test_other_languages_get_single_arrays_and_no_rows() -> None:
    assert b"rows" not in lines.pack({"value": [np.zeros(2), np.ones(2)]})


def test_an_array_may_be_answered_as_nested_lists() -> None:
    came = lines.unpack(b'{"value": {"$": "array", "values": [[1, 2.5], [3, 4]]}}')["value"]
    assert (came.dtype.name, came.tolist()) == ("float64", [[1, 2.5], [3, 4]])
    assert lines.unpack(b'{"value": {"$": "array", "values": 1, "dtype": "float32"}}')["value"].dtype.name == "float32"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"[1]", "not an object"),
        (b"{", "not JSON"),
        (b"\xff{}", "not JSON"),
        (b"[" * 100_000, "not JSON|too deep"),
        (b'{"v": {"$": "pickle", "v": ""}}', "unknown kind"),
        (b'{"v": {"$": "array", "dtype": "object", "shape": [1], "base64": ""}}', "dtype"),
        (
            b'{"v": {"$": "array", "dtype": "float64", "shape": [2], "base64": "AAAA"}}',
            "within an element|does not fit",
        ),
        (b'{"v": {"$": "array", "dtype": "uint8", "shape": [5], "base64": "AAAA"}}', "does not fit"),
        (b'{"v": {"$": "array", "dtype": "uint8", "shape": [3], "base64": "A*AA"}}', "base64"),
        (b'{"v": {"$": "array", "dtype": "uint8", "shape": [3], "base64": 7}}', "base64"),
        (b'{"v": {"$": "array", "values": [[1], [1, 2]]}}', "nested lists"),
        (b'{"v": {"$": "array", "values": ["x"]}}', "nested lists"),
        (b'{"v": {"$": "array", "values": [1], "dtype": "complex128"}}', "dtype"),
        (b'{"v": {"$": "array", "values": [300], "dtype": "uint8"}}', "nested lists"),
        (b'{"v": {"$": "array", "values": [1], "dtype": []}}', "dtype"),
        (b'{"v": {"$": "array", "values": [null]}}', "nested lists of float64"),
        (b'{"v": {"$": "array", "values": ["1.5"]}}', "nested lists of float64"),
        (b'{"v": {"$": "array", "values": [1.5], "dtype": "int64"}}', "nested lists of int64"),
        (b'{"v": {"$": "array", "values": ["nan"], "dtype": "int64"}}', "nested lists of int64"),
        (b'{"v": {"$": "array", "values": [1], "shape": [7]}}', "no shape"),
        (b'{"v": {"$": "array", "values": [1], "base64": "AAAA"}}', "no base64"),
        (b'{"v": NaN}', "none of its numbers"),
        (b'{"v": {"$": "array", "values": [-Infinity]}}', "none of its numbers"),
        ('{"v": 1}'.encode("utf-16"), "not JSON"),
        (b'{"v": 9223372036854775808}', "64 bits"),
        (b'{"v": "' + b"x" * 10_001 + b'"}', "over 10000 letters"),
        (b'{"v": [' + b"1," * 100_000 + b"1]}", "over 100000 items"),
        (b'{"v": ' + b'{"a": ' * 50 + b"1" + b"}" * 51, "deep"),
    ],
)
def test_a_malformed_line_is_refused(line: bytes, why: str) -> None:
    with pytest.raises(WireError, match=why):
        lines.unpack(line)


def test_numbers_that_json_lacks_are_texts_in_nested_lists() -> None:
    came = lines.unpack(b'{"value": {"$": "array", "values": ["nan", "inf", "-inf", 0.5]}}')["value"]
    np.testing.assert_array_equal(came, [np.nan, np.inf, -np.inf, 0.5])


@pytest.mark.parametrize("unit", [b"[],", b"{},", b"1,"])
def test_a_line_of_more_values_than_memory_should_hold_is_refused_before_it_is_read(
    unit: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json, "loads", lambda *_args, **_named: pytest.fail("it was read"))
    with pytest.raises(WireError, match="more values"):
        lines.unpack(b'{"v": [' + unit * (lines.MAX_COMMAS + 1) + b"1]}")


def test_the_articles_weights_fit_as_nested_lists() -> None:
    weights = {f"W{n}": np.full(shape, 0.123456789) for n, shape in enumerate([(128, 784), (64, 128), (10, 64)], 1)}
    nested = {key: {"$": "array", "values": matrix.tolist()} for key, matrix in weights.items()}
    np.testing.assert_equal(lines.unpack(json.dumps({"value": nested}).encode())["value"], weights)


def test_the_outputs_for_all_unseen_images_of_mnist_fit() -> None:
    nested = [{"$": "array", "values": [0.1] * 10}] * 7000
    assert len(lines.unpack(json.dumps({"value": nested}).encode())["value"]) == 7000


def test_a_request_is_one_line_for_readers_with_other_line_ends_too() -> None:
    assert len(lines.pack({"value": "a\u2028b\u2029c\x85d\r\n"}).decode().splitlines()) == 1


def test_a_value_without_a_json_form_is_sent_as_the_name_of_its_type() -> None:
    assert lines.unpack(lines.pack({"value": object()}))["value"] == Opaque("object")


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
def test_a_step_as_one_question_is_its_calls_for_a_command() -> None:
    rng = np.random.default_rng(1)
    weights = {f"W{n}": rng.normal(size=shape) for n, shape in ((1, (6, 7)), (2, (5, 6)), (3, (4, 5)))}
    came = []
    for name in (NETWORK, str(ROOT / "solutions" / "correct" / "plain.py")):
        implementation = locate(name)
        transport = (Command if implementation.command else Isolated)(implementation)
        try:
            net = Subject(transport).network([7, 6, 5, 4], l_rate=0.5)
            net.assign(weights)
            came.append(net.rounds(step(np.linspace(0, 1, 7), np.eye(4)[1]), "params", 2))
        finally:
            transport.close()
    assert len(came[0]) == len(came[1]) == 2
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


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cmd:", "there is no program"),
        ("cmd:no-such-program x", "there is no program 'no-such-program'"),
        ("cmd:node 'unfinished", "is no command"),
    ],
)
def test_an_invalid_command_is_status_2(nnkata: Run, name: str, said: str) -> None:
    for command in ("check", "protocol"):
        done = nnkata(command, name)
        assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr


def test_a_command_runs_in_a_process_of_its_own_only(nnkata: Run) -> None:
    for isolation in ("none", "sandbox"):
        done = nnkata("check", LISTS, "--isolation", isolation)
        assert (done.returncode, "--isolation process" in done.stderr) == (2, True), done.stderr


def test_a_command_starts_where_its_name_does(tmp_path: Path) -> None:
    found = locate("cmd:python3 worker.py 'an argument'", tmp_path)
    assert (found.root, found.command[1:]) == (tmp_path, ("worker.py", "an argument"))
    assert found.command[0] == shutil.which("python3")
    with pytest.raises(NotFound):
        locate("cmd:./not-here", tmp_path)


def program(folder: Path) -> Path:
    """A worker that is an executable program, without an interpreter before it."""
    path = folder / "worker"
    path.write_text(f"#!/bin/sh\nexec {LISTS.removeprefix('cmd:')}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_program_is_found_by_its_path_from_wherever_the_name_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = program(tmp_path)
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert locate("cmd:./worker an-argument", tmp_path).command == (str(path), "an-argument")
    assert locate("cmd:../worker").command[0] == str(tmp_path / "below" / ".." / "worker")


def test_a_program_without_a_path_is_one_in_path_alone_as_for_a_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = program(tmp_path)
    with pytest.raises(NotFound, match=r"the file of that name in this folder is \./worker"):
        locate("cmd:worker", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert locate("cmd:worker", tmp_path / "elsewhere").command == (str(path),)


def test_a_program_that_the_configuration_names_is_judged_from_a_folder_below(nnkata: Run, tmp_path: Path) -> None:
    program(tmp_path)
    (tmp_path / "below").mkdir()
    (tmp_path / "pyproject.toml").write_text('[tool.nnkata]\nimplementation = "cmd:./worker"\n')
    done = nnkata("check", "--stage", "forward", cwd=tmp_path / "below")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_file_of_a_command_is_the_first_that_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "worker.py").write_text("")
    assert locate("cmd:python3 -I worker.py", tmp_path).path == tmp_path / "worker.py"
    long = "x = 1;" * 1000
    assert locate(f"cmd:python3 -c '{long}'", tmp_path).path.name == "python3"


def test_a_command_with_an_impossible_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="is no command"):
        locate("cmd:python3 a\0b", tmp_path)


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
