"""Course folders whose attempts have days with a year or numbers of a collector, and whose top has files of tools."""

import unicodedata
from pathlib import Path

from tests.courses.making import Course, course, helper, network, put, zipped


@course
def attempts_by_days_with_a_year(at: Path) -> Course:
    for who, days in {
        "ada": ("1 Nov 2026", "12 Nov 2026"),
        "bob": ("Dec 30, 2026", "Jan 2, 2027"),
        "cyd": ("1.11.2026", "12.11.2026"),
        "dee": ("11-3-2026", "11-12-2026"),
        "eve": ("2026-11-01", "3. Dezember 2026"),
    }.items():
        put(at, {f"{who}/{day}/network.py": network(who, number) for number, day in enumerate(days, 1)})
    return Course(at, dict.fromkeys(("ada", "bob", "cyd", "dee", "eve"), 2), rows=["ada", "bob", "cyd", "dee", "eve"])


@course
def files_by_days_with_a_year(at: Path) -> Course:
    put(at, {f"ada {day}.py": network("ada", n) for n, day in enumerate(("30 Dec 2026", "2 January 2027"), 1)})
    put(at, {f"bob_{day}.py": network("bob", n) for n, day in enumerate(("Nov_3_2026", "Nov_12_2026"), 1)})
    put(at, {f"cyd Nov {day}.py": network(f"cyd{day}") for day in (3, 12)})  # Nov may be a name
    return Course(at, {"ada": 2, "bob": 2, "cyd3": 1, "cyd12": 1})


@course
def days_with_and_without_a_year_of_one_student(at: Path) -> Course:
    put(at, {"ada/12 Nov/network.py": network("ada", 1), "ada/1 Nov 2026/network.py": network("ada", 1)})
    put(at, {"bob/network.py": network("bob")})
    return Course(at, {"ada": 1, "bob": 1}, rows=["ada", "bob"])


@course
def attempts_of_marmoset(at: Path) -> Course:
    put(at, {f"ada__{n}__{1000 + n}/src/network.py": network("ada", n) for n in (1, 2, 10)})
    put(at, {"b_o.b__1__1001.zip": zipped({"network.py": network("b_o", 1)}), "cyd__3__1004/x.txt": b""})
    put(at, {"b_o.b__2__1020.zip": zipped({"network.py": network("b_o", 2)})})
    return Course(at, {"ada": 10, "b_o": 2}, ("cyd",), "marmoset", rows=["ada", "b_o.b", "cyd"])


@course
def archives_of_code_and_of_data(at: Path) -> Course:
    for who in ("ada", "bob"):
        put(at, {f"{who} code.zip": zipped({"network.py": network(who)}), f"{who} data.zip": zipped({"x.csv": b"1"})})
    put(at, {"cyd.zip": zipped({"network.py": network("cyd")}), "cyd_data.zip": b"PK no archive"})
    return Course(at, {"ada": 1, "bob": 1, "cyd": 1}, ("cyd_data",))


@course
def questions_of_a_students_number(at: Path) -> Course:
    for number in ("20231234", "20231235"):
        put(at, {f"{number}_q1.py": helper(number), f"{number}_q2.py": network(number)})
        put(at, {f"{number}_question 3.pdf": b"%PDF"})
    return Course(at, {"20231234": 1, "20231235": 1})


@course
def a_stick_of_windows_with_tools(at: Path) -> Course:
    put(at, {"$RECYCLE.BIN/S-1-5/$R1.py": network("gone"), "System Volume Information/x": b"", "autorun.inf": b""})
    put(at, {"ada/network.py": network("ada"), "bob.py": network("bob"), "bob - Shortcut.lnk": b"L", "cyd.lnk": b"L"})
    put(at, {"grade.sh": b"", "run_all.bat": b"", "Dockerfile": b"", "docker-compose.yml": b"", "dee.sh": b"echo"})
    put(at, {".eve/network.py": network("eve"), ".fay/hw/network.py": network("fay"), ".Trash-0/x.py": network("no")})
    rows = ["ada", "bob", "cyd", "dee", "eve", "fay"]
    return Course(at, {"ada": 1, "bob": 1}, ("cyd", "dee", "eve", "fay"), rows=rows)


@course
def attempts_of_which_some_are_repositories(at: Path) -> Course:
    git = {".git/HEAD": b"ref", "README.md": b"#"}
    for number, day in enumerate(("2026-11-02 10.11", "2026-11-27 10.11"), 1):
        put(at / "ada" / day, {**git, "network.py": network("ada", number)})
        put(at / "bob" / day, {"network.py": network("bob", number)})
    for number in (1, 2):
        put(at / "cyd" / f"hw3-v{number}", {**git, "network.py": network("cyd", number)})
    put(at, {"dee/network.py": network("dee")})
    return Course(at, {"ada": 2, "bob": 2, "cyd": 2, "dee": 1}, rows=["ada", "bob", "cyd", "dee"])


@course
def clones_in_folders_of_sections(at: Path) -> Course:
    for section, who in (("Lab 1", "ada"), ("Lab 1", "bob"), ("Lab 2", "cyd"), ("Lab 2", "dee")):
        put(at / section / f"hw3-{who}", {".git/HEAD": b"ref", "network.py": network(who)})
    return Course(at, dict.fromkeys(("ada", "bob", "cyd", "dee"), 1), platform="github")


@course
def submitted_and_autograded(at: Path) -> Course:
    for who in ("ada", "bob"):
        put(at, {f"PS/submitted/{who}/ps1/p.py": network(who), f"PS/autograded/{who}/ps1/p.py": network(who)})
    return Course(at, {"ada": 1, "bob": 1}, rows=["ada", "bob"])


@course
def names_of_a_mac(at: Path) -> Course:
    def parted(name: str) -> str:
        return unicodedata.normalize("NFD", name)

    put(at, {parted("merciernoël_1000_5000_network.py"): network("noel", 1)})
    put(at, {parted("merciernoël_1000_5001_network-1.py"): network("noel", 2)})
    put(at, {parted("lefèvrezoé_LATE_1001_5002_network.py"): network("zoe")})
    return Course(at, {"noel": 2, "zoe": 1}, platform="canvas", rows=["lefèvrezoé_1001", "merciernoël_1000"])


@course
def a_section_of_a_mac(at: Path) -> Course:
    for name, who in (("Übung 1", "ada"), ("Übung 1", "bob"), ("Übung 2", "cyd")):
        put(at / unicodedata.normalize("NFD", name), {f"{who}.py": network(who)})
    return Course(at, {"ada": 1, "bob": 1, "cyd": 1})


@course
def a_gradescope_export_with_files_of_tools(at: Path) -> Course:
    told = "submission_1:\n  :submitters:\n  - :name: Ada Lee\n    :email: ada@x.org\n"
    put(at, {"submission_metadata.yml": told.encode(), "grade.sh": b"", "README.md": b"", "notes.pdf": b"%PDF"})
    return Course(at, {}, ("Ada Lee", "notes"), "gradescope", rows=["Ada Lee", "notes"])


@course
def attempts_by_days_in_other_languages(at: Path) -> Course:
    for who, days in {
        "ada": ("2 novembre", "12 novembre"),
        "bob": ("30 diciembre 2026", "2 enero 2027"),
        "cyd": ("28 février 2026", "3 août 2026"),
    }.items():
        put(at, {f"{who}/{day}/network.py": network(who, number) for number, day in enumerate(days, 1)})
    put(at, {f"dee 2026-11-01T{hour}-11-12.123Z.py": network("dee", hour) for hour in (10, 11)})
    return Course(at, {"ada": 2, "bob": 2, "cyd": 2, "dee": 11}, rows=["ada", "bob", "cyd", "dee"])


@course
def a_hidden_file_beside_the_network(at: Path) -> Course:
    put(at, {"ada/.a_hidden.py": network("ada", 0), "ada/my_net.py": network("ada"), "bob/.net.py": network("bob")})
    put(at, {"export.csv": b"id,nom\n1,Ada\n", "cyd.csv": b"id,nom\n1,Cyd\n"})
    return Course(at, {"ada": 1, "bob": 1}, ("cyd",), rows=["ada", "bob", "cyd"])
