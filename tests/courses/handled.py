"""Folders that an instructor has handled: states of marking, rounds of a class, a chat's files."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put, zipped

BLANK = b"class DeepNeuralNetwork:\n    def train(self): raise NotImplementedError\n"


@course
def drafts_and_final_work_of_a_class(at: Path) -> Course:
    put(at / "HW3 draft", {"Ada Lee.py": network("ada"), "Bob Roe/net.py": network("bob")})
    put(at / "HW3 final", {"Ada Lee.py": network("ada", 2), "Cy Tan.zip": zipped({"n.py": network("cy")})})
    return Course(at, {"ada": 2, "bob": 1, "cy": 1}, rows=("Ada Lee", "Bob Roe", "Cy Tan"))


@course
def one_students_final_work_in_a_folder(at: Path) -> Course:
    put(at / "Draft", {"Ada Lee/network.py": network("ada"), "Bob Roe/main.py": network("bob")})
    put(at / "Final", {"Ada Lee/net.py": network("ada", 2)})
    return Course(at, {"ada": 2, "bob": 1}, rows=("Ada Lee", "Bob Roe"))


@course
def names_in_midterm_and_final(at: Path) -> Course:
    """Two exams, and no attempts."""
    put(at / "midterm", {"Ada Lee.py": network("m"), "Bob Roe.py": network("bob")})
    put(at / "final", {"Ada Lee.py": network("f"), "Cy Tan.py": network("cy")})
    return Course(at, dict.fromkeys(("m", "f", "bob", "cy"), 1))


@course
def chinese_names_in_late_work(at: Path) -> Course:
    put(at / "submissions", {"赵雨桐.zip": zipped({"n.py": network("zhao")}), "张三.py": network("zhang")})
    put(at / "late submissions", {"赵雨桐.py": network("zhao", 2), "王小明.py": network("wang")})
    return Course(at, {"zhao": 2, "zhang": 1, "wang": 1}, rows=("张三", "王小明", "赵雨桐"))


@course
def arabic_names_in_late_work(at: Path) -> Course:
    put(at / "HW3", {"محمد العلي.py": network("m"), "ليلى منصور.py": network("l")})
    put(at / "HW3_late", {"محمد العلي.py": network("m", 2), "يوسف خليل.py": network("y")})
    return Course(at, {"m": 2, "l": 1, "y": 1})


@course
def names_with_a_task_beside_their_own_archive(at: Path) -> Course:
    names = {"Ada Lee-ps3.zip": "ada", "Bob Roe-ps3.zip": "bob", "Thị Ánh Ngô-ps3.zip": "anh"}
    files = {name: zipped({"network.py": network(who)}) for name, who in names.items()}
    put(at / "Blatt 3", {f"HW3/{name}": content for name, content in files.items()} | {"HW3.zip": zipped(files)})
    return Course(at, dict.fromkeys(names.values(), 1))


@course
def states_of_marking_with_a_student_each(at: Path) -> Course:
    put(at / "korrigiert", {"Roe_Bob_4071331/project_final.py": network("bob")})
    put(at / "offen", {"Lee_Ada_4071030/solution.py": network("ada"), "jdoe hw3.py": network("jdoe")})
    return Course(at, {"bob": 1, "ada": 1, "jdoe": 1}, rows=("Lee_Ada_4071030", "Roe_Bob_4071331", "jdoe hw3"))


@course
def two_states_of_marking_with_one_student_each(at: Path) -> Course:
    put(at, {"marked/ada hw3.py": network("ada"), "unmarked/bob hw3.py": network("bob")})
    put(at, {"unmarked/cy hw3.pdf": b"%PDF"})
    return Course(at, {"ada": 1, "bob": 1}, not_judged=("cy",))


@course
def parts_of_two_students_called_like_states(at: Path) -> Course:
    put(at, {"marked/network.py": network("m"), "marked/layers.py": helper("m")})
    put(at, {"unmarked/main.py": network("u"), "unmarked/utils.py": helper("u")})
    return Course(at, {"m": 1, "u": 1}, rows=("marked", "unmarked"))


@course
def a_chats_files_with_names_of_parts(at: Path) -> Course:
    put(at, {"messages.html": b"<html>", "css/style.css": b"", "files/Ann_Best_submission.zip": zipped({})})
    put(at / "files", {"Ann_Best_network.py": network("ann"), "network.py": network("one")})
    put(at / "files", {"network (1).py": network("two"), "Kim_hw3.ipynb": notebook("kim")})
    return Course(at, dict.fromkeys(("ann", "one", "two", "kim"), 1))


@course
def numbers_of_students_beside_a_file_without_one(at: Path) -> Course:
    names = {"TP3_0100737_Roe.py": "roe", "Tan_0100724.py": "tan", "0100705-Lee.py": "lee", "network.py": "n"}
    put(at / "ex03", {name: network(who) for name, who in names.items()})
    return Course(at, dict.fromkeys(names.values(), 1))


@course
def a_pairs_files_with_their_numbers(at: Path) -> Course:
    put(at / "ex03", {"Roe_0100737.py": network("pair"), "Tan_0100724_report.py": helper("pair")})
    put(at / "ex03", {"network.py": network("pair")})
    return Course(at, {"pair": 1}, rows=("ex03",))


@course
def numbers_of_attempts_with_files_of_other_names(at: Path) -> Course:
    put(at / "ada", {"1/network.py": network("ada"), "2/main.py": network("ada", 2), "3/hw3.ipynb": notebook("ada", 3)})
    put(at / "bob", {"1/main.py": network("bob")})
    return Course(at, {"ada": 3, "bob": 1})


@course
def a_handout_with_nothing_filled_in(at: Path) -> Course:
    put(at, {"handout/network.py": BLANK, "submissions/ada.py": network("ada"), "submissions/bob.py": network("bob")})
    return Course(at, {"ada": 1, "bob": 1}, rows=("ada", "bob"))


@course
def numbers_behind_a_word_for_a_task_in_a_copy(at: Path) -> Course:
    names = {"project_20231010": "a", "project_20231147": "b", "project_20231224": "c"}
    files = {f"{name}/{who}.py": network(who) for name, who in names.items()}
    put(at / "Blatt 2" / "Abgaben", files)
    put(at / "Blatt 2" / "Abgaben - Copy", files)
    return Course(at, dict.fromkeys(names.values(), 1), rows=[*names])


@course
def versions_of_a_form_without_the_plain_name(at: Path) -> Course:
    put(at, {"HW3 - Roe_Bob_v1.py": network("bob"), "HW3 - Roe_Bob_final.py": network("bob", 2)})
    put(
        at, {"HW3 - Lee_Ada.py": network("ada"), "HW3 - 2023101_1.py": network("x"), "HW3 - 2023101_2.py": network("y")}
    )
    return Course(at, {"bob": 2, "ada": 1, "x": 1, "y": 1}, platform="forms")


@course
def marks_of_a_system_beside_each_file(at: Path) -> Course:
    zone = b"[ZoneTransfer]\r\nZoneId=3\r\n"
    put(at, {"ada.py": network("ada"), "ada.py:Zone.Identifier": zone, "bob/n.py": network("bob")})
    put(at, {"bob/n.py:Zone.Identifier": zone, "roster.csv\uf03aZone.Identifier": zone})
    put(at, {"cy.zip": zipped({"n.py": network("cy"), "n.py:Zone.Identifier": zone}), "cy.zip:com.dropbox.attrs": b"x"})
    return Course(at, dict.fromkeys(("ada", "bob", "cy"), 1), rows=("ada", "bob", "cy"), passed=3)
