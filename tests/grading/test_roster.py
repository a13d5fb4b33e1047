"""A course's list of students: the owner of each submission, the students without one, and their reports."""

import csv
import datetime
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from nnkata import files
from nnkata.errors import UsageError
from nnkata.grading.records import load
from nnkata.grading.rosters.headings import means
from nnkata.grading.rosters.matching import forms
from nnkata.grading.rosters.roster import roster
from tests.support import forks
from tests.support.late import Late

openpyxl = Late("openpyxl")

ROOT = Path(__file__).parents[2]


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
        ('"Apellidos, Nombre",NIA,Correo\n"Lovelace, Ada",s1,ada@x.org\n', "utf-8"),
        ("Nachname und Vorname;Matr.-Nr.;E-Mail\nLovelace Ada;s1;ada@x.org\n", "utf-8"),
        ("Matrícula;Nome completo;E-mail institucional\ns1;Ada Lovelace;ada@x.org\n", "utf-8"),
        ("kennitala,Nafn,Netfang\ns1,Ada Lovelace,ada@x.org\n", "utf-8"),
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
        ("Öğrenci No;Adı;Soyadı\n1;Işıl;Çelik\n", "cp1254"),
        ("Όνομα;Επώνυμο\nΝίκος;Παπάς\n", "cp1253"),
        ("שם פרטי;שם משפחה\nדנה;כהן\n", "cp1255"),
        ("الاسم;رقم الطالب\nمحمد علي;1\n", "cp1256"),
        ("ชื่อ;นามสกุล\nสมชาย;ใจดี\n", "cp874"),
    ],
)
def test_a_roster_is_read_in_the_encodings_of_offices(text: str, encoding: str, tmp_path: Path) -> None:
    people = listed(tmp_path / "roster.csv", text, encoding)
    assert people == listed(tmp_path / "unicode.csv", text, "utf-8")


@pytest.mark.parametrize("cell", ['="0123"', "'0123", "0123", "0123.0", " 0123 "])
def test_a_number_is_read_without_the_marks_of_a_spreadsheet(cell: str, tmp_path: Path) -> None:
    (one,) = listed(tmp_path / "roster.csv", f"Name,ID\n'T Hooft,{cell}\n")
    assert (one["name"], one["id"]) == ("'T Hooft", "0123")


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
        (b"a\0", "not a text file"),
        (b"", "no column"),
        (b"id,name\n", "no student below"),
        (b"name,role\nAda,Teacher\n", "no student below"),
        (b'id,name\n1,"Ada\n2,Bob\n3,Cyd\n', "'Ada'"),
        (b'note;id;name\n"asked;1;Ada\nlate;2;Bob\n;3;Cyd\n', "'asked;1;Ada'"),
    ],
)
def test_a_file_that_is_not_a_roster_is_an_error(content: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(content)
    with pytest.raises(UsageError, match=why):
        roster(tmp_path / "roster.csv")


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
    ends = b"class Ends:\n    raise SystemExit(3)\n\n\n"  # among its definitions, so that these cannot be judged either
    (course / f"End Early_4{made}_network.py").write_bytes(ends + RIGHT)
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


def test_a_count_of_the_lines_beside_another_number_is_no_id(tmp_path: Path) -> None:
    heads = "N°;NOM;Prénom;Numéro;Mail"
    people = listed(tmp_path / "r.csv", f"{heads}\n1;Lovelace;Ada;771;ada@x.org\n2;Roe;Bob;772;bob@x.org\n")
    assert [one["ids"] for one in people] == ["771", "772"]
    (alone, _other) = listed(tmp_path / "r.csv", "Nr;Name\n1;Ada Lovelace\n2;Bob Roe\n")
    assert alone["ids"] == "1"


def test_vowels_of_india_and_japan_tell_names_apart_and_stay_in_a_word(tmp_path: Path) -> None:
    assert not forms("राम शर्मा") & forms("रीमा शर्मा")
    assert not forms("かき") & forms("がき")
    assert forms("मिश्रा राज") == forms("राज मिश्रा")
    assert forms("José Núñez") == forms("Nunez Jose")
    (one,) = listed(tmp_path / "r.csv", "NOM;Prénom;Mail\nमिश्रा;राज;r@x.org\n")
    assert one["name"] == "राज मिश्रा"


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
        ("Personnummer", "id"),
        ("Индивидуальный номер", "id"),
        ("รหัสประจำตัว", "id"),
        ("Aluno", "name"),
        ("ADI", "first"),
        ("Tussenvoegsel", "infix"),
        ("Preferred First Name", "called"),
        ("No.", ""),
        ("Course code", ""),
        ("Group", ""),
    ],
)
def test_headings_of_offices_in_more_languages(heading: str, meaning: str) -> None:
    assert means(heading) == meaning


def test_a_cell_of_several_lines_is_no_swallowed_line(tmp_path: Path) -> None:
    rows = 'id,name,note\n1,Ada,"asked, by mail\nand came, once, twice"\n2,"Bob\nRay, Jr.",\n'
    assert [one["id"] for one in listed(tmp_path / "r.csv", rows)] == ["1", "2"]


def test_an_id_of_two_students_is_a_doubt(tmp_path: Path) -> None:
    course = tmp_path / "course"
    course.mkdir()
    for who in ("Ada Lee", "Bob Ray", "Cyd Po"):
        (course / f"{who}.py").write_bytes(RIGHT)
    roster_file = tmp_path / "r.csv"
    roster_file.write_text("id,name,mail\n7,Ada Lee,a@x\n7,Bob Ray,b@x\n8,Cyd Po,c@x\n8,Cyd Po,c@x\n", encoding="utf-8")
    command = ["grade", str(course), "--output", str(tmp_path / "out"), "--roster", str(roster_file)]
    done = forks.run([*command, "--isolation", "process", "--stage", "update", "--seed", "1"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "the roster has 7 for several students, Ada Lee, Bob Ray; correct it" in done.stdout
    assert done.stdout.count("In doubt") == 1
    people = {one.submission: one.person["name"] for one in load(tmp_path / "out").submissions}
    assert people == {who: who for who in ("Ada Lee", "Bob Ray", "Cyd Po")}


def test_a_sum_below_the_students_is_nobody(tmp_path: Path) -> None:
    rows = "Id,Name,Mail\n1,Ada Lovelace,\n2,Total,t@x.org\n,Sum Wong,\nTotal: 2,,\n,Total,2\n合计,2,\n"
    assert [one["name"] for one in listed(tmp_path / "r.csv", rows)] == ["Ada Lovelace", "Total", "Sum Wong"]
