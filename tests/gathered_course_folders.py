"""Course folders whose attempts have days with a year or numbers of a collector, and whose top has files of tools."""

from pathlib import Path

from tests.course_folders import Course, course, helper, network, put, zipped


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
