"""Course folders that instructors have sorted by hand, and names of students that are words of a work."""

import random
from itertools import product
from pathlib import Path

from tests.courses.making import Course, course, helper, network, put, zipped


@course
def folders_of_a_grader_beside_students(at: Path) -> Course:
    """`graded` and `G-Z` hold a student with a full name; `emma` and `ada` are students with files of any name."""
    put(at, {"lu2/Hand Wizard.py": network("lu"), "eve po/Great Wizard.py": network("eve")})
    put(at, {"graded/Ana Sousa/n.py": network("ana"), "G-Z/Ивán Рeйс.py": network("ivan")})
    put(at, {"to grade/Rui Dias.py": network("rui"), "to grade/Lia Łuk.py": network("lia")})
    put(
        at,
        {"emma/Emma Berg.py": network("emma"), "ada/Network.py": network("ada"), "20231234/Bo Lee.py": network("bo")},
    )
    rows = ("20231234", "Ana Sousa", "Lia Łuk", "Rui Dias", "ada", "emma", "eve po", "lu2", "Ивán Рeйс")
    return Course(at, dict.fromkeys(("ana", "ivan", "rui", "lia", "emma", "ada", "bo", "lu", "eve"), 1), rows=rows)


@course
def a_folder_of_one_beside_two_students(at: Path) -> Course:
    put(at, {f"{who}.py": network(who[:3].lower()) for who in ("Ana Sousa", "Rui Dias")})
    put(
        at,
        {"Late (penalty 10)/Ivo Reis.py": network("ivo"), "Plagiarism/Lia Pinto.zip": zipped({"n.py": network("lia")})},
    )
    return Course(
        at, dict.fromkeys(("ana", "rui", "ivo", "lia"), 1), rows=("Ana Sousa", "Ivo Reis", "Lia Pinto", "Rui Dias")
    )


@course
def a_folder_of_one_beside_one_student(at: Path) -> Course:
    """Nothing says that `nets` is no student's."""
    put(at, {"Ana Sousa.py": network("ana"), "nets/Deep Sea.py": network("nets")})
    return Course(at, {"ana": 1, "nets": 1}, rows=("Ana Sousa", "nets"))


@course
def students_called_like_parts(at: Path) -> Course:
    for who in ("Lab Week", "Data Test", "Ray Layer"):
        put(at, {f"HW 3/{who}/network.py": network(who[:3])})
    return Course(at, {"Lab": 1, "Dat": 1, "Ray": 1}, rows=("Data Test", "Lab Week", "Ray Layer"))


@course
def parts_called_like_parts(at: Path) -> Course:
    """A part with a common word, with a word that nobody is called, or without a network: one student's."""
    folder = random.Random(10).choice(("Old Network", "Test Network", "Main Code", "My Solution"))
    put(at, {f"ada/{folder}/network.py": network("ada"), "ada/Data Test/network.py": network("ada")})
    return Course(at, {"ada": 1}, rows=("ada",))


@course
def students_called_like_parts_beside_others(at: Path) -> Course:
    for ta, who in product(("TA Kim", "TA Lee"), (1, 2)):
        name = {"TA Kim": ("Lab Week", "Data Test"), "TA Lee": ("Ana Sousa", "Rui Dias")}[ta][who - 1]
        put(at, {f"{ta}/{name}/n.py": network(name[:3])})
    put(at, {"late/Code Main.py": network("Cod")})
    rows = ("Ana Sousa", "Data Test", "Lab Week", "Rui Dias", "Code Main")
    return Course(at, dict.fromkeys(("Lab", "Dat", "Ana", "Rui", "Cod"), 1), rows=rows)


@course
def submitted_files_of_teams_hold_students_alone(at: Path) -> Course:
    for who, version in (("Lab Week", 1), ("Data Test", 1), ("Data Test", 2)):
        put(at, {f"Submitted files/{who}/HW 3/Version {version}/mynet.py": network(who[:3], version)})
    put(at, {"Submitted files/Data Test/HW 3/Version 2/mynet-PC-77.py": helper("Dat", 2)})
    return Course(at, {"Lab": 1, "Dat": 2}, rows=("Data Test", "Lab Week"))


@course
def versions_of_teams_in_more_languages(at: Path) -> Course:
    for version in (1, 2, 10):
        put(at, {f"Arquivos enviados/Ana/Tarefa 3/Versão {version}/n.py": network("ana", version)})
        put(at, {f"Arquivos enviados/Rui/Tarefa 3/Versão {version}/n.py": network("rui", version)})
        put(at, {f"Arquivos enviados/Lia/과제/버전 {version}/n.py": network("lia", version)})
    return Course(at, {"ana": 10, "rui": 10, "lia": 10}, rows=("Ana", "Lia", "Rui"))


@course
def a_chat_with_its_page(at: Path) -> Course:
    put(at / "ChatExport", {"messages.html": b"<html>", "css/style.css": b"x", "js/script.js": b"x"})
    put(at / "ChatExport", {"files/ana_sousa.py": network("ana"), "files/rui_dias (1).py": network("rui")})
    return Course(at, {"ana": 1, "rui": 1})


@course
def archives_of_sections_in_an_archive(at: Path) -> Course:
    sections = {f"HW3/{name}.zip": zipped({f"{who}.py": network(who[:3]) for who in people}) for name, people in GROUPS}
    put(at, {"HW3.zip": zipped(sections)})
    return Course(
        at, dict.fromkeys(("Ana", "Rui", "Ivo", "Lia"), 1), rows=("Ana Sousa", "Ivo Reis", "Lia Pinto", "Rui Dias")
    )


GROUPS = (("A", ("Ana Sousa", "Rui Dias")), ("B", ("Ivo Reis", "Lia Pinto")))


@course
def groups_in_chinese(at: Path) -> Course:
    put(at / "第一组", {"王伟.py": network("wang"), "李娜.py": network("li")})
    put(at / "第二组", {"赵雷.py": network("zhao")})
    return Course(at, dict.fromkeys(("wang", "li", "zhao"), 1), rows=("李娜", "王伟", "赵雷"))


@course
def groups_in_chinese_with_a_work_each(at: Path) -> Course:
    put(at, {f"第{n}组/network.py": network(f"g{ord(n)}") for n in "一二三"})
    return Course(at, {f"g{ord(n)}": 1 for n in "一二三"}, rows=("第一组", "第三组", "第二组"))


@course
def downloads_of_blackboard_with_a_student_each(at: Path) -> Course:
    for number, who in enumerate(("ab12", "cd34"), 1):
        front = f"HW3_{who}_attempt_2026-11-01-10-11-12"
        files = {f"{front}_n.py": network(who), f"{front}.txt": f"Name: X Y ({who})\n".encode()}
        put(at, {f"gradebook_{number}.zip": zipped(files)})
    return Course(at, {"ab12": 1, "cd34": 1}, platform="blackboard")


@course
def times_with_a_zone(at: Path) -> Course:
    put(at, {f"Ana Sousa_2026-11-0{n}T10_11_12+00_00/n.py": network("ana", n) for n in (1, 3)})
    put(at, {"Rui Dias_2026-11-01T10_11_12-05_00/n.py": network("rui")})
    return Course(at, {"ana": 3, "rui": 1})


@course
def steps_of_openolat_with_a_solution(at: Path) -> Course:
    put(at / "ana", {"2_submissions/n.py": network("ana"), "5_solution/s.py": network("x")})
    put(
        at / "rui",
        {"1_assignment/t.py": network("x"), "2_submissions/n.py": network("rui"), "3_reviews/n.py": network("x")},
    )
    put(at / "lia", {"1_tasks/t.py": network("x"), "5_solutions/s.py": network("x")})
    return Course(at, {"ana": 1, "rui": 1}, not_judged=("lia",))


@course
def leavings_of_editors_and_tables_of_offices(at: Path) -> Course:
    put(at, {"Ana.py": network("ana"), "#Rui#": b"x", "#Rui.py#": network("rui", 0), "Rui.py": network("rui")})
    put(at, {"~WRL0001.tmp": b"x", "Übersicht.xlsx": b"PK", "作业统计.xls": b"x", "#1 Lia.py": network("lia")})
    return Course(at, {"ana": 1, "rui": 1, "lia": 1}, rows=("#1 Lia", "Ana", "Rui"), passed=3)


@course
def sections_of_one_student_in_a_folder(at: Path) -> Course:
    put(at / "grading", {"A/Ana Sousa/n.py": network("ana"), "A/Rui Dias/n.py": network("rui")})
    put(at / "grading", {"B/Ivo Reis/n.py": network("ivo")})
    return Course(at, dict.fromkeys(("ana", "rui", "ivo"), 1), rows=("Ana Sousa", "Ivo Reis", "Rui Dias"))


@course
def a_work_in_folders_in_a_folder(at: Path) -> Course:
    """Of one student, as the folder beside is called by words of a network."""
    put(
        at / "hw",
        {"src/ana_net.py": network("ana"), "src/ana_loss.py": helper("ana"), "old/Deep Net/n.py": network("ana")},
    )
    return Course(at, {"ana": 1}, rows=("hw",))


@course
def classes_by_letters_in_japanese(at: Path) -> Course:
    put(at, {"A組/田中.py": network("tanaka"), "A組/佐藤.py": network("sato"), "B組/鈴木.py": network("suzuki")})
    put(at, {"C組/network.py": network("c")})
    rows = ("C組", "佐藤", "田中", "鈴木")
    return Course(at, dict.fromkeys(("tanaka", "sato", "suzuki", "c"), 1), rows=rows)


@course
def working_files_of_teams_in_another_language(at: Path) -> Course:
    put(at / "Fichiers envoyés", {f"Nina/TP 3/Version {n}/n.py": network("nina", n) for n in (1, 2)})
    put(at / "Fichiers envoyés", {"Olaf/TP 3/n.py": network("olaf")})
    put(at / "Fichiers de travail", {f"{who}/TP 3/n.py": network(who.lower(), 0) for who in ("Nina", "Olaf", "Pia")})
    return Course(at, {"nina": 2, "olaf": 1}, rows=("Nina", "Olaf"))


@course
def a_list_of_an_export(at: Path) -> Course:
    put(at, {"manifest.json": b"{}", "metadata.xml": b"<x/>", "ada.py": network("ada"), "bob.json": b"{}"})
    return Course(at, {"ada": 1}, not_judged=("bob",), rows=("ada", "bob"))
