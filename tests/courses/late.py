"""Folders of late work and of attempts beside others, and what belongs to the course beside them."""

from pathlib import Path

from tests.courses.making import Course, course, network, notebook, put


@course
def full_names_in_a_folder_of_late_work(at: Path) -> Course:
    on_time, late = at / "HW3 (File responses)", at / "HW3 late (File responses)"
    put(on_time, {"network - Ada Lee.py": network("ada"), "network (1) - Bob Roe.py": network("bob")})
    put(late, {"network - Bob Roe.py": network("bob", 2), "network - Cy Tan.py": network("cy")})
    return Course(at, {"ada": 1, "bob": 2, "cy": 1}, platform="forms", rows=["Ada Lee", "Bob Roe", "Cy Tan"])


@course
def full_names_on_time_and_late(at: Path) -> Course:
    put(at / "on time", {"Ada Lee/network.py": network("ada"), "Bob Roe.py": network("bob", 0)})
    put(at / "on time", {"Bob Roe v2.py": network("bob")})
    put(at / "late", {"Bob Roe.py": network("bob", 2), "Cy Tan/network.py": network("cy")})
    return Course(at, {"ada": 1, "bob": 2, "cy": 1})


@course
def late_work_of_one_of_two_tasks(at: Path) -> Course:
    for task in ("HW3", "HW4"):
        put(at / task, {f"network - {who}.py": network(f"{who[:3]}{task}") for who in ("Wei Wang", "Ada Lee")})
    put(at / "HW4 late", {"network - Wei Wang.py": network("WeiHW4", 2), "network - Bob Roe.py": network("bob")})
    judged = {"WeiHW3": 1, "AdaHW3": 1, "WeiHW4": 2, "AdaHW4": 1, "bob": 1}
    return Course(at, judged, platform="forms")


@course
def names_of_one_word_and_of_sections_stay_apart(at: Path) -> Course:
    for section, who in (("section 1", "Ada Lee"), ("section 2", "Bob Roe")):
        put(at / section, {"Wei Wang.py": network(f"wei{section[-1]}"), f"{who}.py": network(who.split()[0])})
    put(at / "late", {"wei.py": network("wei"), "Cy Tan.py": network("Cy")})
    return Course(at, dict.fromkeys(("wei1", "wei2", "Ada", "Bob", "wei", "Cy"), 1))


@course
def attempts_of_a_whole_class(at: Path) -> Course:
    put(
        at / "First attempt",
        {f"{who}/network.py": network(who[:3].strip()) for who in ("Ada Lee", "Bob Roe", "Cy Tan")},
    )
    put(at / "Second attempt", {"Ada Lee/network.py": network("Ada", 2)})
    return Course(at, {"Ada": 2, "Bob": 1, "Cy": 1})


@course
def the_courses_tests_and_handouts_beside(at: Path) -> Course:
    put(at, {"ada.py": network("ada"), "bob.py": network("bob"), "conftest.py": b"import pytest\n"})
    put(
        at,
        {"test_network.py": b"import unittest\n", "tests/q1.py": b"test = {}\n", "autograder/run.py": b"import sys\n"},
    )
    put(at, {"HW3 instructions.pdf": b"%PDF", "lecture10.pdf": b"%PDF", "handout/data.csv": b"1", "hw03.ok": b"{}"})
    for name in ("New folder", "New folder (2)", "新建文件夹"):
        (at / name).mkdir()
    put(at, {"作业_77.csv": "编号,姓名,学号\n".encode(), "moodle.log": b"x"})
    return Course(at, {"ada": 1, "bob": 1}, rows=["ada", "bob"])


@course
def students_who_are_called_like_that(at: Path) -> Course:
    put(at, {f"{who}/network.py": network(who) for who in ("Tests", "Handout", "ada")})
    put(at, {"test_bob.py": b"# by bob#1\nimport unittest\n", "test.py": network("test")})
    return Course(at, {"Tests": 1, "Handout": 1, "ada": 1, "bob": 1, "test": 1}, rows=())


@course
def nbgraders_header_and_results_for_one(at: Path) -> Course:
    put(at / "submitted", {f"{who}/ps3/network.ipynb": notebook(who) for who in ("ada", "bob")})
    put(at, {"gradebook.db": b"", "header.ipynb": notebook("teacher"), "feedback_generated/x.html": b""})
    return Course(at, {"ada": 1, "bob": 1}, rows=["ada", "bob"])


@course
def late_work_within_each_section(at: Path) -> Course:
    for n in "12":
        put(at / f"section {n}", {"Wei Wang.py": network(f"wei{n}"), "late/Wei Wang.py": network(f"wei{n}", 2)})
        put(at / f"section {n}", {f"Ada Lee {'A' * int(n)}.py": network(f"ada{n}")})
    return Course(at, {"wei1": 2, "wei2": 2, "ada1": 1, "ada2": 1})


@course
def attempts_of_a_class_within_each_section(at: Path) -> Course:
    for n in "12":
        put(at / f"section {n}/First attempt", {"Wei Wang.py": network(f"wei{n}"), "Ada Lee.py": network(f"ada{n}")})
        put(at / f"section {n}/Second attempt", {"Wei Wang.py": network(f"wei{n}", 2)})
    return Course(at, {"wei1": 2, "wei2": 2, "ada1": 1, "ada2": 1})


@course
def numbers_and_mails_in_a_folder_of_late_work(at: Path) -> Course:
    put(at / "on time", {"20231234.py": network("n"), "ada@x.edu/network.py": network("a"), "bob.py": network("bob")})
    put(at / "late", {"20231234.py": network("n", 2), "ada@x.edu/network.py": network("a", 2), "bob.py": network("b2")})
    return Course(at, {"n": 2, "a": 2, "bob": 1, "b2": 1})


@course
def attempts_of_one_group(at: Path) -> Course:
    put(at / "Team 1", {"First attempt/network.py": network("one"), "Second attempt/network.py": network("one", 2)})
    put(at / "Klasse, Tom", {"First attempt/network.py": network("tom"), "Second attempt/n.py": network("tom", 2)})
    return Course(at, {"one": 2, "tom": 2})


@course
def the_instructors_own_solution_and_lists(at: Path) -> Course:
    put(
        at,
        {"Ada Lee/network.py": network("ada"), "Bob Roe/network.py": network("bob"), "solution.py": network("anyone")},
    )
    put(at, {"_solution/network.py": network("teacher"), "reference solution.py": network("teacher")})
    put(at, {"Klassenliste.xlsx": b"PK", "学生名单.xlsx": b"PK", "tools/collect.py": b"import os\n"})
    return Course(at, {"ada": 1, "bob": 1, "anyone": 1})


@course
def late_work_of_one_with_a_particle(at: Path) -> Course:
    put(at / "HW3", {"García Márquez, Gabriel.py": network("gabo"), "van der Berg, Jan.py": network("jan")})
    put(at / "HW3 late", {"van der Berg, Jan.py": network("jan", 2)})
    return Course(at, {"gabo": 1, "jan": 2})


@course
def late_work_of_one_of_moodles_namesakes(at: Path) -> Course:
    end = "assignsubmission_file/network.py"
    put(at / "HW3", {f"Wei Wang_11_{end}": network("w1"), f"Wei Wang_12_{end}": network("w2")})
    put(at / "late", {f"Wei Wang_12_{end}": network("w2", 2), f"Cy Tan_14_{end}": network("cy")})
    rows = ["Cy Tan", "Wei Wang 11", "Wei Wang 12"]
    return Course(at, {"w1": 1, "w2": 2, "cy": 1}, platform="moodle", rows=rows)


@course
def names_without_blanks_and_files_of_nobody_in_late_work(at: Path) -> Course:
    put(
        at / "on time",
        {"Bob_Roe.py": network("bob"), "CyTan.py": network("cy"), "Jose\u0301 Pe\u0301rez.py": network("jose")},
    )
    put(
        at / "late",
        {"Bob_Roe.py": network("bob", 2), "CyTan.py": network("cy", 2), "José Pérez.py": network("jose", 2)},
    )
    put(at / "on time", {"Final Project.py": network("one"), "Neural_Network.py": network("two")})
    put(at / "late", {"Final Project.py": network("three"), "Neural_Network.py": network("four")})
    put(at / "graded", {"Final Project.py": network("five"), "Dee Ng.py": network("dee"), "network.py": network("six")})
    return Course(
        at,
        {"bob": 2, "cy": 2, "jose": 2, "one": 1, "two": 1, "three": 1, "four": 1}
        | dict.fromkeys(("five", "six", "dee"), 1),
    )


@course
def resubmissions_in_short(at: Path) -> Course:
    put(at, {"ada.py": network("ada", 1), "ada_resub.py": network("ada", 2), "ada_resub2.py": network("ada", 3)})
    put(at, {"resub_cy.py": network("cy", 2), "cy.py": network("cy", 1), "Bob Late2.py": network("late2")})
    put(at, {"Bob.py": network("bob"), "late1.py": network("late1"), "latex1.py": network("latex")})
    put(at, {"di/network.py": network("di", 1), "di/resub/network.py": network("di", 2)})
    return Course(at, {"ada": 3, "cy": 2, "late2": 1, "bob": 1, "late1": 1, "latex": 1, "di": 2})
