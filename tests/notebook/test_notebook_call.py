"""`nnkata.check` called from a script, a prompt or a module."""

import html
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import nnkata
from nnkata.errors import NotJudged
from nnkata.features.tags import SOURCE
from nnkata.notebook.magic import _parsed
from nnkata.notebook.shown import shown
from nnkata.places import tagged
from nnkata.verdict import Verdict, decode, encode
from tests.support.cells import CLASS, HEAD, PLAIN, ROOT, run, said
from tests.support.counts import JUDGED, upto

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")  # Jupyter's own
UNREAD = JUDGED - len(tagged(SOURCE))  # all stages without source text


def test_a_file_by_its_name_is_judged_as_on_the_command_line() -> None:
    found = nnkata.check(ROOT / "reference" / "network.py", upto="forward", seed=1)
    assert (found.passed, found.score, len(found.judged)) == (True, 1.0, upto("forward"))
    assert str(found).startswith("nnkata: ")
    assert found.environment["isolation"] == "process"
    assert decode(encode(found)) == Verdict(**{name: getattr(found, name) for name in Verdict.__struct_fields__})


def test_a_class_of_a_module_is_judged_with_the_modules_source(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text(f"import mypy\n{PLAIN}", encoding="utf-8")
    use = "import nnkata; from network import DeepNeuralNetwork"
    cells = run(use, "nnkata.check(DeepNeuralNetwork, seed=1)", folder=tmp_path)
    assert "not: 1" in said(cells[1])
    assert "mypy" in said(cells[1])
    assert f"Does not conform: {JUDGED - 1} of {JUDGED}" in said(cells[1])


def test_a_class_of_a_script_is_judged_without_the_rest_of_the_script(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(f"import nnkata\n{PLAIN}\nprint(nnkata.check(DeepNeuralNetwork, seed=1))\n", encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120, check=False)
    assert f"Conforms: {JUDGED} of {JUDGED}" in done.stdout, done.stderr
    assert done.stdout.count("nnkata: ") == 1


def test_at_a_prompt_without_sources_the_rest_is_judged(tmp_path: Path) -> None:
    typed = f"import nnkata\nexec({PLAIN!r})\nprint(nnkata.check(DeepNeuralNetwork, seed=1))\n"
    done = subprocess.run(
        [sys.executable, "-i", "-q"],
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=tmp_path,
    )
    assert f"Conforms: {UNREAD} of {UNREAD}" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("given", "said_"),
    [
        ({"upto": "backwards"}, "there is no 'backwards'; .*; did you mean backward\\?"),
        ({"stages": ["forth"]}, "there is no 'forth'"),
        ({"clauses": ["backward-99"]}, "there is no clause backward-99"),
        ({"skip": ["backward-99"]}, "there is no clause backward-99"),
        ({"seed": -1}, "seed: a whole number"),
        ({"language": "tlh"}, "there is no 'tlh'"),
        ({"isolation": "moat"}, "there is no 'moat'"),
        ({"data": "nowhere/at/all"}, "nowhere/at/all"),
        ({"preprocess": len}, "goes with a class"),
        (
            {"up_to": "forward"},
            "check has no argument 'up_to'; its arguments are preprocess, upto, .*did you mean upto",
        ),
    ],
)
def test_an_impossible_request_is_an_error(given: dict[str, Any], said_: str) -> None:
    with pytest.raises(nnkata.NotJudged, match=said_):
        nnkata.check(ROOT / "reference" / "network.py", **given)


def test_a_class_is_put_in_no_sandbox() -> None:
    with pytest.raises(nnkata.NotJudged, match="name its file"):
        nnkata.check(type("Net", (), {}), isolation="sandbox")


def test_options_choose_as_on_the_command_line() -> None:
    found = nnkata.check(
        ROOT / "reference" / "network.py",
        stages="forward",
        clauses="update-1",
        skip="forward-2",
        seed=7,
        language="zh-CN",
    )
    assert {clause.clause for clause in found.judged} == {f"forward-{n}" for n in (1, 3, 4, 5, 6, 7, 8)} | {"update-1"}
    assert found.environment["seed"] == "7"
    assert "全部通过" in str(found)
    text = nnkata.check(ROOT / "reference" / "network.py", clauses="update-1", language="en").text()
    assert text.count("The clause asked for passes, in") == 1


def test_the_name_of_a_class_cannot_break_out_of_its_page_or_terminal() -> None:
    name = '"></iframe><script>alert(1)</script>\x1b[31m'
    with pytest.raises(NotJudged) as refused:
        nnkata.check(type(name, (), {}), stages=["update"], seed=1)
    assert "\x1b" not in str(refused.value)
    scope: dict[str, Any] = {}
    exec(HEAD + CLASS, scope)
    found = nnkata.check(type(name, (scope["DeepNeuralNetwork"],), {}), stages=["update"], seed=1)
    page = found._repr_html_()
    assert "<script>" not in page
    assert "<script>" not in html.unescape(page[page.index('srcdoc="') : page.rindex('">')])
    assert "\x1b" not in repr(found)


def test_without_the_extra_the_text_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    found = shown(nnkata.check(ROOT / "reference" / "network.py", clauses="update-1", seed=1), "'<b>'")
    monkeypatch.setitem(sys.modules, "jinja2", None)
    for name in [name for name in sys.modules if name.startswith("nnkata.reports.formats.html.")]:
        monkeypatch.delitem(sys.modules, name)
    assert found._repr_html_().startswith("<pre")
    assert "The clause asked for passes" in found._repr_html_()


def test_the_package_stays_light_until_a_check_is_asked_for() -> None:
    code = "import sys, nnkata; print(sorted({'numpy', 'pytest', 'msgspec', 'IPython'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"


def test_the_help_of_the_magic_names_types_of_values_like_that_of_the_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _parsed("--help") is None
    help_text = capsys.readouterr().out
    assert "--seed INTEGER " in help_text
    assert "RANGE" not in help_text
