"""Course folders with folders of data, packages and marked copies beside submissions, and with days of a collector."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put
from tests.courses.owned import using


@course
def months_of_a_chat_program(at: Path) -> Course:
    put(at / "FileStorage" / "File", {"2026-11/张三.py": network("zhang"), "2026-11/李四.py": network("li")})
    put(at / "FileStorage" / "File", {"2026-12/王五.py": network("wang")})
    return Course(at, {"zhang": 1, "li": 1, "wang": 1}, rows=("张三", "李四", "王五"))


@course
def late_work_by_days(at: Path) -> Course:
    put(
        at, {"ada.py": network("ada"), "late/2026-11-05/bob.py": network("bob"), "late/2026-11-06/cy.py": network("cy")}
    )
    return Course(at, {"ada": 1, "bob": 1, "cy": 1}, rows=("ada", "bob", "cy"))


@course
def days_of_one_student(at: Path) -> Course:
    put(at, {f"ada/2026-11-0{day}/network.py": network("ada", day) for day in (5, 6)})
    put(at, {f"bob/2026-1{month}/my_net.py": network("bob", month) for month in (1, 2)})
    return Course(at, {"ada": 6, "bob": 2}, rows=("ada", "bob"))


@course
def folders_of_pictures_and_data_beside_a_file(at: Path) -> Course:
    put(at, {"ada.ipynb": notebook("ada"), "ada.html": b"<html>", "ada_files/plot.png": b"\x89PNG"})
    put(at, {"bob.py": network("bob"), "bob_data/train.csv": b"1,2", "bob_feedback.txt": b"good"})
    put(at, {"cy/notes.txt": b"ill", "dee_files/a.png": b"\x89PNG"})
    return Course(at, {"ada": 1, "bob": 1}, ("cy", "dee_files"), rows=("ada", "bob", "cy", "dee_files"))


@course
def a_package_of_the_course_that_several_import(at: Path) -> Course:
    put(at, {"common/__init__.py": b"", "common/layers.py": b"def f(): return 1\n"})
    put(at, {"ada.py": using("ada", "common.layers"), "bob/main.py": using("bob", "common"), "cy.py": network("cy")})
    files = {"ada": ["ada.py", "common/__init__.py", "common/layers.py"], "cy": ["cy.py"]}
    return Course(at, {"ada": 1, "bob": 1, "cy": 1}, rows=("ada", "bob", "cy"), files=files)


@course
def folders_that_only_one_imports_or_that_hold_a_network(at: Path) -> Course:
    put(at, {"ada.py": using("ada", "eve"), "eve/helper.py": helper("eve"), "eve/network.ipynb": notebook("eve")})
    for who in ("bob", "cy"):
        put(at, {f"{who}/main.py": using(who, "dee"), f"{who}/dee/tools.py": helper(who)})
    put(at, {"dee/network.py": network("dee"), "flo/part.py": helper("flo"), "flo/other.py": helper("flo")})
    put(at, {"gus.py": using("gus", "flo"), "hal.py": using("hal", "jo"), "ian.py": using("ian", "jo.layers")})
    put(at, {"jo/my_net.py": helper("jo"), "jo/plots.py": helper("jo")})  # a name that is no package's by chance
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "dee", "eve", "gus", "hal", "ian"), 1), ("flo", "jo"))


@course
def rounds_of_a_task_with_a_student_each(at: Path) -> Course:
    put(at / "HW3", {"Draft/ada.py": network("ada"), "Final/bob.py": network("bob")})
    return Course(at, {"ada": 1, "bob": 1})


@course
def rounds_of_the_only_student_of_a_task(at: Path) -> Course:
    put(at / "HW3", {"Draft/my_net.py": network("ada"), "Final/my_net.py": network("ada", 2)})
    return Course(at, {"ada": 2}, rows=("HW3",))


@course
def copies_that_are_marked_or_are_jupyters(at: Path) -> Course:
    put(at, {"ada.py": network("ada"), "ada_graded.py": network("ada", 0)})
    put(at, {"bob.ipynb": notebook("bob"), "bob-Copy1.ipynb": notebook("bob", 0), "cy-Copy1.ipynb": notebook("cy")})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1})


@course
def later_versions_in_more_languages(at: Path) -> Course:
    words = (
        "überarbeitet",
        "korrigiert",
        "corregido",
        "corrigé",
        "definitivo",
        "corrigido",
        "исправленный",
        "endgültig",
    )
    for number, word in enumerate(words):
        put(at, {f"w{number}x.py": network(f"w{number}x"), f"w{number}x_{word}.py": network(f"w{number}x", 2)})
    put(at, {"AdaLeeHW3v1.py": network("ada"), "AdaLeeHW3v2.py": network("ada", 2)})
    return Course(at, {**{f"w{number}x": 2 for number in range(len(words))}, "ada": 2})


@course
def users_whose_numbers_look_like_versions(at: Path) -> Course:
    names = ("ab1v18", "ab1v19", "lev1", "lev2", "le")
    put(at, {f"{name}.py": network(name) for name in names})
    return Course(at, dict.fromkeys(names, 1))


@course
def a_task_and_a_file_before_the_student(at: Path) -> Course:
    for who in ("Ada Lovelace (12345678)", "Bob Roe (12345679)"):
        mark = who[:3].lower()
        put(at, {f"HW3 - network - {who}.py": network(mark), f"HW3 - layers - {who}.py": helper(mark)})
    return Course(at, {"ada": 1, "bob": 1}, platform="forms")


@course
def families_and_first_names_with_a_dash_behind_a_task(at: Path) -> Course:
    names = {"Smith - Anna": "s-anna", "Jones - Anna": "j-anna", "Ben Wu": "ben", "Cy Tan": "cy", "Dee Ng": "dee"}
    put(at, {f"HW3 - {name}.py": network(mark) for name, mark in names.items()})
    return Course(at, dict.fromkeys(names.values(), 1), platform="forms", rows=tuple(names))


@course
def lists_and_archives_of_platforms_beside(at: Path) -> Course:
    put(at, {"submitted/ada/ps1/p.ipynb": notebook("ada"), "submitted/bob/ps1/p.ipynb": notebook("bob")})
    put(at, {"downloaded/ps1/extracted/ada.ipynb": notebook("ada"), "gradebook.db": b""})
    return Course(at, {"ada": 1, "bob": 1}, rows=("ada", "bob"))


@course
def tables_of_participants(at: Path) -> Course:
    put(at, {"ada.py": network("ada"), "participants.csv": b"Candidate;Room\n", "收集结果.xlsx": b"PK"})
    put(at, {"archive_browser.html": b"<html>", "bob_members.csv": b"epoch,loss\n1,2\n"})
    return Course(at, {"ada": 1}, ("bob_members",))
