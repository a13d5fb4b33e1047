"""Folders whose names say more than a student: a platform's numbers that are none, marks of versions, masks of code."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put, zipped


@course
def the_number_of_a_course_before_each_name(at: Path) -> Course:
    put(at, {f"ml_{group}_{at_}_{who}.py": network(who) for group, at_, who in ((3, 1, "ada"), (3, 2, "bob"))})
    put(at, {"ml_4_3_cy.zip": zipped({"network.py": network("cy")})})
    return Course(at, dict.fromkeys(("ada", "bob", "cy"), 1))


@course
def a_year_before_archives_and_notebooks(at: Path) -> Course:
    put(at / "HW3", {f"hw3_2026_{n}_{who}.zip": zipped({"n.py": network(who)}) for n, who in ((1, "ada"), (2, "bob"))})
    put(at / "HW4", {f"hw4_2026_{n}_{who}.ipynb": notebook(who) for n, who in ((1, "cy"), (2, "dee"))})
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "dee"), 1))


@course
def groups_and_pairs_with_noughts_before_each_name(at: Path) -> Course:
    names = {"p3_1311_01_delval_sanchez": "a", "p3_1392_18_bellogin_suarez": "b", "p3_1311_02_sanchez": "c"}
    put(at, {f"{name}.zip": zipped({"network.py": network(who)}) for name, who in names.items()})
    return Course(at, dict.fromkeys("abc", 1))


@course
def canvas_with_namesakes_alone(at: Path) -> Course:
    put(at, {"wangwei_201_8001_network.py": network("first"), "wangwei_202_8002_network.py": network("second")})
    return Course(at, {"first": 1, "second": 1}, platform="canvas")


@course
def canvas_with_the_files_of_one(at: Path) -> Course:
    put(at, {"leeada_101_9001_network.py": network("ada"), "leeada_101_9002_layers.py": helper("ada")})
    put(at, {"leeada_101_9003_network.ipynb": notebook("ada"), "leeada_101_9004_data.zip": zipped({"x.csv": b"1"})})
    return Course(at, {"ada": 1}, platform="canvas")


@course
def marks_of_versions_in_many_languages(at: Path) -> Course:
    said = {
        "Ahmet Kaya": "düzeltilmiş",
        "Trần Bình": "nộp lại",
        "Jan Nowak": "poprawiony",
        "Budi": "revisi",
        "Dvořák": "opraveno",
        "Шевченко": "перероблено",
        "Петрова": "переделано",
        "عبد الرحمن": "متأخر",
        "Nagy": "javított",
    }
    names = [(name, f"s{number}", mark) for number, (name, mark) in enumerate(said.items())]
    put(at, {f"{name}.py": network(who) for name, who, _mark in names})
    put(at, {f"{name}_{mark}.py": network(who, 2) for name, who, mark in names})
    return Course(at, {who: 2 for _name, who, _mark in names})


@course
def the_dot_of_an_initial_before_a_mark(at: Path) -> Course:
    put(at, {"Smith J..py": network("j"), "Smith J. (late).py": network("j", 2)})
    put(at, {"Петров П.П./n.py": network("p"), "Петров П.П. (исправлено)/n.py": network("p", 2)})
    put(at, {"Smith J/network.py": network("other"), "Smith.py": network("smith")})
    return Course(at, {"j": 2, "p": 2, "other": 1, "smith": 1})


@course
def families_called_like_marks_of_other_languages(at: Path) -> Course:
    put(at, {f"{name}.py": network(name.split()[-1]) for name in ("Ada", "Ada Son", "Ada Sen", "Ada Ny", "Ada Sena")})
    return Course(at, dict.fromkeys(("Ada", "Son", "Sen", "Ny", "Sena"), 1))


@course
def parts_with_letters(at: Path) -> Course:
    put(at, {"ada_hw3a.py": helper("ada"), "ada_hw3b.py": network("ada"), "bob_partA.py": helper("bob")})
    put(at, {"bob_partB.py": network("bob"), "cy_b.py": network("cyb"), "cy_c.py": network("cyc")})
    return Course(at, {"ada": 1, "bob": 1, "cyb": 1, "cyc": 1})


@course
def code_under_the_ending_of_a_text(at: Path) -> Course:
    put(
        at, {"ada_network.py.txt": network("ada", imports="from layers import f\n"), "ada_layers.py.txt": helper("ada")}
    )
    put(at, {"bob.zip": zipped({"network.py.txt": network("bob"), "layers.py.txt": helper("bob")})})
    put(
        at,
        {"cy/network.py.txt": network("cy", 2), "cy/network.py": network("cy"), "dee/net.ipynb.json": notebook("dee")},
    )
    put(at, {"eve.txt": b"I could not do it.", "flo.json": b"{}", "gus.txt": network("gus")})
    files = {"ada": ["layers.py", "network.py"], "bob": ["layers.py", "network.py"], "cy": ["network.py"]}
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "dee"), 1), ("eve", "flo", "gus"), files=files)


@course
def numbers_of_a_list_before_equal_names(at: Path) -> Course:
    names = {"12 - Wei Wang.py": "first", "17 - Wei Wang.py": "second", "1-4 - Ada Lee - network.py": "third"}
    put(at, {name: network(who) for name, who in (names | {"1-5 - Ada Lee - network.py": "fourth"}).items()})
    return Course(at, dict.fromkeys(("first", "second", "third", "fourth"), 1))


@course
def seats_and_ids_before_and_behind_equal_names(at: Path) -> Course:
    put(at / "seats", {f"{seat} - Wei Wang.py": network(seat) for seat in ("A1", "A2", "B1")})
    put(at / "ids", {f"Wei Wang{number}.py": network(f"w{number[2:5]}") for number in (" (101)", " (102)", "")})
    return Course(at, dict.fromkeys(("A1", "A2", "B1", "w101", "w102", "w"), 1))


@course
def helpers_of_namesakes_by_their_numbers(at: Path) -> Course:
    for n in (12, 17):
        put(at, {f"{n}_Wei Wang_network.py": network(f"w{n}"), f"{n}_Wei Wang_layers.py": helper(f"w{n}")})
    files = {f"w{n}": [f"{n}_Wei Wang_layers.py", f"{n}_Wei Wang_network.py"] for n in (12, 17)}
    return Course(at, {"w12": 1, "w17": 1}, files=files)
