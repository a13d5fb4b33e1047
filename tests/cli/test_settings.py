"""The settings of a run: the command line first, then the environment, then the configuration."""

from pathlib import Path

import pytest

from nnkata.configuration import Configuration, read
from nnkata.errors import UsageError
from nnkata.places import feature_files
from nnkata.runner.implementation import implementation_name, module_folder
from nnkata.runner.settings import UnknownClause, known_failures, skips
from nnkata.subject import locate

KNOWN = ["forward-1", "forward-2"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("NNKATA_IMPLEMENTATION", raising=False)
    (tmp_path / "below").mkdir()
    (tmp_path / "net.py").write_text("x = 1")
    (tmp_path / "pyproject.toml").write_text(
        '[tool.nnkata]\nimplementation = "net.py:Net"\nskip = {forward-1 = "why"}\n'
    )
    monkeypatch.chdir(tmp_path / "below")
    return tmp_path


def test_the_command_line_comes_first(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNKATA_IMPLEMENTATION", "other.py")
    assert implementation_name("mine.py", read()) == "mine.py"


def test_the_environment_comes_second(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("other.py").write_text("x = 1")
    monkeypatch.setenv("NNKATA_IMPLEMENTATION", "other.py")
    assert implementation_name(None, read()) == "other.py"


def test_the_nearest_configuration_comes_third_and_is_relative_to_its_folder(project: Path) -> None:
    assert implementation_name(None, read()) == "../net.py:Net"


def test_no_name_at_all_is_an_error_that_says_where_to_put_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NNKATA_IMPLEMENTATION", raising=False)
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="NNKATA_IMPLEMENTATION"):
        implementation_name(None, read())


def test_a_table_above_the_nearest_file_is_named_if_nothing_is_to_judge(project: Path) -> None:
    Path("pyproject.toml").write_text("[project]\n")
    with pytest.raises(UsageError) as caught:
        implementation_name(None, read())
    near, far = project / "below" / "pyproject.toml", project / "pyproject.toml"
    assert str(caught.value).endswith(f"; {far} has that table, but {near} is nearer, and the nearest one counts")


@pytest.mark.parametrize(
    ("text", "table"),
    [("[tool.nnkat]\n", "[tool.nnkat]"), ("[tool.NNkata]\n", "[tool.NNkata]"), ("[nnkata]\n", "[nnkata]")],
)
def test_a_misspelt_table_is_told(text: str, table: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(UsageError) as caught:
        read(tmp_path)
    assert str(caught.value).endswith(f"pyproject.toml: {table} is not read; write [tool.nnkata]")


@pytest.mark.parametrize(
    "text", ["[tool.nnkata]\n[tool.nnkatas]\n", "[tool.nnkit]\n", "[tool.black]\n", "nnkata = 1\n"]
)
def test_tables_of_other_tools_are_left_alone(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert read(tmp_path).implementation == ""


@pytest.mark.parametrize("text", ["[tool", "[tool]\nnnkata = 1\n", "tool = 1\n"])
def test_a_broken_configuration_is_an_error_that_names_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(UsageError, match=r"pyproject\.toml"):
        read(tmp_path)


def test_skips_come_from_both_sides_with_their_reasons(project: Path) -> None:
    assert skips(["forward-2"], KNOWN, read()) == {"forward-1": "why", "forward-2": "left out by --skip"}


def test_an_unknown_clause_cannot_be_skipped(project: Path) -> None:
    with pytest.raises(
        UnknownClause, match=r"^there is no clause forward-9; clauses .* preprocessing-1; did you mean"
    ) as error:
        skips(["forward-9"], KNOWN, read())
    assert error.value.names == ("forward-9",)


def test_a_stage_in_place_of_a_clause_is_told_with_the_options_that_choose_it(project: Path) -> None:
    with pytest.raises(
        UnknownClause, match=r"^forward is a stage, not a clause.*--stage.*--skip forward-1 --skip forw"
    ):
        skips(["forward"], KNOWN, read())
    told = str(UnknownClause(["forward"], KNOWN, skipping=False))
    assert told == "forward is a stage, not a clause; judge it by --stage forward"


@pytest.mark.parametrize(
    ("skip", "said"),
    [
        ('["forward-1"]', "a table of reasons"),
        ('{forward-1 = ""}', 'skip .*: forward-1 has no reason; write forward-1 = "why"'),
        ("{forward-1 = 1}", "a table of reasons"),
    ],
)
def test_a_skip_without_a_reason_is_an_error(project: Path, skip: str, said: str) -> None:
    (project / "pyproject.toml").write_text(f"[tool.nnkata]\nskip = {skip}\n")
    with pytest.raises(UsageError, match=said):
        skips([], KNOWN, read())


def test_a_folder_without_features_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no \.feature file"):
        feature_files(tmp_path)


def test_the_nearest_configuration_hides_those_above(project: Path) -> None:
    (project / "below" / "pyproject.toml").write_text('[tool.nnkata]\nimplementation = "here.py"\n')
    (project / "below" / "here.py").write_text("x = 1")
    assert implementation_name(None, read()) == "here.py"


def test_a_configuration_that_is_not_text_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes("[tool]\n".encode("utf-16"))
    with pytest.raises(UsageError, match=r"pyproject\.toml is not saved as UTF-8.*; save it as UTF-8"):
        read(tmp_path)
    (tmp_path / "pyproject.toml").write_bytes(b"[tool\n")
    with pytest.raises(UsageError, match=r"pyproject\.toml is not TOML: .*line 1"):
        read(tmp_path)


def test_a_configuration_may_come_from_windows(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b'\xef\xbb\xbf[tool.nnkata]\r\nimplementation = "net.py"\r\n')
    assert read(tmp_path).implementation == "net.py"


def test_an_absent_file_is_told_with_the_setting_that_names_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "pyproject.toml").write_text('[tool.nnkata]\nimplementation = "netwrok.py:Net"\n')
    (project / "network.py").write_text("x = 1\n")
    with pytest.raises(
        UsageError, match=r"pyproject\.toml: implementation: there is no file netwrok\.py; did you mean network\.py\?"
    ):
        implementation_name(None, read())
    assert implementation_name("given.py", read()) == "given.py"
    monkeypatch.setenv("NNKATA_IMPLEMENTATION", "nothing.py")
    with pytest.raises(UsageError, match=r"^NNKATA_IMPLEMENTATION: there is no file nothing\.py$"):
        implementation_name(None, read())
    for name in ("cmd:node net.py", "package.net:Net", str(project / "network.py")):
        monkeypatch.setenv("NNKATA_IMPLEMENTATION", name)
        assert implementation_name(None, read()) == name


def test_an_unknown_clause_to_skip_is_told_with_its_place(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.nnkata]\nskip = {forward-9 = "why"}\n')
    with pytest.raises(UnknownClause, match=r"^\[tool\.nnkata\] skip: there is no clause forward-9"):
        skips([], KNOWN, read())
    with pytest.raises(UnknownClause, match=r"^there is no clause forward-8"):
        skips(["forward-8"], KNOWN, Configuration(project))


def test_features_are_found_from_wherever_the_folder_was_named(project: Path) -> None:
    (project / "below" / "own.feature").write_text("Feature: x\n")
    assert feature_files(Path()) == [project / "below" / "own.feature"]


def test_skips_of_the_contract_do_not_disturb_features_of_ones_own(project: Path) -> None:
    assert skips([], ["own-1"], read()) == {"forward-1": "why"}
    with pytest.raises(UnknownClause) as error:
        skips(["forward-1"], ["own-1"], read())
    assert error.value.names == ("forward-1",)


def test_a_module_in_the_configuration_is_found_from_its_folder(project: Path) -> None:
    assert module_folder(None, read()) is None  # a path relative to the working directory
    (project / "pyproject.toml").write_text('[tool.nnkata]\nimplementation = "package.net:Net"\n')
    (project / "package").mkdir()
    (project / "package" / "net.py").write_text("x = 1\n")
    assert (implementation_name(None, read()), module_folder(None, read())) == ("package.net:Net", project)
    assert module_folder("package.net", read()) is None
    assert locate("package.net:Net", module_folder(None, read())).path == project / "package" / "net.py"


def test_a_known_failure_of_an_unknown_clause_is_an_error(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.nnkata]\nknown_failures = {forward-9 = "why"}\n')
    with pytest.raises(UnknownClause, match=r"^\[tool\.nnkata\] known_failures: ") as error:
        known_failures(KNOWN, read())
    assert error.value.names == ("forward-9",)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('{forward-1 = ""}', "known_failures .*: forward-1 has no reason"),
        ('["forward-1"]', "reasons"),
    ],
)
def test_known_failures_name_clauses_and_reasons(project: Path, table: str, said: str) -> None:
    (project / "pyproject.toml").write_text(f"[tool.nnkata]\nknown_failures = {table}\n")
    with pytest.raises(UsageError, match=said):
        known_failures(KNOWN, read())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("known_failure = {}", "did you mean known_failures"),
        ("implementations = 'a.py'", "did you mean implementation"),
        ("seed = 7", "it is an option of the command: --seed"),
        ("colour = 1", "its keys are implementation, kata, language, limits, skip, known_failures, points"),
        ("kata = 3", "kata under"),
        (
            "points = {backward = -1}",
            r"backward under \[tool\.nnkata\.points\] is .*; it has to be a number, at least 0",
        ),
        (
            "points = {backward = true}",
            r"backward under \[tool\.nnkata\.points\] is .*; it has to be a number, at least 0",
        ),
        (
            "points = {backward = '3'}",
            r"backward under \[tool\.nnkata\.points\] is .*; it has to be a number, at least 0",
        ),
        ("points = [1]", "points under"),
        ("limits = {call_second = 1}", "no key 'call_second'.*; did you mean call_seconds"),
        ("limits = {memory_mb = 1.5}", "memory_mb .* is 1.5; it has to be a whole number from 1 to 1000000"),
        ("limits = {call_seconds = nan}", "call_seconds .* is nan; it has to be a number above 0"),
        ("limits = {call_seconds = true}", "call_seconds .* is True; it has to be a number above 0"),
        ("limits = 3", "has to be a table: limits ="),
    ],
)
def test_a_key_that_is_unknown_or_holds_what_it_cannot_is_an_error(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.nnkata]\n{text}\n")
    with pytest.raises(UsageError, match=said) as error:
        read(tmp_path)
    assert str(error.value).startswith(str(tmp_path / "pyproject.toml"))  # the place, whatever the fault


def test_a_kata_may_have_a_table_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.nnkata.words]\nlength = 3\n")
    assert read(tmp_path, ["words"]).declared == {"words": {"length": 3}}
    with pytest.raises(UsageError, match="no key 'words'"):
        read(tmp_path)
