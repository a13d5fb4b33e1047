"""Course folders in which a student is easily counted twice."""

from pathlib import Path

from tests.courses.making import Course, course, network, put, zipped


@course
def serial_numbers_of_a_form(at: Path) -> Course:
    put(at, {"1_张三_2023110101_network.py": network("zhang"), "2_李四_2023110102_net.py": network("li")})
    put(at, {"3_李四_2023110102.zip": zipped({"n.py": network("li", 2)}), "3_李四_2023110102_report.pdf": b"%PDF"})
    put(at, {"4_王五_2023110103.py": network("wang"), "10_李四_2023110102.py": network("li", 3)})
    return Course(at, {"zhang": 1, "li": 3, "wang": 1})


@course
def numbers_of_tasks_before_names(at: Path) -> Course:
    put(at, {f"{n}_{who}.py": network(f"{who[:3]}-{n}") for who in ("Ada_1001234", "Bob_1001235") for n in (1, 2)})
    return Course(at, dict.fromkeys(("Ada-1", "Ada-2", "Bob-1", "Bob-2"), 1))


@course
def serial_numbers_of_namesakes(at: Path) -> Course:
    put(at, {f"{n}_{who}.py": network(f"no{n}") for n, who in enumerate(("张三", "李四_20231101", "李四_20231102"))})
    return Course(at, dict.fromkeys(("no0", "no1", "no2"), 1))


@course
def times_behind_days(at: Path) -> Course:
    put(
        at,
        {"Ada Lee - Nov 3, 2026 905 AM/n.py": network("ada"), "Ada Lee - Nov 3, 2026 130 PM/n.py": network("ada", 2)},
    )
    put(at, {"Bob Roe - 03.11.2026 9.05/n.py": network("bob"), "Bob Roe - 03.11.2026 11.00/n.py": network("bob", 2)})
    put(at, {"Cy Tan 3.11.2026 1001/n.py": network("cy"), "Cy Tan 3.11.2026 1002/n.py": network("cy2")})
    return Course(at, {"ada": 2, "bob": 2, "cy": 1, "cy2": 1})


@course
def groups_with_several_versions(at: Path) -> Course:
    put(
        at,
        {"Group 2 - 2026-11-01T10_00_00/n.py": network("g2"), "Group 2 - 2026-11-02T09_00_00/n.py": network("g2", 2)},
    )
    put(at, {"Gruppe A.py": network("ga"), "Gruppe A (korrigiert).py": network("ga", 2), "Team 1.py": network("t1")})
    put(at, {"Team 1 (1).py": network("t1", 2), "student.py": network("s"), "student (1).py": network("s1")})
    return Course(at, {"g2": 2, "ga": 2, "t1": 2, "s": 1, "s1": 1})


@course
def subjects_of_answers(at: Path) -> Course:
    put(at, {"【作业3】李四 2023110102.zip": zipped({"n.py": network("li")})})
    put(at, {"回复：【作业3】李四 2023110102.zip": zipped({"n.py": network("li", 2)})})
    put(at, {"HW3 Ada Lee.py": network("ada"), "Re_ HW3 Ada Lee.py": network("ada", 2), "re_li.py": network("re")})
    put(at, {"li.py": network("l")})
    return Course(at, {"li": 2, "ada": 2, "re": 1, "l": 1})


@course
def archives_of_students_in_one_beside_their_folders(at: Path) -> Course:
    who = ("ada", "bob", "cy")
    put(at, {"all.zip": zipped({f"{one}.zip": zipped({f"{one}/src/n.py": network(one)}) for one in who})})
    put(at, {f"{one}/src/n.py": network(one) for one in who})
    return Course(at, dict.fromkeys(who, 1))


@course
def a_later_archive_beside_the_folder_from_an_earlier_one(at: Path) -> Course:
    earlier = {"Ada Lee/n.py": network("ada"), "bob/n.py": network("bob"), "Eve Fox/n.py": network("eve")}
    put(at, {f"hw3/{name}": content for name, content in earlier.items()})
    put(at, {"hw3.zip": zipped(earlier | {"bob/n.py": network("bob", 2), "cy/n.py": network("cy")})})
    return Course(at, {"ada": 1, "bob": 2, "cy": 1, "eve": 1})
