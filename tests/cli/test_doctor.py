"""`nnkata doctor`: a screen of the present parts, and how to get the others; each finding both ways."""

import dataclasses
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from nnkata import doctor
from nnkata.cli.doctor import _line, _lines
from nnkata.runner.settings import Settings
from nnkata.subject.walls.choice import WALLS
from nnkata.subject.walls.sandbox import NoSandbox
from tests.conftest import Run


def test_it_fits_on_a_screen_of_24_lines_and_names_each_wall_and_each_extra(nnkata: Run) -> None:
    done = nnkata("doctor")
    lines = done.stdout.splitlines()
    assert (done.returncode, len(lines) <= 22, max(map(len, lines)) <= 80) == (0, True, True)
    for name in (*(wall.name for wall in WALLS), *(metadata.metadata("nnkata").get_all("Provides-Extra") or [])):
        assert name in done.stdout


def test_a_command_to_copy_stays_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = [doctor.Item(name, False) for name in ("archives", "cluster", "openml", "parquet", "predict")]
    monkeypatch.setattr(doctor, "extras", lambda: missing)
    lines = list(_lines())
    assert "· archives, cluster, openml, parquet, predict" in lines
    assert "               pip install 'nnkata[NAME,NAME]'" in lines
    assert all(line.count("'") % 2 == 0 for line in lines if "install" in line)
    assert not any(line.rstrip().endswith("install") for line in lines)
    assert (
        _line("w", f"{'word ' * 12}pip install 'nnkata[wasm]' (98 MB)")[-1].strip()
        == "pip install 'nnkata[wasm]' (98 MB)"
    )


def test_the_chinese_screen_has_the_same_content(nnkata: Run) -> None:
    assert "隔离" in nnkata("doctor", "--language", "zh-CN").stdout


def test_a_wall_that_does_not_work_says_why_and_how_to_get_it(nnkata: Run, tmp_path: Path) -> None:
    with_it = nnkata("doctor").stdout
    without = nnkata("doctor", PATH=str(tmp_path)).stdout
    assert "✓ bubblewrap" in with_it
    assert "· bubblewrap" in without
    assert "apt-get install bubblewrap" in " ".join(without.split())


def test_an_extra_is_present_if_all_its_packages_are(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.version

    def version(name: str) -> str:
        if name == "jinja2":
            raise metadata.PackageNotFoundError
        return real(name)

    assert {found.name: found.here for found in doctor.extras()}["html"]
    monkeypatch.setattr(metadata, "version", version)
    found = {found.name: found for found in doctor.extras()}
    assert (found["html"].here, found["plots"].here, found["train"].here) == (False, False, True)
    assert found["html"].get == "pip install 'nnkata[html]'"


def test_a_cache_is_reported_with_its_size_or_as_new_or_as_unreachable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NNKATA_CACHE", str(tmp_path))
    assert doctor.cache().text == f"{tmp_path / 'nnkata'}, made when it is needed"
    (tmp_path / "nnkata").mkdir()
    (tmp_path / "nnkata" / "file").write_bytes(bytes(3_000_000))
    assert doctor.cache().text == f"{tmp_path / 'nnkata'}, 3 MB"
    monkeypatch.setenv("NNKATA_CACHE", str(tmp_path / "nnkata" / "file"))
    assert (doctor.cache().here, "set NNKATA_CACHE" in doctor.cache().text) == (False, True)


def test_no_wall_at_all_is_an_error_that_lists_them(monkeypatch: pytest.MonkeyPatch) -> None:
    from nnkata.subject.walls import choice as walls

    def broken() -> None:
        raise NoSandbox("not today")

    monkeypatch.setattr(walls, "WALLS", tuple(dataclasses.replace(wall, works=broken) for wall in WALLS))
    with pytest.raises(NoSandbox) as raised:
        walls.strongest.__wrapped__()
    assert [line.strip() for line in str(raised.value).splitlines()[1:]] == [f"{w.name}: not today" for w in WALLS]


def test_a_wall_by_its_name_works_before_anything_is_launched(monkeypatch: pytest.MonkeyPatch) -> None:
    from nnkata.runner.prepared import prepare
    from nnkata.subject.isolated import Isolated
    from nnkata.subject.walls import choice as walls

    done: list[str] = []
    made = Isolated.__init__
    watched = dataclasses.replace(WALLS[0], name="slow", works=lambda: done.append("compiled"))
    monkeypatch.setattr(walls, "WALLS", (watched,))

    def timed(self: Isolated, *args: Any) -> None:
        done.append("its time runs")
        made(self, *args)

    monkeypatch.setattr(Isolated, "__init__", timed)
    monkeypatch.setattr(Isolated, "launch", lambda self: done.append("launched"))
    prepare(Settings("reference/network.py", isolation="slow", seed=1, only=frozenset(["update-1"]))).close()
    assert done[:1] == ["compiled"]
    assert done.index("compiled") < done.index("its time runs") < done.index("launched")
