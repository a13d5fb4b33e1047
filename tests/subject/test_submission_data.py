"""Files beside a submission: data that it reads, texts that it names, and files that it writes."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from nnkata.grading.submission.gather import gather
from nnkata.worker.data import MAX_DATA, data_files
from nnkata.worker.imports.loading import foreign
from tests.subject.packed import REFERENCE, SMALL, answer, put


def test_data_files_are_available_and_cannot_be_changed(tmp_path: Path, sandbox: bool) -> None:
    put(tmp_path, {"mnist.csv": "5,0,1", "data/more.csv": "7", ".hidden.csv": "1", "secret.txt": "no"})
    read = "import os\nROW = open('mnist.csv').read() + open('data/more.csv').read()\n"
    read += "open('mnist.csv', 'w').write('gone')\n"
    put(tmp_path, {"network.py": read + SMALL.format(answer="[ROW, 'secret.' in str(os.listdir())]")})
    assert answer(str(tmp_path / "network.py"), sandbox) == ["5,0,17", False]
    assert (tmp_path / "mnist.csv").read_text() == "5,0,1"


def test_a_network_may_write_beside_itself(tmp_path: Path, sandbox: bool) -> None:
    put(
        tmp_path,
        {"pack/__init__.py": "", "pack/log.py": "from pathlib import Path\nLOG = Path(__file__).parent / 'log.txt'\n"},
    )
    write = "from pathlib import Path\nfrom pack.log import LOG\n(Path(__file__).parent / 'out').mkdir()\n"
    write += "LOG.write_text('a line')\n"
    put(tmp_path, {"network.py": write + SMALL.format(answer="LOG.read_text()")})
    assert answer(str(tmp_path / "network.py"), sandbox) == "a line"
    assert (tmp_path / "out").exists() is not sandbox


def test_a_module_that_a_network_writes_is_none_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy, handed_in = tmp_path / "copy", tmp_path / "handed in"
    for name in ("helper", "written"):
        module = ModuleType(name)
        module.__file__ = str(copy / f"{name}.py")
        monkeypatch.setitem(sys.modules, name, module)
    put(copy, {"helper.py": "", "written.py": ""})
    put(handed_in, {"helper.py": ""})
    assert foreign(["helper", "written"], copy, handed_in) == ["written"]
    assert foreign(["helper", "written"], copy, copy) == []


@pytest.mark.parametrize(
    "name",
    [
        *("config.toml", "conf/run.yaml", "weights.pkl", "means.txt", "d/x.dat", "VERSION", "a/b/c/README.md"),
        *(".env", "pyproject.toml"),
    ],
)
def test_a_network_reads_the_settings_beside_it(name: str, tmp_path: Path, sandbox: bool) -> None:
    put(tmp_path, {name: "a = 7", "key.pem": "secret"})
    read = f"from pathlib import Path\nHERE = Path(__file__).parent\nTEXT = (HERE / {name!r}).read_text()\n"
    put(tmp_path, {"network.py": read + SMALL.format(answer="[TEXT, (HERE / 'key.pem').exists()]")})
    assert answer(str(tmp_path / "network.py"), sandbox) == ["a = 7", not sandbox]


@pytest.mark.parametrize("read", ["HERE.rglob('*.txt')", "(HERE / 'conf').iterdir()"])
def test_texts_are_there_for_a_network_that_lists_their_folder(read: str, tmp_path: Path) -> None:
    put(tmp_path, {"conf/a.txt": "1", "conf/b.txt": "2", ".env": "no", "pyproject.toml": ""})
    head = "import os\nfrom pathlib import Path\nHERE = Path(__file__).parent\nHOME = os.environ\n"
    put(tmp_path, {"network.py": f"{head}TEXTS = [path.read_text() for path in {read}]"})
    assert [path.name for path in data_files(tmp_path / "network.py")] == ["a.txt", "b.txt"]
    put(tmp_path, {"network.py": f"{head}NAMES = os.listdir()", "c.txt": "3"})
    assert [path.name for path in data_files(tmp_path / "network.py")] == ["a.txt", "b.txt"]
    put(tmp_path, {"network.py": head})
    assert data_files(tmp_path / "network.py") == []


@pytest.mark.parametrize("read", ["HERE / 'means.txt'", "(HERE / 'means').with_suffix('.txt')"])
def test_a_network_reads_a_text_that_its_helper_names(read: str, tmp_path: Path, sandbox: bool) -> None:
    helper = f"from pathlib import Path\nHERE = Path(__file__).parent\nTEXT = ({read}).read_text()\n"
    put(tmp_path, {"net/__init__.py": "", "net/means.py": helper, "net/means.txt": "7", "net/about.txt": "secret"})
    seen = "[means.TEXT, (means.HERE / ('ab' 'out.txt')).exists()]"
    put(tmp_path, {"network.py": "from net import means\n" + SMALL.format(answer=seen)})
    assert answer(str(tmp_path / "network.py"), sandbox) == ["7", not sandbox]


def test_a_text_that_another_file_names_is_not_data(tmp_path: Path) -> None:
    put(tmp_path, {"network.py": "import helper", "other.py": "open('means.txt')", "means.txt": "1", "a.csv": "2"})
    carried = data_files(tmp_path / "network.py", [b"import helper"])
    assert [path.name for path in carried] == ["a.csv"]


def test_a_text_is_handed_in_with_a_network_that_names_it(tmp_path: Path) -> None:
    put(tmp_path, {"network.py": "x = open('means.txt')", "means.txt": "1", "about.txt": "3", "report.pdf": "2"})
    found = gather({"": tmp_path})
    assert set(found.data) == {"means.txt"}
    assert set(found.others) == {"means.txt", "about.txt", "report.pdf"}


def test_data_over_the_limit_are_not_copied(tmp_path: Path) -> None:
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(MAX_DATA + 1)
    put(tmp_path, {"small.csv": "1"})
    assert [path.name for path in data_files(tmp_path / "network.py")] == ["small.csv"]


@pytest.mark.parametrize(("name", "carried"), [("config.toml", True), ("weights.pkl.gz", True), ("report.pdf", False)])
def test_grade_carries_what_a_network_may_read_and_nothing_else(name: str, carried: bool, tmp_path: Path) -> None:
    put(tmp_path, {"network.py": REFERENCE, name: "a = 7"})
    found = gather({"": tmp_path})
    assert found.data == ({name: b"a = 7"} if carried else {})
    assert found.others == ([] if carried else [name])
