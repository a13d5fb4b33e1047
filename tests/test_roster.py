"""A course's list of students: the owner of each submission, the students without one, and their reports."""

import csv
import datetime
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from nnkata import files
from nnkata.errors import UsageError
from nnkata.grading.headings import means
from nnkata.grading.matching import forms, matcher, pair, whose
from nnkata.grading.records import load
from nnkata.grading.roster import roster
from tests import forks

ROOT = Path(__file__).parents[1]
RIGHT = (ROOT / "reference" / "network.py").read_bytes()


def listed(path: Path, text: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    path.write_bytes(text.encode(encoding))
    return roster(path)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Name,Email,Student ID\nAda Lovelace,ada@x.org,s1\n", "utf-8"),
        ("Last Name;First Name;E-mail address;ID number\nLovelace;Ada;ada@x.org;s1\n", "utf-8-sig"),
        ("First name\tSurname\tEmail address\tUsername\nAda\tLovelace\tada@x.org\ts1\n", "utf-16"),
        ('Course of 2026\n\nStudent,SIS Login ID,mail\n"Lovelace, Ada",s1,ada@x.org\n', "utf-8"),
        ("OrgDefinedId,Email,Last Name,First Name\n#s1,ada@x.org,Lovelace,Ada\n", "utf-8"),
        ("Name;Vorname;Matrikel-Nr.;E-Mail-Adresse\nLovelace;Ada;s1;ada@x.org\n", "cp1252"),
        ("Nom;Prénom;N° étudiant;Adresse de courriel\nLovelace;Ada;s1;ada@x.org\n", "cp1252"),
        ("Nombre,Apellido(s),Número de ID,Dirección de correo\nAda,Lovelace,s1,ada@x.org\n", "utf-8"),
        ("Cognome;Nome;Matricola;Indirizzo email\nLovelace;Ada;s1;ada@x.org\n", "utf-8"),
        ("Nome,Sobrenome,Número de matrícula,Endereço de email\nAda,Lovelace,s1,ada@x.org\n", "utf-8"),
        ("Voornaam;Achternaam;Studentnummer;E-mailadres\nAda;Lovelace;s1;ada@x.org\n", "utf-8"),
        ("Nazwisko;Imię;Nr albumu;Adres e-mail\nLovelace;Ada;s1;ada@x.org\n", "utf-8"),
        ("Фамилия;Имя;Логин;Адрес электронной почты\nLovelace;Ada;s1;ada@x.org\n", "utf-16"),
        ("学籍番号,氏名,メールアドレス\ns1,Ada Lovelace,ada@x.org\n", "utf-8"),
        ("학번,이름,이메일 주소\ns1,Ada Lovelace,ada@x.org\n", "utf-8"),
        ("Name,First name,ID,Mail\nAda Lovelace,Ada,s1,ada@x.org\n", "utf-8"),
        ("Kurs, Winter 2026\n\nName;Matrikelnummer;E-Mail\nLovelace, Ada;s1;ada@x.org\n", "utf-8"),
        ("Name|ID|Email\nAda Lovelace|s1|ada@x.org\n", "utf-8"),
        ("序号,真实姓名,学号/工号,邮箱\n1,Ada Lovelace,s1,ada@x.org\n", "utf-8"),
        ("Last/First name,ID (SIS),Mail\nLovelace Ada,s1,ada@x.org\n", "utf-8"),
        ("שם,מספר זהות,דואל\nAda Lovelace,s1,ada@x.org\n", "utf-8"),
        ("الاسم,رقم الطالب,البريد الإلكتروني\nAda Lovelace,s1,ada@x.org\n", "utf-8"),
        ('Student,ID,Mail\n    Points Possible,,\n"Lovelace, Ada",s1,ada@x.org\n"Student, Test",9,\n', "utf-8"),
        ("Name,ID,Email,Role\nAda Lovelace,s1,ada@x.org,Student\nProf. X,s2,x@x.org,Instructor\n", "utf-8"),
        ("Full name,First name,Last name,ID,Mail\nAda Lovelace,Ada,Lovelace,s1,ada@x.org\n", "utf-8"),
    ],
)
def test_a_roster_is_read_in_the_forms_of_platforms(text: str, encoding: str, tmp_path: Path) -> None:
    (one,) = listed(tmp_path / "roster.csv", text, encoding)
    assert (one["id"], one["mail"]) == ("s1", "ada@x.org")
    assert forms(one["name"]) & forms("Ada Lovelace")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Matrikelnr.;Name\n1;Jörg Müller\n2;Zoë Groß\n", "cp1252"),
        ("Kursliste Größe;\n\nName;ID\nJörg Müller;1\n", "cp1252"),
        ("Name,ID\n张伟,1\n王 Wei,2\n", "gb18030"),
        ("学号,姓名\n1,赵雷\n", "gb18030"),
        ("Фамилия;Имя;Логин\nПетров;Иван;s1\n", "cp1251"),
        ("學號,姓名\n1,張偉\n", "big5"),
        ("学籍番号,氏名\n1,山田太郎\n", "shift_jis"),
        ("학번,이름\n1,김민수\n", "euc_kr"),
        ("Nazwisko;Imię;Nr albumu\nWałęsa;Łukasz;1\n", "cp1250"),
    ],
)
def test_a_roster_is_read_in_the_encodings_of_offices(text: str, encoding: str, tmp_path: Path) -> None:
    people = listed(tmp_path / "roster.csv", text, encoding)
    assert people == listed(tmp_path / "unicode.csv", text, "utf-8")


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("Ada Lovelace", 0),
        ("lovelace_king_ada", 0),
        ("Grace Murray Hopper", 1),
        ("hw1 Hopper Grace", 1),
        ("Maria Lopez", None),
        ("Lovelace", None),
        ("Grace Lovelace", None),
    ],
)
def test_a_student_is_found_with_fewer_or_more_names_than_in_the_roster(name: str, at: int | None) -> None:
    names = ("Ada Augusta King Lovelace", "Grace Hopper", "Ana Maria Lopez", "Maria Jose Lopez")
    people = [{"name": one, "mail": "", "id": "", "ids": ""} for one in names]
    assert whose(matcher(people), name, {}) == at


@pytest.mark.parametrize("cell", ['="0123"', "'0123", "0123", "0123.0", " 0123 "])
def test_a_number_is_read_without_the_marks_of_a_spreadsheet(cell: str, tmp_path: Path) -> None:
    (one,) = listed(tmp_path / "roster.csv", f"Name,ID\n'T Hooft,{cell}\n")
    assert (one["name"], one["id"]) == ("'T Hooft", "0123")


def test_a_student_with_a_line_per_group_is_one_student(tmp_path: Path) -> None:
    lines = ("Ada Lovelace,s1,ada@x.org,A", "Ada Lovelace,s1,ada@home.org,B", "Bob,,b@x.org,A", "Bob,,b@x.org,B")
    people = listed(
        tmp_path / "roster.csv", "Name,ID,Mail,Group\n" + "\n".join([*lines, "Wei,,,A", "Wei,,,B", "Li,s1,,A"])
    )
    assert [one["name"] for one in people] == ["Ada Lovelace", "Bob", "Wei", "Wei", "Li"]
    find = matcher(people)
    assert [whose(find, name, {}) for name in ("Ada Lovelace", "ada@home.org", "Bob", "Wei")] == [0, 0, 1, None]


def test_a_roster_from_a_pipe_is_read_once_and_not_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    code = "import sys; open(sys.argv[1], 'w').write('Name,ID\\nAda,s1\\n')"
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "pipe")]):
        (one,) = roster(tmp_path / "pipe")
    assert (one["name"], one["id"]) == ("Ada", "s1")
    monkeypatch.setattr(files, "PATIENCE", 0.01)
    with pytest.raises(UsageError, match="is a pipe, and nothing writes into it"):
        roster(tmp_path / "pipe")


def test_a_chinese_roster_is_read_as_excel_saves_it(tmp_path: Path) -> None:
    (one,) = listed(tmp_path / "名单.csv", "学号,姓名,邮箱\n2026001,王小明,wang@x.cn\n", "gb18030")
    assert (one["id"], one["name"], one["mail"]) == ("2026001", "王小明", "wang@x.cn")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Jörg Müller", "joerg_mueller"),
        ("Jörg Müller", "Muller, Jorg"),
        ("Łukasz Wałęsa", "lukasz_walesa"),
        ("Søren Ångström", "soeren-aangstroem"),
        ("Đặng Thị Hồng", "DangThiHong"),
        ("Şebnem Işık", "sebnem isik"),
        ("Sean O’Neil", "oneil_sean"),
    ],
)
def test_a_name_is_found_in_another_spelling(name: str, file: str) -> None:
    people = [{"name": other, "mail": "", "id": "", "ids": ""} for other in (name, "Jorge Miller", "Lukas Walser")]
    assert whose(matcher(people), file, {}) == 0
    assert whose(matcher(people[1:]), file, {}) is None


def spreadsheet(path: Path) -> Path:
    """A list of students as an office keeps it: an empty sheet, a title, numbers as numbers, a date."""
    book = openpyxl.Workbook()
    rows = book.create_sheet("students")
    for row in (
        ["Neural networks, winter"],
        [],
        ["学号", "姓名", "Email", "Born"],
        [2026001, "王小明", "wang@x.cn", datetime.date(2004, 5, 6)],
        ["00042", "Ada Lovelace", "ada@x.org", None],
    ):
        rows.append(row)
    book.save(path)
    return path


def test_a_spreadsheet_is_read_as_a_person_reads_it(tmp_path: Path) -> None:
    found = roster(spreadsheet(tmp_path / "students.xlsx"))
    assert [(one["id"], one["name"], one["mail"]) for one in found] == [
        ("2026001", "王小明", "wang@x.cn"),
        ("00042", "Ada Lovelace", "ada@x.org"),
    ]


def test_a_spreadsheet_without_its_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(UsageError, match=r"pip install 'nnkata\[spreadsheets\]', or save it as CSV"):
        roster(spreadsheet(tmp_path / "students.xlsx"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a,b\n1,2\n", "no column"),
        (b"PK\x03\x04\0", "roster.csv cannot be read"),
        (b"\xd0\xcf\x11\xe0\0", "roster.csv cannot be read"),
        (b"a\0", "no text"),
        (b"", "no column"),
    ],
)
def test_a_file_that_is_not_a_roster_is_an_error(content: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(content)
    with pytest.raises(UsageError, match=why):
        roster(tmp_path / "roster.csv")


PEOPLE = [
    {"name": "Ada Lovelace", "mail": "ada@x.org", "id": "s1", "ids": "s1\nalove"},
    {"name": "Zoë Müller", "mail": "zoe@x.org", "id": "s2", "ids": "s2"},
    {"name": "Anna Schmidt", "mail": "a1@x.org", "id": "s3", "ids": "s3"},
    {"name": "Anna Schmidt", "mail": "a2@x.org", "id": "s4", "ids": "s4"},
    {"name": "王小明", "mail": "w@x.org", "id": "101", "ids": "101"},
]


@pytest.mark.parametrize(
    ("name", "ids", "at"),
    [
        ("x", {"sid": "s1"}, 0),
        ("alove", {}, 0),
        ("ada", {}, 0),
        ("x", {"sortable": "lovelaceada", "canvas": "7"}, 0),
        ("Lovelace, Ada", {}, 0),
        ("x", {"name": "Zoe Muller"}, 1),
        ("x", {"name": "Lab 1-Zoë Müller"}, 1),
        ("x", {"name": "Tue-B-Lovelace, Ada"}, 0),
        ("x", {"name": "Lab 1-Anna Schmidt"}, None),
        ("x", {"name": "Lab 1-Ada"}, None),
        ("Anna Schmidt", {"name": "Anna Schmidt"}, None),
        ("x", {"name": "Anna Schmidt", "email": "a2@x.org"}, 3),
        ("王小明", {}, 4),
        ("somebody", {"participant": "101"}, None),
        ("Wang 王小明 101", {}, 4),
        ("Ada Lovelace 101", {}, 0),
        ("Bob Ray 101", {}, None),
    ],
)
def test_a_submission_is_matched_by_an_id_a_mail_or_a_unique_name(
    name: str, ids: dict[str, str], at: int | None
) -> None:
    assert whose(matcher(PEOPLE), name, ids) == at


NAMESAKES = [
    {"name": "Ann Lee", "mail": "", "id": "1001", "ids": "1001"},
    {"name": "Ann Lee", "mail": "", "id": "1009", "ids": "1009"},
    {"name": "Bob Ray", "mail": "", "id": "12", "ids": "12"},
]


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("Ann Lee 1001", 0),
        ("1009_Lee_Ann", 1),
        ("Ann Lee", None),
        ("Ann Lee 12", None),
        ("Ann Lee 1005", None),
        ("hw 12 Bob Ray", 2),
    ],
)
def test_a_short_number_beside_a_name_that_agrees_tells_students_of_one_name_apart(name: str, at: int | None) -> None:
    assert whose(matcher(NAMESAKES), name, {}) == at


def test_a_pair_with_an_ann_is_both_students() -> None:
    find = matcher(NAMESAKES[1:])
    assert whose(find, "ann_lee-bob_ray", {}) is None
    assert pair(find, "ann_lee-bob_ray") == [0, 1]


CLASS = [
    {"name": "赵雷", "mail": "", "id": "20231237", "ids": "20231237"},
    {"name": "王芳", "mail": "", "id": "00124", "ids": "00124"},
    {"name": "王芳芳", "mail": "fang@x.cn", "id": "00125", "ids": "00125"},
    {"name": "Mia Wu", "mail": "mia@x.cn", "id": "127", "ids": "127\nmia"},
    {"name": "Lovelace, Ada", "mail": "ada@x.cn", "id": "s1", "ids": "s1\nada"},
    {"name": "Li, Max", "mail": "", "id": "s2", "ids": "s2\nmax"},
    {"name": "张伟", "mail": "", "id": "s3", "ids": "s3"},
    {"name": "张伟", "mail": "", "id": "s4", "ids": "s4"},
]


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("赵雷的作业", 0),
        ("实验三赵雷第二次", 0),
        ("２０２３１２３７", 0),
        ("作业3-２０２３１２３７", 0),
        ("124", 1),
        ("hw3_000124", 1),
        ("王芳芳作业", 2),
        ("王芳 作业", 1),
        ("00127", 3),
        ("赵雷雷", None),
        ("小赵雷", None),
        ("张伟的作业", None),
        ("12", None),
    ],
)
def test_a_name_inside_other_words_and_a_number_in_another_form_find_the_student(name: str, at: int | None) -> None:
    assert whose(matcher(CLASS), name, {}) == at


def test_a_number_that_fits_two_students_without_its_noughts_finds_the_one_with_them_alone() -> None:
    people = [{"name": "", "mail": "", "id": one, "ids": one} for one in ("00123", "0123", "7", "s9")]
    assert [whose(matcher(people), name, {}) for name in ("00123", "0123", "123", "007")] == [0, 1, None, 2]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ada_max", [4, 5]),
        ("mia+ada hw3", [3, 4]),
        ("Mia Wu & Max Li", [3, 5]),
        ("Ada Lovelace and Mia Wu_network_v2", [3, 4]),
        ("ada-mia-max", [3, 4, 5]),
        ("赵雷王芳", [0, 1]),
        ("赵雷和王芳芳 作业三", [0, 2]),
        ("ada_network", []),
        ("ada_smith", []),
        ("max_and_moritz", []),
        ("hw 124 127", []),
        ("network", []),
    ],
)
def test_a_pair_is_found_by_the_names_of_both(name: str, found: list[int]) -> None:
    assert pair(matcher(CLASS), name) == found


def test_each_of_a_pair_has_handed_in_and_gets_the_mark(tmp_path: Path) -> None:
    course, output, table = tmp_path / "course", tmp_path / "marks", tmp_path / "grades.csv"
    course.mkdir()
    for name in ("ada_bob", "eve"):
        (course / f"{name}.py").write_bytes(RIGHT)
    lines = [f"#0{n},{who},{who.title()},X,," for n, who in enumerate(("ada", "bob", "eve", "jo"))]
    head = "OrgDefinedId,Username,First Name,Last Name,HW Points Grade <Numeric MaxPoints:10>,End-of-Line Indicator"
    table.write_text("\n".join([head, *(f"{line}#" for line in lines), ""]))
    assert graded(course, output, "--roster", str(table), "--stage", "preprocessing").returncode == 0
    found = load(output)
    assert [one["name"] for one in found.absent] == ["Jo X"]
    assert found.submissions[0].person["name"] == "Ada X, Bob X"
    done = forks.run(["marks", str(output), "--to", "brightspace", "--template", str(table)], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    (written,) = (output / "marks").rglob("*.csv")
    grades = list(csv.DictReader(written.read_text(encoding="utf-8-sig").splitlines()))
    marks = {line["Username"].lstrip("#"): line["HW Points Grade <Numeric MaxPoints:10>"] for line in grades}
    assert marks == {"ada": "10", "bob": "10", "eve": "10", "jo": ""}


def graded(folder: Path, output: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    return forks.run(["grade", str(folder), "--output", str(output), *options], folder.parent, timeout=300)


def rows(path: Path, encoding: str) -> Sequence[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def test_unjudged_and_missing_students_are_reported_everywhere(tmp_path: Path) -> None:
    course, output = tmp_path / "course", tmp_path / "out"
    (course / "venv").mkdir(parents=True)
    made = "_assignsubmission_file"
    renamed = RIGHT.replace(b"class DeepNeuralNetwork", b"class MyNet")
    crash = b"\n\ndef _boom(self: Any, x_train: Any) -> Any:\n    raise ValueError\n\n"
    (course / f"Ada Lovelace_1{made}_network.py").write_bytes(renamed)
    (course / f"王小明_2{made}_network.txt").write_bytes(RIGHT)
    (course / f"Crash Test_3{made}_network.py").write_bytes(RIGHT + crash + b"DeepNeuralNetwork.forward_pass = _boom\n")
    (course / f"End Early_4{made}_network.py").write_bytes(b"raise SystemExit(3)\n" + RIGHT)
    people = tmp_path / "roster.csv"
    people.write_text("Name,Student ID\nAda Lovelace,s1\nNo Body,s9\n王小明,s2\n", encoding="utf-8")
    options = ("--isolation", "process", "--stage", "update", "--stage", "forward", "--roster", str(people))
    done = graded(course, output, *options)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Submissions: 4; conforming: 1; not conforming: 1; not judged: 2."
    assert any(line.startswith("not judged: 王小明: ") and "rename it to .py" in line for line in lines)
    assert any(line.startswith("not judged: End Early: ") and "SystemExit" in line for line in lines)
    assert "Handed in nothing: No Body" in lines
    assert any(line.startswith("Taken for Moodle") for line in lines)
    book = {row["submission"]: row for row in rows(output / "gradebook.csv", "utf-8")}
    assert {name: row["status"] for name, row in book.items()} == {
        "Ada Lovelace": "passed",
        "王小明": "not-judged",
        "Crash Test": "failed",  # a crash inside a call is a failed clause, as in `check`
        "End Early": "not-judged",
        "No Body": "nothing-handed-in",
    }
    assert (book["Ada Lovelace"]["id"], book["王小明"]["id"]) == ("s1", "s2")
    assert float(book["Crash Test"]["points"]) > 0
    assert [row["submission"] for row in rows(output / "gradebook-excel.csv", "utf-8-sig")] == list(book)
    assert (output / "gradebook-excel.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    summary = json.loads((output / "summary.json").read_bytes())
    assert set(summary["not_judged"]) == {"王小明", "End Early"}
    assert summary["accounted"] == {
        "entries": 5,
        "in_submissions": 2,
        "not_judged": 2,
        "of_the_export": 0,
        "passed_over": 1,
    }
    ada = next(one for one in load(output).submissions if one.submission == "Ada Lovelace")
    assert any("MyNet has its methods" in note for note in ada.notes)
    page = (output / "index.html").read_text(encoding="utf-8")
    assert "rename it to .py" in page
    assert "No Body" in page
    for name, status in (("Crash Test_3", 1), ("End Early_4", 2)):
        path = course / f"{name}{made}_network.py"
        assert forks.run(["check", str(path), "--stage", "forward"], tmp_path).returncode == status


@pytest.mark.parametrize("name", ["bob ps1", "Bob Ray intro", "s5 Homework 2"])
def test_each_task_of_a_student_finds_the_student(name: str) -> None:
    people = [*PEOPLE, {"name": "Bob Ray", "mail": "bob@x.org", "id": "s5", "ids": "s5"}]
    owner = name.rpartition(" ")[0] if "Homework" not in name else "s5"
    assert whose(matcher(people), name, {"username": owner}) == len(PEOPLE)


def test_the_numbers_of_a_group_in_one_name_are_those_of_all(tmp_path: Path) -> None:
    people = listed(tmp_path / "r.csv", "Roll No.;Name\n20231234;Ada Lovelace\n20231235;Bob Ray\n20231236;Cyd Po\n")
    find = matcher(people)
    for name in ("20231234+20231235", "hw3_20231234_20231235", "20231234-Ada Lovelace+20231235-Bob Ray"):
        assert whose(find, name, {}) is None
        assert pair(find, name) == [0, 1]
    assert whose(find, "20231234-Ada Lovelace-20231234", {}) == 0
    assert whose(find, "20231236_99999999", {}) == 2


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Roll No.", "id"),
        ("Reg. No", "id"),
        ("DNI", "id"),
        ("NIM", "id"),
        ("Mã SV", "id"),
        ("Họ và tên", "name"),
        ("Nama", "name"),
        ("Nachname, Vorname", "name"),
        ("Name of Student", "name"),
        ("Email ID", "mail"),
        ("No.", ""),
        ("Course code", ""),
        ("Group", ""),
    ],
)
def test_headings_of_offices_in_more_languages(heading: str, meaning: str) -> None:
    assert means(heading) == meaning


def test_a_sum_below_the_students_is_nobody(tmp_path: Path) -> None:
    rows = "Id,Name,Mail\n1,Ada Lovelace,\n2,Total,t@x.org\n,Sum Wong,\nTotal: 2,,\n,Total,2\n合计,2,\n"
    assert [one["name"] for one in listed(tmp_path / "r.csv", rows)] == ["Ada Lovelace", "Total", "Sum Wong"]


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("oneilsean", 0),
        ("darcjeanluc", 1),
        ("ruizsotojuan", 2),
        ("Ruiz Soto_Juan", 2),
        ("hw3_ab123", 3),
        ("itp-hw3-9001-ge12abc", 4),
        ("ge12abc+ab123", None),
        ("hw12_v10", None),
        ("梅梅_韩", 5),
        ("韩梅梅_u12_70002", 5),
    ],
)
def test_family_names_of_two_words_and_user_names_find_their_students(
    name: str, at: int | None, tmp_path: Path
) -> None:
    people = listed(
        tmp_path / "r.csv",
        "Username,Last name,First name\n1,O'Neil,Seán\n2,d’Arc,Jean-Luc\n3,Ruiz Soto,Juan\nab123,Po,Cyd\n"
        "ge12abc,Wu,Dee\n6,韩,梅梅\n",
    )
    assert people[5]["name"] == "韩梅梅"
    find = matcher(people)
    assert whose(find, name, {"sortable": name} if name.islower() and name.isalpha() else {}) == at


def test_two_students_whose_names_join_alike_are_neither(tmp_path: Path) -> None:
    people = listed(tmp_path / "r.csv", "Id,Last name,First name\n1,O'Neil,Sean\n2,Neil,Sean O\n")
    assert whose(matcher(people), "oneilsean", {"sortable": "oneilsean"}) is None


def test_the_numbers_of_two_user_names_are_a_group(tmp_path: Path) -> None:
    people = listed(tmp_path / "r.csv", "Username,Name\nab123,Cyd Po\nge12abc,Dee Wu\n")
    assert pair(matcher(people), "hw3_ge12abc_ab123") == [0, 1]


def test_a_number_with_a_typing_error_gives_nobody_another_students_mark(tmp_path: Path) -> None:
    people = listed(tmp_path / "r.csv", "Id,Name\n20231234,Ada Lovelace\n20231235,Bob Ray\n20231236,李娜\n")
    find = matcher(people)
    for name in ("20231235_Ada Lovelace", "hw3-Ada Lovelace-20231235", "20231235李娜", "20231234_李娜"):
        assert whose(find, name, {}) is None
        assert pair(find, name) == []
    assert whose(find, "20231234_Ada Lovelace", {}) == 0
    assert whose(find, "20231239_Ada Lovelace", {}) == 0
    assert whose(find, "20231236李娜", {}) == 2
    assert pair(find, "20231234_Ada Lovelace_Bob Ray") == [0, 1]


def test_a_number_of_each_line_is_the_id_only_where_there_is_no_other(tmp_path: Path) -> None:
    alone = listed(tmp_path / "a.csv", "N°;Nom;Prénom\n41;Dubois;Chloé\n42;Petit;Hugo\n")
    assert [one["id"] for one in alone] == ["41", "42"]
    assert whose(matcher(alone), "42", {}) == 1
    assert whose(matcher(alone), "hw_42", {}) is None
    beside = listed(tmp_path / "b.csv", "Nr.;Matrikelnummer;Name\n1;20231234;Ada Lovelace\n")
    assert [one["ids"] for one in beside] == ["20231234"]


def test_a_platforms_key_and_name_of_two_students_are_nobodys(tmp_path: Path) -> None:
    find = matcher(listed(tmp_path / "r.csv", "Nr.,Name\n150,Ada Lovelace\n151,Bob Ray\n"))
    assert whose(find, "raybob_150", {"canvas": "150", "sortable": "raybob"}) is None
    assert whose(find, "lovelaceada_150", {"canvas": "150", "sortable": "lovelaceada"}) == 0
    assert whose(find, "raybob_9", {"canvas": "9", "sortable": "raybob"}) == 1
