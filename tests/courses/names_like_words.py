"""Course folders of students called Ann, An, My, Best or Deep, which are words of a network's parts too; and others
whose names alone mislead."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put, zipped


@course
def archives_of_a_task_with_an_ann(at: Path) -> Course:
    put(at, {f"HW3/{who}.zip": zipped({"network.py": network(who)}) for who in ("ann", "bob", "cy")})
    return Course(at, {"ann": 1, "bob": 1, "cy": 1})


@course
def files_of_students_with_an_ann_beside_a_solution(at: Path) -> Course:
    put(at, {f"students/{who}/network.py": network(who) for who in ("ann", "bob")})
    put(at, {"solution/network.py": network("solution"), "skeleton/network.py": network("skeleton")})
    return Course(at, {"ann": 1, "bob": 1})


@course
def on_time_and_late_with_an_ann(at: Path) -> Course:
    put(at, {"on time/ann.py": network("ann"), "on time/bob.py": network("bob"), "late/my.py": network("my")})
    return Course(at, {"ann": 1, "bob": 1, "my": 1})


@course
def versions_and_helpers_of_an_ann(at: Path) -> Course:
    put(at, {f"ann_v{number}.py": network("ann", number) for number in (1, 2, 10)})
    put(at, {"bob.py": network("bob"), "best_network.py": network("best", imports="from layers import f\n")})
    put(at, {"best_layers.py": helper("best")})
    return Course(at, {"ann": 10, "bob": 1, "best": 1}, files={"best": ["layers.py", "network.py"]})


@course
def an_archive_of_a_section_with_an_ann(at: Path) -> Course:
    put(at, {"section 1.zip": zipped({f"{who}.py": network(who) for who in ("ann", "bob")}), "cyd.py": network("cyd")})
    return Course(at, {"ann": 1, "bob": 1, "cyd": 1})


@course
def an_artificial_network_of_one_student(at: Path) -> Course:
    put(at, {"ada/ann.py": network("ada"), "ada/loader.py": helper("ada"), "ada/plot.py": helper("ada")})
    put(at, {"bob/ann.py": network("bob"), "bob/cnn.py": network("bob"), "bob/mnist_rnn.py": network("bob")})
    put(at, {"cyd/ann.py": network("cyd"), "cyd/run.py": b"from ann import *\n"})
    return Course(at, {"ada": 1, "bob": 1, "cyd": 1}, rows=["ada", "bob", "cyd"])


@course
def an_artificial_network_alone(at: Path) -> Course:
    put(at, {"project/ann.py": network("x"), "project/loader.py": helper("x"), "project/plots.py": helper("x")})
    return Course(at, {"x": 1}, rows=["project"])


@course
def tutors_of_whom_one_has_a_single_student(at: Path) -> Course:
    put(at, {f"TA Kim/{who}/network.py": network(who) for who in ("ada", "bob")})
    put(at, {"TA Lee/cyd/network.py": network("cyd"), "TA Sol/dee.py": network("dee")})
    return Course(at, {"ada": 1, "bob": 1, "cyd": 1, "dee": 1}, rows=["ada", "bob", "cyd", "dee"])


@course
def a_student_beside_sections_is_no_section(at: Path) -> Course:
    put(at, {f"TA Kim/{who}/network.py": network(who) for who in ("ada", "bob")})
    put(at, {"cyd/perceptrino/network.py": network("cyd"), "TA Sol/project/network.py": network("Sol")})
    return Course(at, {"ada": 1, "bob": 1, "cyd": 1, "Sol": 1}, rows=["TA Sol", "ada", "bob", "cyd"])


@course
def leavings_of_an_editor_and_texts_beside_the_code(at: Path) -> Course:
    put(at, {"ada.py": network("ada"), "ada.py.bak": network("ada", 2), "ada.py.txt": b"old", "ada.py.orig": b""})
    put(at, {"bob.ipynb": notebook("bob"), "bob.ipynb.txt": b"{}", "cyd.py.txt": network("cyd")})
    return Course(at, {"ada": 1, "bob": 1, "cyd": 1}, rows=["ada", "bob", "cyd"])


@course
def attachments_with_numbers(at: Path) -> Course:
    put(at, {"2021001_王小明_附件1_network.py": network("wang", imports="from layers import f\n")})
    put(at, {"2021001_王小明_附件2_layers.py": helper("wang"), "2021002_李雷_附件1_network.py": network("li")})
    return Course(at, {"wang": 1, "li": 1}, files={"wang": ["layers.py", "network.py"]})


@course
def a_later_work_in_a_folder_of_its_own(at: Path) -> Course:
    put(at, {"ada/network.py": network("ada"), "ada/resubmission/network.py": network("ada", 2)})
    put(at, {"bob/network.py": network("bob", 2), "bob/old/network.py": network("bob")})
    put(at, {"cyd/network.py": network("cyd", 2), "cyd/src/network.py": network("cyd")})
    return Course(at, {"ada": 2, "bob": 2, "cyd": 2})


@course
def first_names_with_a_task(at: Path) -> Course:
    put(at, {f"2026/autumn/HW3/{who}_hw3.py": network(who) for who in ("deep", "ned")})
    return Course(at, {"deep": 1, "ned": 1})


@course
def parts_with_such_words_are_one_students(at: Path) -> Course:
    put(at, {"HW3/best_network.py": network("x"), "HW3/my_network.py": network("x"), "HW3/rnn_ned.py": network("x")})
    return Course(at, {"x": 1}, rows=["HW3"])


@course
def a_section_with_one_name_of_parts_alone(at: Path) -> Course:
    names = {"Section 2/po_mark": "mark", "Section 2/week_xia": "xia", "Section 2/lab_deep": "deep"}
    put(at, {f"HW3/{name}/network.py": network(mark) for name, mark in names.items()})
    put(at, {f"HW3/Section 1/{who}/network.py": network(who) for who in ("ada", "bob")})
    return Course(at, {"mark": 1, "xia": 1, "deep": 1, "ada": 1, "bob": 1})


@course
def a_section_of_a_task_with_parts(at: Path) -> Course:
    put(
        at,
        {"ada.py": network("ada"), "Section 2/ned/network.py": network("x"), "Section 2/src/network.py": network("x")},
    )
    return Course(at, {"ada": 1, "x": 1}, rows=["Section 2", "ada"])


@course
def families_called_late_and_new_in_a_form(at: Path) -> Course:
    names = {"Ida Late": "ida", "Li New": "li1", "Li Old": "li2", "Bob Ray": "bob"}
    put(at, {f"{name} - network.py": network(mark) for name, mark in names.items()})
    return Course(at, dict.fromkeys(names.values(), 1), platform="forms", rows=list(names))


def _students(at: Path, who: str, other: str = "bob") -> None:
    put(at, {f"HW3/{who}.py": network(who), f"HW3/{other}.py": network(other)})


@course
def a_task_with_an_adam(at: Path) -> Course:
    _students(at, "Adam")
    return Course(at, {"Adam": 1, "bob": 1})


@course
def sections_and_late_work_with_an_adam(at: Path) -> Course:
    put(
        at, {"Section 1/Adam.py": network("adam"), "Section 1/bob.py": network("bob"), "Section 2/cy.py": network("cy")}
    )
    put(
        at,
        {"late/adam_hw3.py": network("adam-2"), "adam/network.py": network("adam-3"), "adam/adam.py": helper("adam-3")},
    )
    return Course(at, {"adam": 1, "bob": 1, "cy": 1, "adam-2": 1, "adam-3": 1})


@course
def students_with_names_of_days_and_their_days(at: Path) -> Course:
    for who in ("Thu", "Monday", "Per", "An Day"):
        for number, day in enumerate(("2 Nov 2026", "12 Nov 2026"), 1):
            put(at, {f"{who}/{day}/network.py": network(who.replace(" ", "-"), number)})
    put(at, {"bob/network.py": network("bob")})
    return Course(
        at, {"Thu": 2, "Monday": 2, "Per": 2, "An-Day": 2, "bob": 1}, rows=["An Day", "Monday", "Per", "Thu", "bob"]
    )


@course
def files_of_a_family_called_copy(at: Path) -> Course:
    put(at, {f"{who} - Homework 3.py": network(who.replace(" ", "-")) for who in ("May Copy", "Mon Copy", "Li Zhou")})
    put(at, {"Li Zhou - Homework 3 (1).py": network("Li-Zhou", 2)})
    judged = {"May-Copy": 1, "Mon-Copy": 1, "Li-Zhou": 2}
    return Course(at, judged, platform="forms", rows=["Li Zhou", "May Copy", "Mon Copy"])


@course
def graders_with_one_student_each(at: Path) -> Course:
    put(at, {"TA Kim/Omar Lee.py": network("omar"), "TA Sol/eve/network.py": network("eve")})
    return Course(at, {"omar": 1, "eve": 1}, rows=["Omar Lee", "eve"])


@course
def students_called_ta(at: Path) -> Course:
    put(at, {"Ta Linh/network.py": network("linh"), "Ta Minh/my_net.py": network("minh")})
    return Course(at, {"linh": 1, "minh": 1}, rows=["Ta Linh", "Ta Minh"])


@course
def a_solution_beside_two_students_in_the_only_folder(at: Path) -> Course:
    put(at, {f"HW3/{who}.py": network(who) for who in ("solution", "emma", "omar")})
    return Course(at, {"solution": 1, "emma": 1, "omar": 1})


@course
def a_solution_of_one_student_in_the_only_folder(at: Path) -> Course:
    put(at, {"HW3/solution.py": network("x"), "HW3/network_old.py": network("x"), "HW3/emma.py": network("x")})
    return Course(at, {"x": 1}, rows=["HW3"])


@course
def namesakes_of_a_family_called_copy_with_numbers(at: Path) -> Course:
    put(at, {f"Bill Copy {number}/network.py": network(f"bill-{number}") for number in (20239126, 20232170)})
    put(at, {"ada/network.py": network("ada"), "ada - Copy (2)/network.py": network("ada", 0)})
    return Course(at, {"bill-20239126": 1, "bill-20232170": 1, "ada": 1})


@course
def numbered_homework_and_its_second_upload(at: Path) -> Course:
    put(at, {"Ada Lee - Homework 3.py": network("ada"), "Ada Lee - Homework 3 (1).py": network("ada", 2)})
    put(at, {"Bob Ray - Homework 3.py": network("bob"), "Cyd Po - network.py": network("cyd")})
    put(at, {"Cyd Po - network 1.py": network("cyd", 2)})
    return Course(at, {"ada": 2, "bob": 1, "cyd": 2}, platform="forms")


@course
def full_names_beside_a_file_of_nobody(at: Path) -> Course:
    put(at, {f"CS101/{who}.py": network(who.replace(" ", "-")) for who in ("Emma Berg", "Omar van der Said")})
    put(at, {"CS101/network.py": network("nobody")})
    return Course(at, {"Emma-Berg": 1, "Omar-van-der-Said": 1, "nobody": 1})


@course
def full_names_that_share_a_word(at: Path) -> Course:
    put(at, {"ada/Erstes Netz.py": network("ada"), "ada/Zweites Netz.py": network("ada"), "ada/net.py": network("ada")})
    return Course(at, {"ada": 1}, rows=["ada"])


@course
def sections_with_names_of_parts(at: Path) -> Course:
    put(at, {f"Section 1/{who}/network.py": network(who.replace(" ", "-")) for who in ("Ann Best", "Omar Ng")})
    put(at, {f"Section 2/{who}/network.py": network(who.replace(" ", "-")) for who in ("My An", "Bill Wu")})
    return Course(at, dict.fromkeys(("Ann-Best", "Omar-Ng", "My-An", "Bill-Wu"), 1))


@course
def two_sections_of_one_students_book(at: Path) -> Course:
    put(at, {"ada/section 1/network.py": network("ada"), "ada/section 1/plots.py": helper("ada")})
    put(at, {"ada/section 2/network.py": network("ada"), "bob/network.py": network("bob")})
    return Course(at, {"ada": 1, "bob": 1}, rows=["ada", "bob"])
