"""Folders of sections with a folder for each task, and of students with such folders."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, put, zipped


@course
def tasks_of_each_section(at: Path) -> Course:
    for section in ("section 1", "section 2"):
        put(at / section, {f"HW3/{who}{section[-1]}.py": network(f"{who}{section[-1]}") for who in ("ada", "bob")})
        put(at / section, {f"HW4/{who}.py": network(f"{who[:2]}{section[-1]}") for who in ("Cy Tan", "Di Ng")})
    return Course(at, {f"{who}{number}": 1 for who in ("ada", "bob", "Cy", "Di") for number in (1, 2)})


@course
def tasks_of_each_professor(at: Path) -> Course:
    for professor in ("Kim", "Poe"):
        people = {"Ada Lee.py": f"ada{professor}", "Bob Roe/network.py": f"bob{professor}"}
        put(at / f"Prof {professor}/HW3", {name: network(who) for name, who in people.items()})
    return Course(at, dict.fromkeys(("adaKim", "bobKim", "adaPoe", "bobPoe"), 1))


@course
def tasks_of_each_student_by_names_and_titles(at: Path) -> Course:
    put(at / "Ada Lee", {"HW3/Ada Lee.py": network("ada3"), "HW3/Ada Lee Report.py": helper("ada3")})
    put(at / "Ada Lee", {"HW4/Deep Learning.py": network("ada4"), "HW4/network.py": network("ada4")})
    put(at / "bob", {"HW3/Great Wizard.py": network("bob3"), "HW4/network.py": network("bob4")})
    return Course(at, dict.fromkeys(("ada3", "ada4", "bob3", "bob4"), 1))


@course
def tasks_of_tutors_and_classes_with_letters(at: Path) -> Course:
    for folder in ("TA Kim", "Class B"):
        put(at / folder, {f"HW3/{who}{folder[-1]}.py": network(f"{who}{folder[-1]}") for who in ("ada", "bob")})
    for folder in ("section 1", "section 2"):
        put(at / folder, {"HW3.zip": zipped({f"{who}{folder[-1]}.py": network(f"{who}{folder[-1]}") for who in "xy"})})
    return Course(at, dict.fromkeys(("adam", "bobm", "adaB", "bobB", "x1", "y1", "x2", "y2"), 1))
