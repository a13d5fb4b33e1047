"""Course folders with environments in projects, attempts by words and counts, and groups named like parts of a work."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, put, zipped

LIBRARY = network("library")


@course
def projects_that_are_environments(at: Path) -> Course:
    packages = "lib/python3.11/site-packages/a.py"
    put(at, {"ada/pyvenv.cfg": b"", f"ada/{packages}": LIBRARY, "ada/network.py": network("ada"), "ada/bin/x.py": b""})
    put(at, {"bob/venv/network.py": network("bob"), "bob/venv/pyvenv.cfg": b"", f"bob/venv/{packages}": LIBRARY})
    inner = {"proj/pyvenv.cfg": b"", "proj/src/network.py": network("cy"), "proj/lib/python3.9/os.py": LIBRARY}
    put(at, {"cy.zip": zipped(inner), "dee.zip": zipped({"venv/main.py": network("dee"), f"venv/{packages}": LIBRARY})})
    inner = {"pyvenv.cfg": b"", "network.py": network("eve"), "Scripts/activate.py": LIBRARY}
    put(at, {"eve.zip": zipped(inner), "fay/Lib/site-packages/x.py": LIBRARY, "fay/code/network.py": network("fay")})
    rows = ("ada", "bob", "cy", "dee", "eve", "fay")
    files = {"ada": ["network.py"], "cy": ["proj/src/network.py"], "dee": ["venv/main.py"], "eve": ["network.py"]}
    return Course(at, dict.fromkeys(rows, 1), rows=rows, files=files)


@course
def environments_of_the_course_and_of_a_student(at: Path) -> Course:
    put(
        at,
        {"env/pyvenv.cfg": b"", "env/lib/python3.11/x.py": LIBRARY, "env/bin/y.py": LIBRARY, "ada.py": network("ada")},
    )
    put(at, {"bob/myenv/conda-meta/x.json": b"{}", "bob/myenv/lib/python3.9/os.py": LIBRARY})
    put(at, {"bob/network.py": network("bob"), "bob/myenv/share/y.py": LIBRARY, "bob/bin/start.py": helper("bob")})
    return Course(at, {"ada": 1, "bob": 1}, files={"bob": ["bin/start.py", "network.py"]}, passed=1)


@course
def attempts_by_a_count_behind_the_first(at: Path) -> Course:
    for who, first, second in (
        ("ada", "Submission", "Submission 2"),
        ("bob", "hw3", "hw3 (1)"),
        ("cy", "v2", "V10 final"),
        ("dee", "Abgabe 1", "Abgabe"),
    ):
        put(at, {f"{who}/{first}/network.py": network(who, 1), f"{who}/{second}/network.py": network(who, 2)})
    put(at, {"ada/Submission/helper.py": helper("ada")})
    put(at, {f"eve/{name}.zip": zipped({"n.py": network("eve", n)}) for n, name in enumerate(("hw", "hw (1)"), 1)})
    judged = {"ada": 2, "bob": 2, "cy": 2, "dee": 1, "eve": 2}
    return Course(at, judged, files={"ada": ["network.py"]}, rows=("ada", "bob", "cy", "dee", "eve"))


@course
def attempts_by_words_alone(at: Path) -> Course:
    for who, first, second in (
        ("ada", "old", "new"),
        ("bob", "on time", "late"),
        ("cy", "Initial submission", "Revised submission"),
        ("dee", "before feedback", "resubmission"),
        ("eve", "draft", "final"),
    ):
        put(at, {f"{who}/{first}/network.py": network(who, 1), f"{who}/{second}/network.py": network(who, 2)})
    put(at, {"fay/network.py": network("fay"), "fay/late/network.py": network("fay", 2)})
    put(at, {"gus/on time/network.py": network("gus")})
    rows = ("ada", "bob", "cy", "dee", "eve", "fay", "gus")
    return Course(at, {**dict.fromkeys(rows, 2), "gus": 1}, rows=rows)


@course
def folders_that_are_no_attempts_by_such_words(at: Path) -> Course:
    put(at, {"ada/final/network.py": network("ada"), "ada/plots new/draw.py": helper("ada")})
    put(at, {"bob/v1/network.py": network("bob"), "bob/v1/layers.py": helper("bob"), "bob/new data/load.py": b""})
    put(at, {"cy/part/network.py": network("cy"), "cy/part (1)/load.py": helper("cy")})
    put(at, {"late/dee/network.py": network("dee"), "late/eve.py": network("eve"), "on time/fay.py": network("fay")})
    rows = ("ada", "bob", "cy", "dee", "eve", "fay")
    return Course(at, dict.fromkeys(rows, 1), rows=rows, files={"cy": ["part/network.py", "part (1)/load.py"]})


@course
def attempts_by_a_clock_of_twelve_hours(at: Path) -> Course:
    for hour, number in (("11.30 AM", 1), ("10.30 PM", 2)):
        put(at, {f"ada/Nov 1, 2026 at {hour}/network.py": network("ada", number)})
    for hour, number in (("1030AM", 1), ("0930PM", 2)):
        put(at, {f"bob/11-01-2026 {hour}/network.py": network("bob", number)})
    put(at, {"Nov Mai, 2026 at 10.30 AM/network.py": network("nov")})
    return Course(at, {"ada": 2, "bob": 2, "nov": 1}, rows=("Nov Mai, 2026 at 10.30 AM", "ada", "bob"))


@course
def files_by_days_in_a_folder(at: Path) -> Course:
    for number, day in enumerate(("30.10.2026", "1.11.2026", "3.11.2026")):
        put(at, {f"ada/network {day}.py": network("ada", number)})
    for number, day in enumerate(("2026-11-01", "2026-11-13")):
        put(at, {f"bob/network_{day}.py": network("bob", number)})
    return Course(at, {"ada": 2, "bob": 1})


@course
def an_attempt_of_no_bytes(at: Path) -> Course:
    put(at, {"ada/Attempt 1/network.py": network("ada"), "ada/Attempt 2/network.py": b""})
    put(at, {"bob/Attempt 1/network.py": b"", "bob/Attempt 2/network.py": network("bob", 2)})
    return Course(at, {"ada": 1, "bob": 2}, rows=("ada", "bob"))


@course
def groups_named_like_parts(at: Path) -> Course:
    put(at / "teams", {f"{name}/network.py": network(name) for name in ("Softmax", "Sigmoid", "ReLU")})
    return Course(at, dict.fromkeys(("Softmax", "Sigmoid", "ReLU"), 1), rows=("ReLU", "Sigmoid", "Softmax"))


@course
def groups_named_like_parts_beside_students(at: Path) -> Course:
    put(
        at,
        {"ada/network.py": network("ada"), "Gruppen/Backprop/n.py": network("g1"), "Gruppen/Deep/n.py": network("g2")},
    )
    return Course(at, {"ada": 1, "g1": 1, "g2": 1}, rows=("Backprop", "Deep", "ada"))


@course
def groups_named_like_parts_in_a_task(at: Path) -> Course:
    put(at / "HW3", {f"{name}/network.py": network(name) for name in ("Softmax", "Sigmoid")})
    return Course(at, dict.fromkeys(("Softmax", "Sigmoid"), 1), rows=("Sigmoid", "Softmax"))


@course
def networks_of_one_student_named_like_parts(at: Path) -> Course:
    put(at, {f"ada/{name}/network.py": network("ada") for name in ("softmax", "sigmoid", "relu")})
    put(at, {f"students/{name}.py": network("sam") for name in ("old_network", "main")})
    return Course(at, {"ada": 1, "sam": 1}, rows=("ada", "students"))


@course
def questions_of_one_student_in_a_task(at: Path) -> Course:
    put(at / "hw3", {f"q{n}/network.py": network("x") for n in (1, 2)})
    return Course(at, {"x": 1}, rows=("hw3",))


@course
def versions_of_one_student_in_a_task(at: Path) -> Course:
    put(at / "hw3", {f"{name}/network.py": network("x", n) for n, name in enumerate(("v1", "v2", "final"))})
    return Course(at, {"x": 2}, rows=("hw3",))


@course
def files_with_the_number_of_their_folder(at: Path) -> Course:
    for number in ("10021", "10022"):
        packed = zipped({"report.pdf": b"%PDF"})
        put(at, {f"{number}/{number}_network.py": network(number), f"{number}/{number}_appendix.zip": packed})
    return Course(at, {"10021": 1, "10022": 1}, rows=("10021", "10022"))
